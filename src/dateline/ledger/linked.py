"""What linking keeps in a ledger, so that a report is linked without looking at all others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from dateline.ledger import candidates as candidate_rows
from dateline.ledger import edges as edge_rows
from dateline.ledger import incidents as incident_rows
from dateline.ledger.records import CandidateRow


class LinkingShelf(ABC):
    """The part of :class:`dateline.ledger.store.Ledger` that linking works with."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def unlinked(self) -> tuple[str, ...]:
        """Ids of the mentions that linking has no candidate for, sorted."""
        with self._reading() as connection:
            return candidate_rows.unlinked(connection)

    def is_linked_with(self, version: int) -> bool:
        """Whether all candidates there are, if any, are of this version of linking."""
        with self._reading() as connection:
            known = candidate_rows.linked_with(connection)
            return known == version or (known is None and candidate_rows.is_empty(connection))

    def put_candidates(self, rows: Sequence[CandidateRow]) -> dict[str, int]:
        """Store what linking compares of some mentions, and give their numbers.

        The mentions count as linked then. Edges they had are taken out.
        """
        with self._writing() as connection:
            return candidate_rows.put(connection, rows)

    def forget_candidates(self, mentions: Iterable[str] | None) -> None:
        """Let these mentions (None: all) count as not linked.

        Whole incidents only: what is kept of linking must not lack a part of one.
        """
        with self._writing() as connection:
            if mentions is None:
                candidate_rows.forget_all(connection)
            else:
                candidate_rows.forget(connection, mentions)

    def put_edges(
        self,
        rows: Iterable[tuple[str, str, int]],
        joins: set[tuple[str, str]] | None = None,
        numbers: dict[str, int] | None = None,
    ) -> None:
        """Store scored pairs: two mentions, the smaller id first, and millionths of weight.

        ``joins`` are those at which groups became one, ``numbers`` the numbers of the
        candidates, where they are at hand.
        """
        with self._writing() as connection:
            edge_rows.put(connection, rows, joins, numbers)

    def mark_joins(self, mentions: Iterable[str], joins: Iterable[tuple[str, str]]) -> None:
        """Let ``joins`` be the pairs at which the groups of some mentions became one."""
        with self._writing() as connection:
            edge_rows.mark(connection, mentions, joins)

    def edges_of(self, mentions: Iterable[str]) -> tuple[tuple[str, str, int], ...]:
        """All scored pairs with an end in some mentions, as :meth:`put_edges` takes them."""
        with self._reading() as connection:
            return tuple(edge_rows.of(connection, mentions))

    def joins_of(self, mentions: Iterable[str]) -> tuple[tuple[str, str, int], ...]:
        """The pairs within the incidents of some mentions at which groups became one."""
        with self._reading() as connection:
            return tuple(edge_rows.joins(connection, mentions))

    def fellows_of(self, mentions: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """The mentions, sorted, of each incident that some mentions are in."""
        with self._reading() as connection:
            return tuple(incident_rows.fellows_of(connection, mentions))

    def candidates_under(self, keys: Iterable[int]) -> tuple[str, ...]:
        """The bodies of the candidates under any of some keys, in no order."""
        with self._reading() as connection:
            return tuple(candidate_rows.under(connection, keys))

    def candidates_of(self, mentions: Iterable[str]) -> tuple[str, ...]:
        """The bodies of the candidates of some mentions, by mention."""
        with self._reading() as connection:
            return tuple(candidate_rows.of(connection, mentions))

    def candidates(self) -> Iterator[str]:
        """The bodies of all candidates, in no order."""
        with self._reading() as connection:
            yield from candidate_rows.bodies(connection)
