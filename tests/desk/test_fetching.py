"""Fetching pages: what is on a private network stays there."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.desk import fetching
from dateline.desk.fetching import fetch, is_public
from dateline.errors import InputError, TooLargeError, TooSlowError

PAGE = b"<html><body><p>Two were killed.</p></body></html>"


@pytest.mark.parametrize(
    ("address", "port", "public"),
    [
        ("93.184.216.34", 80, True),
        ("93.184.216.34", 443, True),
        ("93.184.216.34", 22, False),
        ("2606:4700::1111", 443, True),
        ("127.0.0.1", 80, False),
        ("127.8.8.8", 80, False),
        ("0.0.0.0", 80, False),
        ("10.1.2.3", 80, False),
        ("172.16.0.1", 80, False),
        ("192.168.1.1", 80, False),
        ("169.254.169.254", 80, False),
        ("100.64.0.1", 80, False),
        ("224.0.0.1", 80, False),
        ("255.255.255.255", 80, False),
        ("::1", 80, False),
        ("::", 80, False),
        ("fe80::1%eth0", 80, False),
        ("fd00::1", 80, False),
        ("ff02::1", 80, False),
        ("::ffff:127.0.0.1", 80, False),
        ("::ffff:93.184.216.34", 80, False),
        ("64:ff9b::7f00:1", 80, False),
        ("2002:7f00:1::", 80, False),
        ("not an address", 80, False),
    ],
)
def test_what_is_public(address: str, port: int, public: bool):
    assert is_public(address, port) is public


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        match self.path:
            case "/page":
                self.answer(PAGE)
            case "/zipped":
                self.answer(gzip.compress(PAGE), encoding="gzip")
            case "/bomb":
                self.answer(gzip.compress(b"x" * 10_000_000), encoding="gzip")
            case "/large":
                self.answer(b"x" * 200_000)
            case "/image":
                self.answer(b"x", kind="image/png")
            case "/slow":
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                try:
                    for _ in range(100):
                        self.wfile.write(b"x")
                        self.wfile.flush()
                        time.sleep(0.05)
                except OSError:
                    return
            case path if path.startswith("/to/"):
                self.send_response(302)
                self.send_header("location", path.removeprefix("/to/"))
                self.end_headers()
            case _:
                self.send_error(404)

    def answer(self, body: bytes, *, kind: str = "text/html", encoding: str = "") -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        if encoding:
            self.send_header("content-encoding", encoding)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def anything(address: str, port: int) -> bool:
    return True


def get(address: str, **given):
    options = {"most_bytes": 100_000, "seconds": 10.0, "permitted": anything, **given}
    return fetch(address, **options)


def test_a_page_is_fetched(site: str):
    assert get(f"{site}/page") == (PAGE, f"{site}/page", True)
    assert get(f"{site}/zipped").body == PAGE
    assert get(f"{site}/to//page").address == f"{site}/page"


def test_loopback_is_refused(site: str):
    with pytest.raises(InputError, match="no public page"):
        fetch(f"{site}/page", most_bytes=1000, seconds=5)


@pytest.mark.parametrize(
    "name", ["localhost", "127.1", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_loopback_by_any_name_is_refused(name: str):
    with pytest.raises(InputError):
        fetch(f"http://{name}/", most_bytes=1000, seconds=5)


def test_a_redirect_into_the_network_is_refused(site: str):
    here = int(site.rpartition(":")[2])

    def only_the_site(address: str, port: int) -> bool:
        return port == here

    with pytest.raises(InputError, match="no public page"):
        get(f"{site}/to/http://127.0.0.1:22/", permitted=only_the_site)
    for target in ("file:///etc/passwd", "gopher://127.0.0.1/", "http://user@127.0.0.1/"):
        with pytest.raises(InputError):
            get(f"{site}/to/{target}")


def test_a_name_that_changes_its_mind_is_asked_once(site: str, monkeypatch):
    """DNS rebinding: public when it is checked, loopback when it is used."""
    port = int(site.rpartition(":")[2])
    asked: list[str] = []
    connected: list[str] = []

    def resolve(host: str, number: int, **given: object):
        asked.append(host)
        answer = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, number))]

    def connect(address, *args: object, **given: object):
        connected.append(address[0])
        raise OSError("unreachable")

    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(InputError):
        fetch(
            f"http://rebound.example:{port}/",
            most_bytes=1000,
            seconds=5,
            permitted=lambda address, _: is_public(address, 80),
        )
    assert asked == ["rebound.example"]
    assert connected == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    def resolve(host: str, port: int, **given: object):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("93.184.216.34", "10.0.0.1")
        ]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve)
    with pytest.raises(InputError, match="no public page"):
        fetch("http://both.example/", most_bytes=1000, seconds=5)


def test_size_and_time_are_limited(site: str):
    for path in ("/large", "/bomb"):
        with pytest.raises(TooLargeError):
            get(f"{site}{path}")
    began = time.monotonic()
    with pytest.raises(TooSlowError):
        get(f"{site}/slow", seconds=0.5)
    assert time.monotonic() - began < 4
    with pytest.raises(InputError, match="without end"):
        get(f"{site}/to/" * 1 + f"{site}/to/" * 7 + f"{site}/page")


def test_only_texts_are_taken(site: str):
    with pytest.raises(InputError, match="no page of text"):
        get(f"{site}/image")
    with pytest.raises(InputError, match="404"):
        get(f"{site}/none")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "page",
        "ftp://a.example/",
        "http://",
        "http://a b/",
        "http://a.example:x/",
        "http://\x00/",
    ],
)
def test_what_is_no_address(address: str):
    with pytest.raises(InputError):
        fetch(address, most_bytes=1000, seconds=5)
