"""From findings to claims: who says each one, how, and of which incident it is."""

from __future__ import annotations

import bisect
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence

import msgspec

from dateline.model import (
    CasualtyValue,
    Claim,
    ClaimKind,
    PerpetratorValue,
    Place,
    PlaceValue,
    Span,
    TimeValue,
    Timex,
    Value,
)
from dateline.reading.attribution.chains import ChainIndex
from dateline.reading.finding import Finding
from dateline.reading.incidents.events import LIKELY, Trigger
from dateline.reading.incidents.mentions import OLD_DAYS, Account
from dateline.reading.prepared import Prepared, Sentence

_NEAR = 3  # sentences; a weapon or a target further from an account than this is not its own
# These speak of the incident of the report wherever they stand in it.
_OF_THE_REPORT: frozenset[ClaimKind] = frozenset(
    ("perpetrator", "motive", "charge", "responsibility")
)
# "Isis claimed that attack", "It said it was behind it"
_OF_THAT = re.compile(
    r"\b(?:claimed|responsib\w+|behind|carried\s+out|blamed|did|convicted|charged|arrested)\b[^.;]{0,30}"
    r"\b(?:it|(?:that|those)\s+(?:\w+\s+)?(?:attacks?|bombings?|shootings?|killings?|one|raids?|assaults?"
    r"|massacres?|deaths?|murders?))\b",
    re.IGNORECASE,
)
_OF_NO_INCIDENT: frozenset[ClaimKind] = frozenset(("statistic", "verification"))


def claim_id(document_id: str, span: Span, kind: ClaimKind, value: Value) -> str:
    """The id of a claim: a hash of document, span, kind and value, so it survives re-reading."""
    packed = msgspec.json.encode((document_id, span.start, span.end, kind, value), order="sorted")
    return "c" + hashlib.blake2b(packed, digest_size=10).hexdigest()


def mention_id(document_id: str, index: int) -> str:
    """The id of the document's mention of that index."""
    packed = msgspec.json.encode((document_id, index))
    return "m" + hashlib.blake2b(packed, digest_size=10).hexdigest()


class Placing:
    """Finds the account each finding belongs to, by the sentences of the accounts."""

    def __init__(
        self, prepared: Prepared, accounts: Sequence[Account], elsewhere: frozenset[int]
    ) -> None:
        """``elsewhere`` are sentences about other deeds than those of the accounts."""
        self._prepared = prepared
        self._elsewhere = elsewhere
        self._count = len(accounts)
        owners: dict[int, int] = {}
        parts: dict[int, list[tuple[Span, int]]] = {}  # of sentences that tell several events
        for index, account in enumerate(accounts):
            for scene in account.scenes:
                owners.setdefault(scene.sentence.index, index)
                if scene.part:
                    parts.setdefault(scene.sentence.index, []).append((scene.sentence.span, index))
        self._parts = parts
        self._background = frozenset(n for n, one in enumerate(accounts) if one.background)
        self._sentences = sorted(owners)
        self._owners = [owners[sentence] for sentence in self._sentences]

    def home_of(self, offset: int) -> int | None:
        """The index of the account that words about who did it belong to at an offset.

        None in a sentence about other deeds; 0 where there are no accounts.
        """
        if not self._count:
            return 0
        sentence = self._prepared.sentence_at(offset)
        if sentence is None or sentence.index in self._elsewhere:
            return None
        for span, owner in self._parts.get(sentence.index, ()):
            if span.start <= offset < span.end:
                return owner
        if (recalled := self._recalled_before(sentence)) is not None:
            return recalled
        at = bisect.bisect_right(self._sentences, sentence.index)
        if at and self._sentences[at - 1] == sentence.index:
            return self._owners[at - 1]
        return self._last(at)

    def _last(self, at: int) -> int:
        """The account told last before the sentence at ``at``; what was recalled is behind it."""
        last = self._owners[at - 1] if at else 0
        return 0 if last in self._background else last

    def _recalled_before(self, sentence: Sentence) -> int | None:
        """The older event that "The group claimed that attack" is about, told right before."""
        at = bisect.bisect_left(self._sentences, sentence.index)
        if not at or self._sentences[at - 1] != sentence.index - 1:
            return None
        last = self._owners[at - 1]
        return last if last in self._background and _OF_THAT.search(sentence.text) else None

    def account_of(self, finding: Finding) -> int | None:
        """The index of the account, None where the finding is of none of them."""
        if not self._count or finding.kind in _OF_NO_INCIDENT:
            return None
        sentence = self._prepared.sentence_at(finding.anchor.start)
        if sentence is None:
            return None
        value = finding.value
        fact = isinstance(value, PerpetratorValue) and value.confidence == "fact"
        if fact and sentence.index in self._elsewhere:
            return None  # "The group has killed 20,000 people since 2009."
        if sentence.index in self._parts:
            for span, owner in self._parts[sentence.index]:
                if span.start <= finding.anchor.start < span.end:
                    return owner
            if finding.kind in ("casualty", "event"):
                return None  # of a part that made no incident
        if finding.kind in _OF_THE_REPORT:
            recalled = self._recalled_before(sentence)
            if recalled is not None:
                return recalled
        at = bisect.bisect_left(self._sentences, sentence.index)
        if at < len(self._sentences) and self._sentences[at] == sentence.index:
            return self._owners[at]
        if finding.kind in ("casualty", "event"):
            return None  # the grouping has already decided on these
        if finding.kind in _OF_THE_REPORT:
            return self._last(at)
        before = at - 1 if at else None
        if before is not None and sentence.index - self._sentences[before] <= _NEAR:
            return self._owners[before]
        if at < len(self._sentences) and self._sentences[at] - sentence.index <= 1:
            return self._owners[at]
        return None


def told_elsewhere(
    prepared: Prepared,
    accounts: Sequence[Account],
    figures: Sequence[Finding],
    statistics: Sequence[Finding],
    times: Sequence[Timex],
    reference: dt.date | None,
) -> frozenset[int]:
    """The sentences that only give a statistic, or count the dead of a day long past.

    ``figures`` and ``statistics`` as :func:`find_figures` gives them.
    """

    def at(spans: Iterable[Span]) -> set[int]:
        found = (prepared.sentence_at(span.start) for span in spans)
        return {sentence.index for sentence in found if sentence is not None}

    counted = at(
        one.anchor for one in figures if isinstance(one.value, CasualtyValue) and one.value.min
    )
    past = at(
        time.span
        for time in times
        if reference and time.end and (reference - time.end).days > OLD_DAYS
    )
    told = {scene.sentence.index for account in accounts for scene in account.scenes}
    return frozenset((at(one.anchor for one in statistics) - counted) | ((past & counted) - told))


def whole_findings(accounts: Iterable[Account]) -> list[tuple[Finding, int]]:
    """The date and place of each account, as findings with the account's index."""
    found: list[tuple[Finding, int]] = []
    for index, account in enumerate(accounts):
        if account.when is not None:
            date, span = account.when.date, account.when.timex.span
            value = TimeValue(start=date.start, end=date.end, precision=date.precision)
            found.append((_finding("time", value, span, "incident:when"), index))
        place = account.place
        if place is not None and place.span is not None:
            found.append(
                (_finding("place", _place_value(place), place.span, "incident:where"), index)
            )
    return found


def worth_claiming(trigger: Trigger, owned: bool) -> bool:
    """Whether an event word makes a claim.

    Of an incident, if it tells a single event; of none, only a firm word. A bare "killed"
    never: that is a casualty, not a kind of event.
    """
    if trigger.finding.hypothetical or trigger.general:
        return False
    if trigger.type == "killing" and trigger.level < LIKELY:
        return False
    return owned or (trigger.level >= LIKELY and not trigger.pointing)


def in_text_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims by span, kind and id, each id once: an incident's before one of none."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        known = kept.get(claim.id)
        if known is None or (known.incident is None and claim.incident is not None):
            kept[claim.id] = claim
    return tuple(sorted(kept.values(), key=lambda claim: (claim.span, claim.kind, claim.id)))


def as_its_source_says(finding: Finding, said: ChainIndex) -> Finding:
    """A figure that is denied, or what is said beside it, as the one who gives it says it.

    "The ministry rejected claims by the rebels that 60 died": see denials_of. "She denied
    the report and said that two died": two died.
    """
    if finding.kind != "casualty" or not finding.denied:
        return finding
    if said.denials(finding.anchor) or said.told_firmly(finding.anchor):
        return msgspec.structs.replace(finding, denied=False)
    return finding


def denials_of(
    claim: Claim, finding: Finding, prepared: Prepared, said: ChainIndex
) -> tuple[Claim, ...]:
    """A denied claim for each who denies a figure that somebody else gives.

    "The ministry rejected claims by the rebels that 60 died" is two claims: the rebels'
    sixty, and the ministry's denial of it. The evidence of the second begins with the one
    who denies.
    """
    if claim.kind != "casualty" or claim.modality == "denied":
        return ()
    found = []
    for one in said.denials(finding.anchor):
        pieces = (*one.source, *one.cue)
        start = min(piece.start for piece in pieces)
        span = Span(min(start, finding.anchor.start), claim.span.end)
        if span == claim.span:
            sentence = prepared.sentence_at(finding.anchor.start)
            span = sentence.span if sentence is not None else Span(span.start, span.end + 1)
        if span == claim.span:
            span = finding.anchor
        found.append(
            msgspec.structs.replace(
                claim,
                id=claim_id(prepared.document.id, span, claim.kind, claim.value),
                span=span,
                chains=one.chains,
                modality="denied",
                score=None,
            )
        )
    return tuple(found)


def _finding(kind: ClaimKind, value: TimeValue | PlaceValue, span: Span, rule: str) -> Finding:
    return Finding(kind=kind, value=value, span=span, anchor=span, rule=rule)


def _place_value(place: Place) -> PlaceValue:
    fields = msgspec.structs.asdict(place)
    del fields["span"]
    return PlaceValue(**fields)
