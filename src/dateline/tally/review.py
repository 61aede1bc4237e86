"""Which claims count: figures too unsure are kept for a person to look at.

This is the one place where a claim is let into the tolls or kept out of them by its
score. A person who calls such a claim right, or corrects it, gives it the score 1
(:func:`dateline.tally.verdicts.claims_after`), and it counts from then on.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import CasualtyValue, Claim, Review
from dateline.tally.evidence import Testimony


def kept_out(claim: Claim, below: float) -> str | None:
    """Why a claim is left out until somebody has looked at it; None where it counts.

    Only figures are: other claims change no toll. A claim without a score counts.
    """
    if not isinstance(claim.value, CasualtyValue) or claim.score is None or claim.score >= below:
        return None
    return f"score {claim.score:.2f} is below {below:.2f}"


def admitted(
    told: Sequence[Testimony], below: float
) -> tuple[tuple[Testimony, ...], tuple[Review, ...]]:
    """The testimonies that count, and the claims to be reviewed, each once, by text order."""
    reasons = {t.claim.id: kept_out(t.claim, below) for t in told}
    counted = tuple(t for t in told if reasons[t.claim.id] is None)
    review = tuple(Review(claim=id, reason=why) for id, why in reasons.items() if why is not None)
    return counted, review
