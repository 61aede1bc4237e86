"""The open desk: its ledger, its settings, who may use it. One for each running server."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.decisions import Decisions
from dateline.desk.accounts import Accounts, file_of
from dateline.desk.guards import HostRule
from dateline.desk.sessions import LoginLimit, Sessions
from dateline.desk.views import User
from dateline.errors import SettingsError
from dateline.judging import Decided, decided_on, subjects
from dateline.ledger.changes import last_change, last_judgement
from dateline.ledger.pairs import pairs_seen
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.desk.queue import Waiting
    from dateline.ledger.records import Judgement
    from dateline.ledger.search import Search
    from dateline.ledger.store import Ledger


class Desk:
    """What the pages work with; safe for the threads of one server."""

    def __init__(self, address: str, settings: Settings, *, host: str) -> None:
        from dateline.desk.pasting import Holding
        from dateline.desk.reading_worker import Worker
        from dateline.ledger.opening import open_ledger
        from dateline.ledger.search import Search

        self.settings = settings
        self.hosts = HostRule(host, settings.desk_hosts.split(","))
        self.accounts = Accounts(file_of(address, settings))
        self.sessions = Sessions(self.accounts, settings.desk_session_hours)
        self.logins = LoginLimit()
        if not self.hosts.loopback and not self.accounts.all():
            raise SettingsError(
                "others could reach this desk and there are no accounts",
                where=host,
                hint="make one first: dateline user add NAME --role admin",
            )
        self.ledger: Ledger = open_ledger(address, write=True, settings=settings)
        self.search: Search = Search(self.ledger)
        self.worker = Worker(settings)
        self.holding = Holding()
        self._known: Known | None = None
        self._waiting: tuple[tuple[int, int, int], Waiting, frozenset[str]] | None = None
        self._local = User(name=_local_name(settings), role="admin", local=True)

    def close(self) -> None:
        """Let go of the ledger, and end the process that reads."""
        self.worker.close()
        self.ledger.close()

    def local_user(self) -> User | None:
        """The one user of a desk without accounts that only this machine can reach."""
        if self.hosts.loopback and not self.accounts.all():
            return self._local
        return None

    def judgements(self) -> Known:
        """All judgements; read again only once there is a new one."""
        last = last_judgement(self.ledger)
        known = self._known
        if known is None or known.last != last:
            known = self._known = Known(Decisions.of(self.ledger))
        return known

    def waiting(self) -> Waiting:
        """What waits for a person; worked out anew only after a change."""
        from dateline.desk.queue import waiting

        state = (last_judgement(self.ledger), last_change(self.ledger), pairs_seen(self.ledger))
        held = self._waiting
        if held is None or held[0] != state:
            now = waiting(self)
            held = self._waiting = (state, now, now.incidents)
        return held[1]

    def review_ids(self) -> frozenset[str]:
        """The incidents somebody should look at."""
        self.waiting()
        assert self._waiting is not None
        return self._waiting[2]

    def pending(self) -> int:
        """How many changes have not been looked at for pairs yet."""
        return max(0, last_change(self.ledger) - pairs_seen(self.ledger))


class Known:
    """The judgements of a ledger at one moment, ready to be asked."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self.last = decisions.all[-1].id if decisions.all else 0
        self.left = frozenset(
            str(item)
            for judgement in decisions.binding
            if judgement.kind == "left" and (item := (judgement.body or {}).get("item"))
        )
        self.judged: dict[str, list[Judgement]] = {}
        for judgement in decisions.all:
            for subject in subjects(judgement):
                self.judged.setdefault(subject, []).append(judgement)

    def about(self, ids: Iterable[str]) -> tuple[Decided, ...]:
        """The judgements on any of some ids, with what took them back, oldest first."""
        touching = {id for id in ids if id in self.judged}
        return decided_on(self.decisions, touching) if touching else ()


def _local_name(settings: Settings) -> str:
    if settings.desk_author.strip():
        return settings.desk_author.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "local"
