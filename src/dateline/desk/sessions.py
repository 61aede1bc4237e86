"""Sessions in signed cookies, the tokens that guard changes, and the limit on log-ins."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from dateline.desk.accounts import Accounts
from dateline.desk.views import User

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer

COOKIE = "dateline_session"
FAILURES_A_NAME = 5
FAILURES_AN_ADDRESS = 20
WINDOW_SECONDS = 300.0

_MOST_KEPT = 10_000  # names and addresses remembered, lest somebody fill the memory


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Who a browser is: ``user`` is None before log-in; ``id`` is random."""

    id: str
    user: str | None = None
    epoch: int = 0


class Sessions:
    """Makes and checks session cookies.

    A cookie is signed and carries its time; it is refused once it is older than
    ``hours``, once its user logged out of it, and once the account changed.
    """

    def __init__(self, accounts: Accounts, hours: float) -> None:
        self._accounts = accounts
        self.seconds = max(60, round(hours * 3600))

    def read(self, cookie: str | None) -> Session | None:
        """The session of a cookie, None for one that is not (or no longer) good."""
        from itsdangerous import BadData

        if not cookie or len(cookie) > 2000:
            return None
        try:
            found: Any = self._signer().loads(cookie, max_age=self.seconds)
            session = msgspec.convert(found, Session)
        except (BadData, msgspec.ValidationError):
            return None
        if session.user is None:
            return session
        account = self._accounts.get(session.user)
        if account is None or account.epoch != session.epoch:
            return None
        return None if self._accounts.ended(session.id) else session

    def user(self, session: Session | None) -> User | None:
        """Who is logged in."""
        if session is None or session.user is None:
            return None
        account = self._accounts.get(session.user)
        return User(name=account.name, role=account.role) if account else None

    def cookie(self, session: Session) -> str:
        """The value to set."""
        return str(self._signer().dumps(msgspec.to_builtins(session)))

    def end(self, session: Session) -> None:
        """Log out: the cookie is worthless from now on."""
        self._accounts.end(session.id, time.time() + self.seconds)

    def token(self, session: Session) -> str:
        """What a form must carry so that a change is taken from this session."""
        key = self._accounts.secret().encode()
        said = f"change:{session.id}:{session.user or ''}".encode()
        return hmac.new(key, said, hashlib.sha256).hexdigest()

    def holds(self, session: Session, token: str) -> bool:
        """Whether the token is that of the session."""
        given = token.encode("utf-8", "replace")
        return hmac.compare_digest(self.token(session).encode(), given)

    def _signer(self) -> URLSafeTimedSerializer:
        from itsdangerous import URLSafeTimedSerializer

        return URLSafeTimedSerializer(self._accounts.secret(), salt="dateline.session")


def new_session(user: str | None = None, epoch: int = 0) -> Session:
    """A session with a new random id; a log-in always makes one, so none can be planted."""
    return Session(id=secrets.token_urlsafe(24), user=user, epoch=epoch)


class LoginLimit:
    """Counts failed log-ins by name and by address over a sliding window.

    An attempt counts as failed from its beginning, so that many at once gain nothing, and
    is taken back where it succeeds. Nobody is locked out for longer than the window.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._failures: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def begin(self, name: str, address: str) -> int:
        """Begin an attempt: 0 where it is taken, else the seconds until one would be."""
        now = self._clock()
        with self._guard:
            left = 0.0
            for key, most in self._keys(name, address):
                failed = self._failures.get(key)
                if failed is None:
                    continue
                while failed and failed[0] <= now - WINDOW_SECONDS:
                    failed.popleft()
                if not failed:
                    del self._failures[key]
                elif len(failed) >= most:
                    left = max(left, failed[-most] + WINDOW_SECONDS - now)
            if left > 0:
                return int(left) + 1
            if len(self._failures) > _MOST_KEPT:
                stale = [k for k, v in self._failures.items() if v[-1] <= now - WINDOW_SECONDS]
                for key in stale or [next(iter(self._failures))]:
                    del self._failures[key]
            for key, _ in self._keys(name, address):
                self._failures[key].append(now)
        return 0

    def passed(self, name: str, address: str) -> None:
        """Forget the failures of a name that got in; its address keeps those of others."""
        with self._guard:
            self._failures.pop(("name", name[:200]), None)
            mine = self._failures.get(("address", address))
            if mine:
                mine.pop()
            if not mine:
                self._failures.pop(("address", address), None)

    @staticmethod
    def _keys(name: str, address: str) -> list[tuple[tuple[str, str], int]]:
        return [
            (("name", name[:200]), FAILURES_A_NAME),
            (("address", address), FAILURES_AN_ADDRESS),
        ]


def safe_next(given: str | None) -> str:
    """A path of this desk to go on to after log-in; anything else becomes the first page.

    Browsers take ``//host``, ``/\\host`` and control characters for other places
    (WHATWG URL, "special authority slashes state"), so these are refused.
    """
    if not given or not given.startswith("/") or given.startswith(("//", "/\\")):
        return "/"
    if any(ord(c) < 33 or ord(c) == 127 or c == "\\" for c in given):
        return "/"
    parts = urlsplit(given)
    if parts.scheme or parts.netloc or parts.path.startswith(("//", "/login", "/logout")):
        return "/"
    return given
