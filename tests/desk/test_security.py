from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.desk.accounts import Accounts
from dateline.desk.guards import HostRule
from dateline.desk.rendering import http_only
from dateline.desk.sessions import COOKIE, LoginLimit, safe_next
from dateline.errors import SettingsError
from tests.desk.conftest import PASSWORD, Browser

Opener = Callable[..., Browser]


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """Three users; their passwords are hashed once for all."""
    made = Accounts(tmp_path / "desk.json")
    for name, role in (("rhea", "reader"), ("vera", "reviewer"), ("adam", "admin")):
        made.add(name, PASSWORD, role)
    return made


def test_every_answer_has_the_headers(desk: Browser):
    for path in ("/incidents", "/nothing", "/health", "/static/nothing.js", "/api/v1/incidents"):
        headers = desk.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    refused = desk.get("/incidents", headers={"host": "evil.example"})
    assert refused.status_code == 421
    assert "content-security-policy" in refused.headers


@pytest.mark.parametrize(
    ("bound", "names", "host", "allowed"),
    [
        ("127.0.0.1", (), "127.0.0.1:8377", True),
        ("127.0.0.1", (), "localhost", True),
        ("127.0.0.1", (), "LOCALHOST.:1", True),
        ("127.0.0.1", (), "[::1]:8377", True),
        ("127.0.0.1", (), "evil.example", False),
        ("127.0.0.1", (), "127.0.0.1.evil.example", False),
        ("127.0.0.1", (), "localhost.evil.example", False),
        ("127.0.0.1", (), "192.168.0.7", False),
        ("127.0.0.1", (), "", False),
        ("127.0.0.1", ("desk.example",), "desk.example:443", True),
        ("0.0.0.0", (), "192.168.0.7:8377", True),
        ("0.0.0.0", (), "evil.example", False),
        ("0.0.0.0", ("desk.example",), "DESK.example", True),
        ("desk.example", (), "desk.example", True),
    ],
)
def test_host_names(bound: str, names: tuple[str, ...], host: str, allowed: bool):
    assert HostRule(bound, names).allows(host) is allowed


def test_without_accounts_only_this_machine(filled: str, open_desk: Opener):
    for host in ("0.0.0.0", "192.168.0.7", "::", "desk.example"):
        with pytest.raises(SettingsError, match="no accounts") as error:
            open_desk(filled, host=host)
        assert "\n" not in str(error.value)


def test_accounts_are_needed_once_there_are_some(
    filled: str, open_desk: Opener, accounts: Accounts
):
    desk = open_desk(filled)
    refused = desk.get("/incidents?q=a", follow_redirects=False)
    assert refused.status_code == 303
    assert refused.headers["location"] == "/login?next=%2Fincidents%3Fq%3Da"
    assert desk.get("/api/v1/incidents").status_code == 401
    assert desk.get("/export/csv", headers={"accept": "application/json"}).status_code == 401
    assert desk.get("/feed.atom", headers={"accept": "application/json"}).status_code == 401
    assert desk.get("/health").status_code == 200
    assert desk.log_in("vera", "wrong password").status_code == 401
    assert desk.get("/api/v1/incidents").status_code == 401
    assert desk.log_in("vera").headers["location"] == "/"
    assert desk.get("/api/v1/incidents").status_code == 200


def test_removing_the_last_account_does_not_open_a_public_desk(
    filled: str, open_desk: Opener, accounts: Accounts
):
    desk = open_desk(filled, host="0.0.0.0", origin="http://10.0.0.1:8377")
    for account in accounts.all():
        accounts.remove(account.name)
    assert desk.get("/api/v1/incidents").status_code == 401


def test_roles(filled: str, open_desk: Opener, accounts: Accounts):
    desk = open_desk(filled)
    desk.log_in("rhea")
    token = desk.token("/incidents")
    assert desk.get("/incidents").status_code == 200
    assert desk.get("/paste").status_code == 403
    for path in ("/review/decide", "/review/undo", "/paste", "/paste/keep"):
        assert desk.post(path, data={"csrf": token}).status_code == 403, path


def test_a_change_needs_the_token_of_the_session(desk: Browser, filled: str, open_desk: Opener):
    desk.get("/incidents")
    fields = {"action": "note", "subject": "i0", "seen": "0"}
    assert desk.post("/review/decide", data=fields).status_code == 403
    assert desk.post("/review/decide", data={**fields, "csrf": "0" * 64}).status_code == 403
    assert desk.post("/review/decide", data={**fields, "csrf": "é\ud7ff"}).status_code == 403
    other = open_desk(filled)
    stolen = other.token()
    assert desk.post("/review/decide", data={**fields, "csrf": stolen}).status_code == 403
    token = desk.token()
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        answer = desk.post("/review/decide", data={**fields, "csrf": token}, headers=headers)
        assert answer.status_code == 403, headers
    assert desk.post("/review/decide", data={**fields, "csrf": token}).status_code == 404


def test_the_cookie(filled: str, open_desk: Opener, accounts: Accounts):
    desk = open_desk(filled)
    told = desk.log_in("vera").headers["set-cookie"]
    assert "HttpOnly" in told
    assert "samesite=lax" in told.lower()
    cookie = desk.cookies[COOKIE]
    for forged in (cookie[:-2] + "xx", "x", "", "a.b.c", cookie + "\u00e9"):
        answer = desk.get("/api/v1/incidents", headers={"cookie": f"{COOKIE}={forged}".encode()})
        assert answer.status_code in (200, 401)
    fresh = open_desk(filled)
    fresh.cookies.set(COOKIE, cookie[:-2] + "xx")
    assert fresh.get("/api/v1/incidents").status_code == 401


def test_a_session_ends_with_log_out_password_and_account(
    filled: str, open_desk: Opener, accounts: Accounts
):
    desk = open_desk(filled)
    desk.log_in("vera")
    cookie = desk.cookies[COOKIE]
    assert (
        desk.post("/logout", data={"csrf": desk.token()}, follow_redirects=False).status_code == 303
    )
    thief = open_desk(filled)
    thief.cookies.set(COOKIE, cookie)
    assert thief.get("/api/v1/incidents").status_code == 401
    desk.log_in("vera")
    assert desk.get("/api/v1/incidents").status_code == 200
    accounts.set_password("vera", PASSWORD + "!")
    assert desk.get("/api/v1/incidents").status_code == 401
    desk.log_in("adam")
    accounts.remove("adam")
    assert desk.get("/api/v1/incidents").status_code == 401


def test_logging_in_gives_a_new_session(filled: str, open_desk: Opener, accounts: Accounts):
    desk = open_desk(filled)
    desk.get("/login")
    before = desk.cookies[COOKIE]
    desk.log_in("vera")
    assert desk.cookies[COOKIE] != before


def test_log_in_is_limited_by_name_and_by_address(
    filled: str, open_desk: Opener, accounts: Accounts
):
    desk = open_desk(filled)
    for _ in range(5):
        assert desk.log_in("nobody", "x").status_code == 401
    refused = desk.log_in("nobody", "x")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert desk.log_in("vera").status_code == 303, "another name is not locked out"


def test_the_limit_slides_and_counts_addresses():
    now = [0.0]
    limit = LoginLimit(clock=lambda: now[0])
    for number in range(20):
        assert limit.begin(f"user{number}", "10.0.0.1") == 0
    assert limit.begin("new", "10.0.0.1") > 0
    assert limit.begin("new", "10.0.0.2") == 0
    now[0] = 301
    assert limit.begin("new", "10.0.0.1") == 0
    for _ in range(30):
        assert limit.begin("right", "10.0.0.3") == 0
        limit.passed("right", "10.0.0.3")


@pytest.mark.parametrize(
    ("given", "onward"),
    [
        ("/incidents?q=a%20b#x", "/incidents?q=a%20b#x"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/ok\r\nSet-Cookie: a=b", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("evil", "/"),
        ("/login?next=/login", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_where_log_in_leads(given: str | None, onward: str):
    assert safe_next(given) == onward


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("https://a.example/x?y=1#z", True),
        ("HTTP://A.example", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://a.example", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("//a.example", False),
        ("https:", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_the_web_is_linked(given: str | None, link: bool):
    assert bool(http_only(given)) is link


def test_bodies_are_limited(filled: str, open_desk: Opener):
    desk = open_desk(filled, max_bytes=1000)
    token = desk.token()
    data = {"csrf": token, "text": "x" * 200_000}
    assert desk.post("/paste", data=data).status_code == 413
    pieces = (b"csrf=" + token.encode() + b"&text=", *(b"x" * 50_000 for _ in range(5)))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert desk.post("/paste", content=iter(pieces), headers=headers).status_code == 413


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_the_accounts_file_is_nobody_elses(tmp_path: Path):
    accounts = Accounts(tmp_path / "desk.json")
    assert len(accounts.secret()) > 40
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    assert Accounts(accounts.path).secret() == accounts.secret()
    accounts.path.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        Accounts(accounts.path).all()


def test_passwords_are_argon2_and_not_short(accounts: Accounts):
    held = accounts.path.read_text()
    assert PASSWORD not in held
    assert held.count("$argon2id$") == 3
    for password in ("", "short", "x" * 2000):
        with pytest.raises(SettingsError, match="password"):
            accounts.add("new", password, "reader")
    for name in ("", "a" * 65, "new\nline", "vera"):
        with pytest.raises(SettingsError):
            accounts.add(name, PASSWORD, "reader")


def test_no_page_has_scripts_or_styles_of_its_own(desk: Browser):
    page = desk.get("/incidents").text
    for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL):
        assert not script.strip()
    assert "<style" not in page
    for source in re.findall(r'(?:src|href)="([^"]*)"', page):
        assert not source.startswith(("http:", "https:", "//")), source
