"""Who took a text from whom, among the reports of one incident.

A repost, a wire copy, a near-duplicate and a publisher's own update add no independent
source (Every Casualty Worldwide, *Standards for Casualty Recording*, 2016). The earlier
text is the original; of one day, the one that another names, then the smaller id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from dateline.linking.candidate import Candidate
from dateline.linking.minhash import similarity
from dateline.linking.words import hashed

NEAR_DUPLICATE = 0.5
"""Share of five-word shingles from which two texts count as versions of one text."""

CONTAINED = 0.5
"""Share of the shorter text's sentences that stand in the other word for word."""

_FEWEST_LINES = 2
_REPOST_SHARE = 0.2  # enough where the copy itself says whom it took from

How = Literal["repost", "wire copy", "near-duplicate", "update"]


class Taken(NamedTuple):
    """``document`` took its text from ``original``; ``share`` is how much, from 0 to 1."""

    document: str
    original: str
    how: How
    share: float


def copies(candidates: Iterable[Candidate]) -> tuple[Taken, ...]:
    """Which documents of one incident took their text from which, by document.

    One entry a copy; chains of copies are kept as they are (see :func:`origin`).
    """
    documents: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: c.mention):
        documents.setdefault(candidate.document, candidate)
    ordered = sorted(documents.values(), key=_rank)
    shared = _in_common(ordered)
    found: list[Taken] = []
    for place, copy in enumerate(ordered):
        best: Taken | None = None
        for other in shared[place]:
            original = ordered[other]
            taken = _taken(copy, original)
            if taken and (best is None or _strength(taken) > _strength(best)):
                best = taken
        if best:
            found.append(best)
    return tuple(sorted(found))


def _in_common(ordered: Sequence[Candidate]) -> list[list[int]]:
    """For each text the earlier ones that it has any words in common with, by place.

    Most reports of one incident share none, so few pairs are left to compare.
    """
    shared: list[list[int]] = []
    holders: dict[tuple[int, int], int] = {}  # sets of places, one bit each
    for place, candidate in enumerate(ordered):
        # A value of a signature counts at its own position alone, -1 stands for sentences.
        marks = {*enumerate(candidate.signature), *((-1, line) for line in candidate.lines)}
        met, earlier = 0, []
        for mark in marks:
            held = holders.get(mark, 0)
            met |= held
            holders[mark] = held | 1 << place
        while met:
            earlier.append((met & -met).bit_length() - 1)
            met &= met - 1
        shared.append(earlier)
    return shared


def origin(document: str, taken: Sequence[Taken]) -> str:
    """The document at the head of a chain of copies; itself where it took from nobody."""
    sources = {one.document: one.original for one in taken}
    while document in sources:
        document = sources[document]
    return document


def _rank(c: Candidate) -> tuple[int, bool, str]:
    # Undated texts come last: nothing says that anybody took from them. Those that name
    # whom they repost come after the others of their day.
    return (c.published or 10**7, c.reposted_from is not None, c.document)


def _taken(copy: Candidate, original: Candidate) -> Taken | None:
    share = _share(copy, original)
    named = copy.reposted_from is not None and copy.reposted_from == original.publisher
    if named and original.reposted_from is None and share >= _REPOST_SHARE:
        return Taken(copy.document, original.document, "repost", round(share, 2))
    if share < min(NEAR_DUPLICATE, CONTAINED):
        return None
    if copy.publisher and copy.publisher == original.publisher:
        how: How = "update"
    elif original.publisher and hashed(original.publisher) in copy.credits:
        how = "wire copy"
    else:
        how = "near-duplicate"
    return Taken(copy.document, original.document, how, round(share, 2))


def _strength(taken: Taken) -> tuple[bool, float]:
    # A publisher's update is made from its own earlier text, whoever else has it too.
    return taken.how == "update", taken.share


def _share(a: Candidate, b: Candidate) -> float:
    """The greater of resemblance (whole texts) and containment (of the shorter)."""
    resemblance = similarity(a.signature, b.signature) or 0.0
    shared = len(set(a.lines) & set(b.lines))
    if shared < _FEWEST_LINES:
        return resemblance
    return max(resemblance, shared / min(len(a.lines), len(b.lines)))
