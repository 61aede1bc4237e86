"""What the sentences of a report tell of harm, by which a doubtful word is weighed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from dateline.model import CasualtyValue
from dateline.reading.finding import Finding
from dateline.reading.prepared import Prepared


class Harm(IntEnum):
    """What a sentence tells of harm."""

    NONE = 0
    BESIDE = 1  # nothing, but another sentence of the lead counts people harmed
    TOLD = 2
    COUNTED = 3  # several victims


def sentences_with_harm(prepared: Prepared, casualties: Iterable[Finding]) -> Mapping[int, Harm]:
    """What each sentence with harm tells of it, by the index of the sentence."""
    found: dict[int, Harm] = {}
    for finding in casualties:
        sentence = prepared.sentence_at(finding.anchor.start)
        value = finding.value
        if finding.hypothetical or sentence is None or not isinstance(value, CasualtyValue):
            continue
        several = value.who == "victims" and (value.min or 0) > 1
        harm = Harm.COUNTED if several else Harm.TOLD
        found[sentence.index] = max(found.get(sentence.index, harm), harm)
    return found


def sentences_of_captives(prepared: Prepared, casualties: Iterable[Finding]) -> frozenset[int]:
    """The sentences that tell of people taken or freed; a suspect let go is none of them."""
    found = set()
    for finding in casualties:
        value = finding.value
        if isinstance(value, CasualtyValue) and value.effect in ("released", "abducted"):
            sentence = prepared.sentence_at(finding.anchor.start)
            if sentence is not None and not finding.hypothetical:
                found.add(sentence.index)
    return frozenset(found)
