"""What one source says of one effect, as a number or a range."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from dateline.model import CasualtyValue, SourceKind
from dateline.tally.evidence import Testimony

_PARTIES = frozenset({"armed_group", "military"})


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What one root says about one effect, with the testimonies it was made from.

    ``perpetrators`` is how many of their own were among the total as told; ``min`` and
    ``max`` are without them. ``part`` is set where the figure counts one group of a
    larger total that another root gives, ``leads`` where its report leads with it, and
    ``below`` is a larger number that the same report credits to somebody else.
    """

    root: str
    min: int | None
    max: int | None
    testimonies: tuple[Testimony, ...]
    perpetrators: int = 0
    part: bool = False
    leads: bool = False
    below: int | None = None

    @property
    def kind(self) -> SourceKind | None:
        """What kind of source the root is, as far as it is known."""
        return self.testimonies[-1].root_kind

    @property
    def of_party(self) -> bool:
        """Whether the root is a party to the fight: an army or an armed group."""
        return self.kind in _PARTIES

    @property
    def point(self) -> int | None:
        """The single number that stands for the figure; None where it has none."""
        return self.min if self.min is not None else self.max

    @property
    def said(self) -> str:
        """The figure in words: "12", "at least 9", "at most 30", "5 to 7", "40 (children)"."""
        if self.part and self.group:
            return f"{self.min} ({self.group})"
        if self.min is None:
            return f"at most {self.max}"
        if self.max is None:
            return f"at least {self.min}"
        return str(self.min) if self.min == self.max else f"{self.min} to {self.max}"

    @property
    def told(self) -> str:
        """What the root said, with what was taken out of it: "10 less 1 who did it"."""
        if not self.perpetrators:
            return self.said
        low, high = (n if n is None else n + self.perpetrators for n in (self.min, self.max))
        whole = replace(self, min=low, max=high, perpetrators=0)
        return f"{whole.said} less {self.perpetrators} who did it"

    @property
    def group(self) -> str | None:
        """Who they were, where every claim of the figure says the same."""
        told = {value_of(t).group for t in self.testimonies}
        return told.pop() if len(told) == 1 else None

    @property
    def latest(self) -> Testimony:
        """The testimony that stands, as opposed to those it was added to."""
        return self.testimonies[-1]

    @property
    def cumulative(self) -> bool:
        """Whether it was told as the new total, as in "the toll rose to 38"."""
        return any(value_of(t).cumulative for t in self.testimonies)

    @property
    def partial(self) -> bool:
        """Whether it only bounds the total from below, made of parts or of additions alone."""
        if self.part:
            return True
        told = [value_of(t) for t in self.testimonies]
        return self.max is None and all(v.subset or v.additional for v in told)

    def as_part(self) -> Figure:
        """The figure as one group of a larger total: it bounds that from below alone."""
        return replace(self, part=True, min=self.min or 0, max=None)

    @property
    def top(self) -> int | None:
        """The largest number that the figure speaks for; None where it sets no bound.

        "At least 20" speaks for the 58 of a later report, since tolls rise, but not for the
        90 that its own report credits to somebody else; a part bounds nothing.
        """
        if self.below is None or self.max is not None or self.partial:
            return self.max
        return self.below - 1

    def allows(self, number: int) -> bool:
        """Whether the root speaks for the number, between what it said and :attr:`top`."""
        top = self.top
        return (self.min is None or number >= self.min) and (top is None or number <= top)


def value_of(testimony: Testimony) -> CasualtyValue:
    """The casualty figure of a claim."""
    value = testimony.claim.value
    assert isinstance(value, CasualtyValue)
    return value


def point_of(testimony: Testimony) -> int:
    """The single number that stands for it, 0 for none."""
    value = value_of(testimony)
    point = value.min if value.min is not None else value.max
    return point if point is not None else 0
