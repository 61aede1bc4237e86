"""The grade of an incident, in the terms casualty recorders use.

The five grades are those of Airwars' methodology note, with rules a machine can apply:
*confirmed* where those held responsible accept it or an official body and an
independent second root agree; *fair* for two or more independent roots; *weak* for a
single one; *contested* where responsibility or the toll is disputed; *discounted* only
by a person's judgement, which goes before every rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import Dispute, Grade
from dateline.tally.evidence import SourceTable, Testimony
from dateline.tally.responsibility import by_actor
from dateline.tally.verdicts import IncidentVerdict

_CONTESTING = {"responsibility", "killed", "injured"}


def grade(
    testimonies: Sequence[Testimony],
    roots: Sequence[str],
    found: Sequence[Dispute],
    sources: SourceTable,
    verdict: IncidentVerdict | None = None,
) -> tuple[Grade, str]:
    """The grade and the reason for it in words; a person's verdict goes before all rules."""
    if verdict is not None:
        return verdict.grade
    contested = [d.about for d in found if d.about in _CONTESTING]
    if contested:
        return "contested", f"sources exclude each other on: {', '.join(contested)}"
    accepted = sorted(
        actor for stance, actor in by_actor(testimonies, sources) if stance == "claimed"
    )
    if accepted:
        return "confirmed", f"responsibility claimed by {', '.join(accepted)}"
    official = [r for r in roots if (s := sources.get(r)) and s.kind in {"official", "military"}]
    if official and len(roots) > 1:
        many = "1 more independent source"
        if len(roots) > 2:
            many = f"{len(roots) - 1} more independent sources"
        return "confirmed", f"{official[0]} and {many}"
    if len(roots) > 1:
        return "fair", f"{len(roots)} independent sources: {', '.join(roots)}"
    if roots:
        return "weak", f"a single source: {roots[0]}"
    return "weak", "no source is named"
