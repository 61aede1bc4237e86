"""Why two mentions are one incident, or are not: the weights, in words."""

from __future__ import annotations

from typing import NamedTuple

from dateline.linking import candidate as grains
from dateline.linking.candidate import Candidate, day
from dateline.linking.compared_places import distance
from dateline.linking.edges import JOIN
from dateline.linking.judgements import Ruling, Rulings
from dateline.linking.vetoes import veto
from dateline.linking.weights import agreements, match_weight, weights

_GRAINS = {
    grains.WEEK: "week of ",
    grains.MONTH: "month of ",
    grains.YEAR: "year of ",
    grains.PUBLISHED: "published ",
    grains.BEFORE: "before ",
}


class Reason(NamedTuple):
    """One comparison: what was asked, how far they agree, both values, and the weight."""

    question: str
    finding: str
    values: tuple[str, str]
    weight: float


class Explanation(NamedTuple):
    """All that speaks for and against two mentions being one incident.

    ``weight`` is the match weight, in doublings of the odds; ``probability`` the same as
    a share of one. ``veto`` rules them out whatever the weight, unless other reports excuse it,
    and so does a ``ruling`` by a person, which also overrules the veto. ``together`` tells whether
    the ledger has them in one incident.
    """

    a: Candidate
    b: Candidate
    prior: float
    reasons: tuple[Reason, ...]
    weight: float
    veto: str | None
    ruling: Ruling | None
    judged_same: bool
    together: bool

    @property
    def probability(self) -> float:
        """Between 0 and 1."""
        return float(1 / (1 + 2.0 ** min(1000.0, -self.weight)))

    @property
    def verdict(self) -> str:
        """The outcome in a sentence."""
        if self.judged_same:
            return "one incident: a person judged so"
        if self.ruling:
            return f"two incidents: {self.ruling.name}"
        if self.veto and not self.together:
            return f"two incidents: {self.veto}"
        if self.together:
            if self.weight >= JOIN and not self.veto:
                return "one incident: the weights speak for it"
            return "one incident: joined through other reports of it"
        if self.weight >= JOIN:
            return "two incidents: alike, but the reports joined with either are not"
        return "two incidents: too little speaks for one"

    def lines(self) -> list[str]:
        """The explanation for people, a line each, the weightiest reason first."""
        told = [
            f"{self.a.mention} (document {self.a.document})",
            f"{self.b.mention} (document {self.b.document})",
            self.verdict,
            "",
        ]
        rows = [
            (f"{reason.weight:+.1f}", reason.question, reason.finding, " / ".join(reason.values))
            for reason in self.reasons
        ]
        rows.append((f"{self.prior:+.1f}", "before any evidence", "", ""))
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for weight, question, finding, values in rows:
            left = f"{weight:>{widths[0]}}  {question:<{widths[1]}}  {finding:<{widths[2]}}"
            told.append(f"{left}  {values}".rstrip())
        told.append(
            f"{self.weight:+.1f}  in all: probability {self.probability:.3f}; "
            f"mentions are joined from {JOIN:+.1f} on"
        )
        return told


def explain(a: Candidate, b: Candidate, rulings: Rulings, *, together: bool) -> Explanation:
    """Compare two mentions; the smaller id comes first."""
    a, b = sorted((a, b), key=lambda c: c.mention)
    reasons = [
        Reason(
            found.comparison.question,
            found.level.words,
            _values(found.comparison.name, a, b),
            found.weight,
        )
        for found in agreements(a, b)
    ]
    return Explanation(
        a=a,
        b=b,
        prior=weights().prior,
        reasons=tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))),
        weight=match_weight(a, b),
        veto=veto(a, b),
        ruling=rulings.apart([a.mention], [b.mention]),
        judged_same=any(
            {a.mention, b.mention} <= set(group) for group in rulings.bound([a.mention, b.mention])
        ),
        together=together,
    )


def _values(name: str, a: Candidate, b: Candidate) -> tuple[str, str]:
    if name == "where":
        km = distance(a, b)
        apart = "" if km is None else f" ({km:.0f} km)"
        return _place(a), _place(b) + apart
    one, other = (_value(name, c) for c in (a, b))
    return one, other


def _value(name: str, c: Candidate) -> str:
    if name == "when":
        if c.first is None or c.last is None:
            return "unknown"
        first, last = day(c.first).isoformat(), day(c.last).isoformat()
        told = first if first == last else f"{first} to {last}"
        return _GRAINS.get(c.grain or 0, "") + told
    if name == "what":
        return c.type.replace("_", " ")
    if name in ("killed", "injured", "held"):
        low, high = getattr(c, f"{name}_low"), getattr(c, f"{name}_high")
        if high is None:
            return f"at least {low}"
        return str(low) if low == high else f"{low} to {high}"
    counts = {"names": len(c.names), "words": len(c.words), "text": len(c.sentences)}
    if name in counts:
        return f"{counts[name]} known"
    return "known"


def _place(c: Candidate) -> str:
    parts = [c.site, c.town, c.admin1, c.country]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "unknown"
