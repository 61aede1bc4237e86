"""Fetching a page somebody names, without lending the server's place in its network.

The danger is that the desk is asked for an address only it can reach ("server-side
request forgery", OWASP). So: http and https on their own ports only; a name is resolved
here, every address it has must be a public one, and the connection is made to the very
address that was checked, whatever the name says a moment later (DNS rebinding); each
redirect goes through the same; no proxy of the environment is used, nothing is sent but
the request; size and time are limited as a whole.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from dateline.errors import InputError, MalformedInputError, TooLargeError, TooSlowError

if TYPE_CHECKING:
    import httpcore

_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 5
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Fetched(NamedTuple):
    """A page: its bytes, the address it came from in the end, and whether it is HTML."""

    body: bytes
    address: str
    html: bool


Permitted = Callable[[str, int], bool]
"""Whether a numeric address and port may be connected to."""


def is_public(address: str, port: int) -> bool:
    """Whether this is an address of the public internet, and a port of the web.

    Not public: private, loopback, link-local, shared (RFC 6598), multicast, reserved and
    unspecified addresses, and all that carry another address inside (IPv4-mapped, 6to4,
    Teredo, NAT64), since the one inside is where the packets may go.
    """
    if port not in _PORTS.values():
        return False
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and (
        parsed.ipv4_mapped or parsed.sixtofour or parsed.teredo or parsed in _NAT64
    ):
        return False
    return parsed.is_global and not parsed.is_multicast


def fetch(
    address: str, *, most_bytes: int, seconds: float, permitted: Permitted = is_public
) -> Fetched:
    """The page at an address.

    Raises InputError, in words that do not tell what the desk's network looks like,
    TooLargeError and TooSlowError over the limits.
    """
    import httpcore

    deadline = time.monotonic() + seconds
    try:
        for _ in range(_MOST_REDIRECTS + 1):
            scheme, host, port, target = _parts(address)
            answer = _ask(scheme, host, port, target, deadline, permitted, most_bytes, address)
            if isinstance(answer, Fetched):
                return answer
            address = urljoin(address, answer)
    except httpcore.TimeoutException:
        raise _too_slow(address, seconds) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ssl.SSLError):
        raise InputError(
            "could not be fetched", where=_shown(address), hint="open it yourself and paste it"
        ) from None
    raise InputError("leads from page to page without end", where=_shown(address))


def _parts(address: str) -> tuple[str, str, int, bytes]:
    if len(address) > 2000 or any(ord(c) < 33 or ord(c) == 127 for c in address):
        raise MalformedInputError("is no address of a page", where=_shown(address))
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise MalformedInputError("is no address of a page", where=_shown(address)) from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or "@" in parts.netloc:
        raise MalformedInputError(
            "is no address of a page", where=_shown(address), hint="http:// or https://"
        )
    from urllib.parse import quote

    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=-._~?')}" if parts.query else ""
    return scheme, host, port or _PORTS[scheme], (path + query).encode("ascii")


def _ask(
    scheme: str,
    host: str,
    port: int,
    target: bytes,
    deadline: float,
    permitted: Permitted,
    most: int,
    address: str,
) -> Fetched | str:
    """The page, or where it says to go instead."""
    import httpcore

    from dateline import __version__

    name = f"[{host}]" if ":" in host else host
    shown = name if port == _PORTS[scheme] else f"{name}:{port}"
    url = httpcore.URL(scheme=scheme, host=host, port=port, target=target)
    headers = [
        (b"Host", shown.encode()),
        (b"User-Agent", f"Dateline/{__version__}".encode()),
        (b"Accept", b"text/html, text/plain;q=0.9"),
        (b"Accept-Encoding", b"gzip, identity"),
    ]
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), _left(deadline))
    pool = httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(),
        network_backend=_backend(deadline, permitted),
        max_connections=1,
    )
    with (
        pool,
        pool.stream("GET", url, headers=headers, extensions={"timeout": timeouts}) as response,
    ):
        told = {name.lower(): value for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and b"location" in told:
            return told[b"location"].decode("latin-1")
        if response.status != 200:
            raise InputError(f"was answered with status {response.status}", where=_shown(address))
        kind = told.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
        if kind not in _TEXTS:
            raise InputError(
                "is no page of text", where=_shown(address), hint="paste its text instead"
            )
        encoding = told.get(b"content-encoding", b"identity").strip().lower()
        body = _body(response.iter_stream(), encoding, most, deadline, address)
        return Fetched(body, address, kind != "text/plain")


def _body(
    pieces: Iterable[bytes], encoding: bytes, most: int, deadline: float, address: str
) -> bytes:
    if encoding not in (b"identity", b"", b"gzip", b"x-gzip"):
        raise InputError("is packed in a way not asked for", where=_shown(address))
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if b"gzip" in encoding else None
    got = bytearray()
    try:
        for piece in pieces:
            _left(deadline)
            # One byte more than is allowed shows that there is too much; no more is unpacked.
            room = most + 1 - len(got)
            got += unpack.decompress(piece, room) if unpack else piece[:room]
            if len(got) > most:
                raise TooLargeError(
                    f"is larger than {most:,} bytes",
                    where=_shown(address),
                    hint="raise DATELINE_FETCH_BYTES",
                )
    except zlib.error:
        raise InputError("is packed wrongly", where=_shown(address)) from None
    return bytes(got)


def _left(deadline: float) -> float:
    import httpcore

    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


def _backend(deadline: float, permitted: Permitted) -> httpcore.NetworkBackend:
    import httpcore

    class Stream(httpcore.NetworkStream):
        """A connection that ends at the deadline, however slowly it drips."""

        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, _left(deadline))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, _left(deadline))

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self,
            ssl_context: ssl.SSLContext,
            server_hostname: str | None = None,
            timeout: float | None = None,
        ) -> httpcore.NetworkStream:
            # The certificate is checked against the name, though we connect to a number.
            return Stream(self._inner.start_tls(ssl_context, server_hostname, _left(deadline)))

        def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as the library has it
            return self._inner.get_extra_info(info)

    class Backend(httpcore.NetworkBackend):
        """Connects to addresses that were checked, and to nothing else."""

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            numbers = checked(host, port, permitted)
            inner = httpcore.SyncBackend().connect_tcp(numbers[0], port, _left(deadline))
            return Stream(inner)

        def connect_unix_socket(
            self,
            path: str,
            timeout: float | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            raise InputError("is no address of a page")

    return Backend()


def checked(host: str, port: int, permitted: Permitted) -> list[str]:
    """The numeric addresses of a host; all of them must be permitted.

    Raises InputError, the same for a name that has none and for one that may not be.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    numbers = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not numbers or not all(permitted(number, port) for number in numbers):
        raise InputError(
            "is not fetched: it is no public page of the web", where=_shown(host), hint="paste it"
        )
    return numbers


def _too_slow(address: str, seconds: float) -> TooSlowError:
    return TooSlowError(
        f"did not come within {seconds:g} seconds",
        where=_shown(address),
        hint="open it yourself and paste it",
    )


def _shown(address: str) -> str:
    return address if len(address) <= 120 else address[:119] + "…"
