"""Groups of mentions on the way to incidents: which two of them may become one.

Two groups join only where the accounts of one do not rule out those of the other and all
pairs between them agree on average, lest a chain of near misses draw two events together; a
report alone joins where half of the pairs agree. What is decided depends on the two groups
alone, never on the order in which they came about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import product

from dateline.geodesy import distance_km
from dateline.linking.candidate import Candidate
from dateline.linking.compared_dates import gap, maybe_misdated
from dateline.linking.compared_places import APART_KM, maybe_misplaced
from dateline.linking.edges import JOIN, MILLION, millionths
from dateline.linking.judgements import Rulings
from dateline.linking.vetoes import days_allowed, least_days_allowed, veto
from dateline.linking.weights import match_weight

SPEAKERS = 16
"""Mentions of a group that are asked whether they agree with another group's. In a larger
group those with the smallest ids, which are hashes, speak for all."""

_JOIN = round(JOIN * MILLION)
_CLIP = 8 * MILLION  # one very strong or very weak pair must not outweigh all others
_FEW = 24  # pairs that are looked at one by one sooner than by what they have in common
_MOST_SCORED = 1_000_000  # weights worked out on the way that are kept
_DEGREE_KM = 111.4  # no degree of latitude or longitude is longer

Weight = Callable[[str, str], int | None]
"""The match weight of a scored pair, the smaller id first, in millionths; None where the
pair was not scored."""


class Group:
    """Mentions taken for one incident so far."""

    __slots__ = ("_summary", "members", "name")

    def __init__(self, mention: str) -> None:
        self.name = mention
        self.members = [mention]
        self._summary: _Summary | None = None

    def take(self, other: Group, candidates: Mapping[str, Candidate]) -> None:
        """Take in the mentions of another group."""
        self.members += other.members
        if self._summary is not None:
            for mention in other.members:
                self._summary.add(candidates[mention])

    def summary(self, candidates: Mapping[str, Candidate]) -> _Summary:
        """What of the mentions can rule others out."""
        if self._summary is None:
            self._summary = _Summary()
            for mention in self.members:
                self._summary.add(candidates[mention])
        return self._summary


class _Summary:
    """What of some mentions can rule others out: documents, dates and points.

    Where there are main accounts, dates that are only brought up as background rule nothing
    out. One person who did it, named in the news of the same days, excuses all dates.
    """

    __slots__ = ("box", "documents", "first", "last", "limit", "main", "older", "persons", "points")

    def __init__(self) -> None:
        self.documents: set[str] = set()
        # One mention for each date, of main accounts and of background, the days on which
        # those who did it were named, and all mentions at each point.
        self.main: dict[tuple[object, ...], Candidate] = {}
        self.older: dict[tuple[object, ...], Candidate] = {}
        self.persons: dict[tuple[tuple[int, ...], int], Candidate] = {}
        self.points: dict[tuple[float, float], list[Candidate]] = {}
        self.first, self.last, self.limit = -1, 10**9, 10**9
        self.box = (90.0, -90.0, 360.0, -360.0)

    def add(self, c: Candidate) -> None:
        self.documents.add(c.document)
        if c.first is not None and c.last is not None and c.grain is not None:
            told = c.last == c.published
            dates = self.older if c.background else self.main
            dates.setdefault((c.first, c.last, c.grain, told), c)
            self.first, self.last = max(self.first, c.first), min(self.last, c.last)
            self.limit = min(self.limit, least_days_allowed(c))
        if c.persons and c.published is not None:
            self.persons.setdefault((c.persons, c.published), c)
        if c.is_point and c.lat is not None and c.lon is not None:
            self.points.setdefault((c.lat, c.lon), []).append(c)
            south, north, west, east = self.box
            self.box = min(south, c.lat), max(north, c.lat), min(west, c.lon), max(east, c.lon)

    def rules_out(self, other: _Summary) -> bool:
        """Whether any of these mentions is ruled out by any of the others."""
        if not self.documents.isdisjoint(other.documents):
            return True
        return self._dates_exclude(other) or self._places_exclude(other)

    def _dates_exclude(self, other: _Summary) -> bool:
        widest = max(self.first - other.last, other.first - self.last)
        if widest <= min(self.limit, other.limit):
            return False
        mine, theirs = self.main or self.older, other.main or other.older
        if all(
            (gap(a, b) or 0) <= days_allowed(a, b)
            for a, b in product(mine.values(), theirs.values())
        ):
            return False
        named = product(self.persons.values(), other.persons.values())
        return not any(maybe_misdated(a, b) for a, b in named)

    def _places_exclude(self, other: _Summary) -> bool:
        if not self.points or not other.points:
            return False
        south, north, west, east = (
            limit(a, b)
            for limit, a, b in zip((min, max, min, max), self.box, other.box, strict=True)
        )
        if (north - south + east - west) * _DEGREE_KM < APART_KM:
            return False
        return any(
            not maybe_misplaced(a, b)
            for (here, these), (there, those) in product(self.points.items(), other.points.items())
            if distance_km(*here, *there) > APART_KM
            for a, b in product(these, those)
        )


class Groups:
    """Mentions and the groups they are in; each is a group of its own at first."""

    def __init__(
        self, candidates: Mapping[str, Candidate], weight: Weight, rulings: Rulings
    ) -> None:
        self._candidates = candidates
        self._weight = weight
        self._rulings = rulings
        self._home: dict[str, Group] = {}
        self._refused: set[tuple[str, str, int, int]] = set()
        self._scored: dict[tuple[str, str], int] = {}

    def of(self, mention: str) -> Group:
        """The group that a mention is in."""
        found = self._home.get(mention)
        if found is None:
            found = self._home[mention] = Group(mention)
        return found

    def merge(self, one: Group, other: Group) -> Group:
        """Make two groups one, whatever speaks against it."""
        if len(one.members) < len(other.members):
            one, other = other, one
        one.take(other, self._candidates)
        for mention in other.members:
            self._home[mention] = one
        return one

    def bind(self, mentions: Iterable[str]) -> None:
        """Join those among some mentions that people judged to be one."""
        for bound in self._rulings.bound(mentions):
            for mention in bound[1:]:
                one, other = self.of(bound[0]), self.of(mention)
                if one is not other:
                    self.merge(one, other)

    def join(self, one: Group, other: Group) -> bool:
        """Join two groups where nothing speaks against it; whether they were joined."""
        if other.name < one.name:
            one, other = other, one
        # Groups only grow, so their sizes tell whether these two were tried as they are.
        attempt = (one.name, other.name, len(one.members), len(other.members))
        if attempt in self._refused:
            return False
        if self._may_join(one.members, other.members, one, other):
            self.merge(one, other)
            return True
        self._refused.add(attempt)
        return False

    def all(self) -> Iterator[Group]:
        """The groups that were asked for, each once, in no order."""
        return iter({id(group): group for group in self._home.values()}.values())

    def _may_join(
        self, left: Sequence[str], right: Sequence[str], one: Group, other: Group
    ) -> bool:
        if self._rulings.all:
            if self._rulings.apart(left, right):
                return False
            if any(self._rulings.joined(mention) for mention in (*left, *right)):
                return self._judged_may_join(left, right)
        if self._ruled_out(left, right, one, other):
            return False
        return self._agree(_speakers(left), _speakers(right))

    def _ruled_out(
        self, left: Sequence[str], right: Sequence[str], one: Group, other: Group
    ) -> bool:
        known = self._candidates
        # What rules out two groups rules out a pair of their mentions.
        if len(left) * len(right) <= _FEW and not any(
            self._weight(*_pair(a, b)) is None and veto(known[a], known[b])
            for a, b in product(left, right)
        ):
            return False
        return one.summary(known).rules_out(other.summary(known))

    def _agree(self, left: Sequence[str], right: Sequence[str]) -> bool:
        """Whether the pairs, none of which is ruled out, agree on average.

        For a report alone it is enough that half of the others' agree with it: one that they
        misread in common, or that is itself read wrongly, must not keep it apart.
        """
        total = counted = agreeing = 0
        unknown: list[tuple[str, str]] = []
        for a in left:
            for b in right:
                pair = (a, b) if a < b else (b, a)
                weight = self._weight(*pair)
                # Only pairs that met agree: which others were scored depends on what came before.
                agreeing += weight is not None and weight >= _JOIN
                if weight is None:
                    weight = self._scored.get(pair)
                if weight is None:
                    unknown.append(pair)
                else:
                    total += min(_CLIP, max(-_CLIP, weight))
                counted += 1
        if 1 in (len(left), len(right)) and 2 * agreeing >= counted:
            return True
        # Most answers are certain before the last pairs, which cost most, are scored.
        least, left_over = _JOIN * counted, len(unknown) * _CLIP
        for pair in unknown:
            if total - left_over >= least:
                return True
            if total + left_over < least:
                return False
            if len(self._scored) >= _MOST_SCORED:
                self._scored.clear()
            weight = self._scored[pair] = self._match(*pair)
            total += min(_CLIP, max(-_CLIP, weight))
            left_over -= _CLIP
        return total >= least

    def _match(self, a: str, b: str) -> int:
        return millionths(match_weight(self._candidates[a], self._candidates[b]))

    def _judged_may_join(self, left: Sequence[str], right: Sequence[str]) -> bool:
        """The same where people joined some of the mentions.

        Of mentions that a person joined, the one that fits best speaks for all: what
        would rule the others out was overruled with them.
        """
        known = self._candidates
        if not {known[m].document for m in left}.isdisjoint(known[m].document for m in right):
            return False
        total = counted = 0
        units = _units(left, self._rulings), _units(right, self._rulings)
        for (i, these), (j, those) in product(enumerate(units[0]), enumerate(units[1])):
            pairs = [_pair(a, b) for a in these for b in those]
            fits = [pair for pair in pairs if not veto(known[pair[0]], known[pair[1]])]
            if not fits:
                return False
            if i < SPEAKERS and j < SPEAKERS:
                total += min(_CLIP, max(-_CLIP, *(self._fit(*pair) for pair in fits)))
                counted += 1
        return total >= _JOIN * counted

    def _fit(self, a: str, b: str) -> int:
        weight = self._weight(a, b)
        return self._match(a, b) if weight is None else weight


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _speakers(members: Sequence[str]) -> Sequence[str]:
    return members if len(members) <= SPEAKERS else nsmallest(SPEAKERS, members)


def _units(members: Sequence[str], rulings: Rulings) -> list[list[str]]:
    """The group's mentions, those a person joined together, by their first."""
    units: dict[str, list[str]] = {}
    for mention in sorted(members):
        units.setdefault(rulings.root(mention), []).append(mention)
    return list(units.values())
