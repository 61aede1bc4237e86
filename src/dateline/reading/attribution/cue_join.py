"""The learned reader's attributions and those of the rules, as one."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from dateline.model import Attribution, Span
from dateline.reading.attribution.cue_words import cue_words
from dateline.reading.attribution.naming import head_of, nouns
from dateline.reading.attribution.registry import words_of

_SPEECH = ("“", '"', "«", "„", "that ", "THAT ")
_LONGEST_SOURCE = 110  # characters; what is longer is no name
_POINTS = re.compile(r"(?:he|she|it|they|we|i|you|who|which|that|this|these|one)\b", re.IGNORECASE)
_NEXT = re.compile(r"[.!?][”\"»]?\s+\w")
_LEAD = 9  # characters: "that it "
_SLACK = 40  # characters by which a rule's piece may begin after a learned one
_EVENT_WORDS = 7  # words of a source, at most, that is looked at as a thing that happened
_CLAIMS = ("claimed", "claims", "claim", "claiming", "took", "taken")
_COUNTED = re.compile(
    r"\s+(?:(?:at least|some|about|nearly|more than)\s+)?(?:\d|how\b|(?:two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|dozens|[a-z]+teen)\b)",
    re.IGNORECASE,
)
_LIVES = re.compile(r"\s+(?:[\w’'-]+\s+){0,4}li(?:fe|ves)\b", re.IGNORECASE)
_ALLEGIANCE = re.compile(
    r"\s+(?:(?:his|her|their|its|an?|the)\s+)?(?:allegiance|loyalty|victory|asylum|membership)\b",
    re.I,
)
# "PARACHINAR: At least 23 people were killed": where it is reported from, and no source.
_DATED = re.compile(r"(?<![^\n\r])[A-Z][A-Z.' -]{2,24}:\s(?=[A-Z“\"]?[a-z])")
_NOBODY = re.compile(r"no\s+(?:one|group|other|militant|organi[sz]ation)\b|nobody\b|none\b", re.I)
# "19 people confirmed dead", "Four people dead including a policeman".
_SOME = (
    r"(?:(?:at least|some|about|nearly|more than|over)\s+)?(?:\d[\d,]*|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty|dozens|scores)\b(?:\s+[\w’'-]+){0,3}?\s+"
)
_COUNT_OF_DEAD = re.compile(
    rf"{_SOME}(?:(?:is|are|was|were|been)\s+)?(?:confirmed|reported|dead|killed|wounded|injured|hurt)"
    r"(?:\Z|,|\s+(?:and|including|in|after|as|when|by|at|dead)\b)",
    re.IGNORECASE,
)
_CONFIRMED_DEAD = re.compile(
    rf"{_SOME}(?:(?:is|are|was|were|been)\s+)?(?:confirmed|reported|pronounced|declared)\s+"
    r"(?:dead|killed|wounded|injured|hurt|missing)\b",
    re.IGNORECASE,
)
# "He lived until December", "being sued by a couple", "aware of the": no name.
_CLAUSE_ALONE = re.compile(
    r"(?:he|she|they|it|we|i)\s+(?!who\b|himself|herself|themselves|itself|both\b|all\b|also\b|alone\b)"
    r"[a-z]|(?:being|having|used|aware|not|never|until|because|if|when)\s+[a-z]",
)
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_FAR_APART = 150  # characters between the pieces of one attribution


def as_heard(found: Sequence[Attribution], heard: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with source and content where the learned reader saw them.

    It marks a source with what is said of him, and a content from its first word to its
    last, as PolNeAR does; the rules mark the words by which a chain is found. Chains are
    left as they are, and so is what only the rules know.
    """
    by_cue = {one.cue: one for one in heard if one.cue}
    seen = (
        msgspec.structs.replace(one, source=own.source or one.source, content=own.content)
        if (own := by_cue.get(one.cue))
        else one
        for one in found
    )
    return _in_order(seen)


class Joined(NamedTuple):
    """Both readers as one, and what the learned one alone ``heard``."""

    attributions: tuple[Attribution, ...]
    heard: tuple[Attribution, ...]


def complement(learned: Sequence[Attribution], cued: Sequence[Attribution], text: str) -> Joined:
    """What was learned, without what is another's, and what the rules know better.

    Where both found the same cue, the source of the rules is taken unless the
    learned one holds it in one piece, and their content if the learned one agrees with
    it by less than half and is no quotation. An attribution of the rules whose cue the
    learned reader does not know is added where nobody else is known to say it, or where
    what another passes on is wholly what somebody named says.
    """
    cued = [one for one in cued if not _is_event(one, text)]
    learned = [one for one in map(_before_semicolon(text), map(_together, learned))
               if not _is_name(one, text) and not _is_event(one, text)]  # fmt: skip
    learned = _given_back(learned, cued, text)
    by_cue = sorted((piece, number) for number, one in enumerate(cued) for piece in one.cue)
    starts = [piece.start for piece, _ in by_cue]
    used: set[int] = set()
    kept: list[Attribution] = []
    cues = sorted(piece for one in learned for piece in one.cue)
    cue_starts = [start for start, _ in cues]
    # Who is named by the rules alone, and where.
    unknown = sorted(
        one.source[0]
        for one in cued
        if one.source and not any(_overlaps(cues, cue_starts, piece) for piece in one.cue)
    )
    for one in learned:
        number = _same_cue(one, by_cue, starts)
        if number is None or number in used:
            kept.append(one)
        else:
            used.add(number)
            kept.append(_reconciled(one, cued[number], unknown, text))
    told = sorted(piece for one in kept if one.source for piece in one.content)
    for number, one in enumerate(cued):
        if number in used or any(_overlaps(cues, cue_starts, piece) for piece in one.cue):
            continue
        if _adds(one, told, text):
            kept.append(one)
    return Joined(_in_order(kept), tuple(learned))


def _in_order(found: Iterable[Attribution]) -> tuple[Attribution, ...]:
    return tuple(sorted(found, key=lambda one: (one.content, one.source, one.cue)))


def _is_event(one: Attribution, text: str) -> bool:
    """Whether a thing that happened is taken for a speaker: "a crash claimed two lives"."""
    end = one.cue[-1].end if one.cue else one.source[-1].end if one.source else 0
    if text[max(0, end - 12) : end].casefold().endswith(_CLAIMS) and (
        _ALLEGIANCE.match(text, end) or (one.source and _LIVES.match(text, end))
    ):
        return True
    if not one.source:
        return False
    if _NOBODY.match(text, one.source[0].start):
        return True
    if _DATED.match(text, one.source[0].start, end + 3):
        return True
    if _CONFIRMED_DEAD.match(text, one.source[0].start):
        return True
    words = words_of(text[one.source[0].start : one.source[0].end])
    if not words or _is_no_speaker(
        " ".join(text[one.source[0].start : one.source[-1].end].split())
    ):
        return True
    if len(words) > _EVENT_WORDS:
        return False
    return words[head_of(words)].key in nouns().roles["events"]


def _is_no_speaker(source: str) -> bool:
    """Whether words taken for a source are a count of victims, a bare number or a clause."""
    words = words_of(source)
    plain = {"the", "a", "an", *cue_words().lists["times"]}
    if all(
        len(w.key) < 2 or w.key in plain or w.key[:1].isdigit() or w.key in _MONTHS for w in words
    ):
        # "we", "it" and names in other scripts have two letters or stand by themselves.
        return len(words) > 1 or words[0].key[:1].isdigit() or words[0].key in plain
    return _COUNT_OF_DEAD.match(source) is not None or _CLAUSE_ALONE.match(source) is not None


def _given_back(
    learned: Sequence[Attribution], cued: Sequence[Attribution], text: str
) -> list[Attribution]:
    """Learned attributions without what the next sentence says of somebody else.

    Where the learned reader misses a cue, what stands before it is taken for more of what
    the last speaker said: "…, the army said. Eight were hurt, the mayor reported." The
    rules know the second speaker.
    """
    ruled = sorted(
        ((piece, one) for one in cued if one.source and one.cue for piece in one.content),
        key=lambda pair: (pair[0], pair[1].cue),
    )
    firsts = [piece.start for piece, _ in ruled]
    told = sorted(
        (
            (piece, one)
            for one in cued
            if one.source and one.cue and not _POINTS.match(text, one.source[0].start)
            for piece in one.content[:1]
            if piece.end <= one.cue[0].start
        ),
        key=lambda pair: (pair[0], pair[1].cue),
    )
    starts = [piece.start for piece, _ in told]
    speakers = sorted(
        (one.source[0].start, one.cue[0].start, one.content[-1].end)
        for one in cued
        if one.source
        and one.cue
        and one.source[0].end <= one.cue[0].start < one.content[-1].start
        and not _POINTS.match(text, one.source[0].start)
    )
    found = []
    for one in learned:
        end = one.cue[-1].end if one.cue else None
        kept = []
        for piece in one.content:
            later = (
                end is not None and piece.start > end and _NEXT.search(text, end, piece.start + 1)
            )
            at = bisect.bisect_right(starts, piece.start + _SLACK) - 1
            if later and at >= 0 and not text.startswith(_SPEECH[:4], piece.start):
                other, rule = told[at]
                shared = min(other.end, piece.end) - max(other.start, piece.start)
                if shared * 10 >= (piece.end - piece.start) * 7 and rule.cue[0].start > piece.start:
                    continue
            if later and not text.startswith(_SPEECH[:4], piece.start):
                # "…, the spokesman said. In its statement the ministry had given a toll of …"
                next_one = bisect.bisect_left(speakers, (piece.start - 5, 0, 0))
                if any(
                    start < piece.start + _SLACK and cue < piece.end and end_of >= piece.end - 2
                    for start, cue, end_of in speakers[next_one : next_one + 2]
                ):
                    continue
            early = one.source and _NEXT.search(text, piece.end - 1, one.source[0].start + 1)
            if early and not text.startswith(_SPEECH[:4], piece.start):
                # "A photographer counted 17 bodies. A source told …"
                near = ruled[max(0, bisect.bisect_right(firsts, piece.start + _SLACK) - 3) :][:4]
                most = 0.7 * (piece.end - piece.start)
                if any(abs(other.start - piece.start) < _SLACK and rule.cue[0].end <= piece.start
                       and min(other.end, piece.end) - piece.start >= most
                       for other, rule in near):  # fmt: skip
                    continue
            kept.append(piece)
        found.append(one if len(kept) == len(one.content) else
                     msgspec.structs.replace(one, content=tuple(kept)))  # fmt: skip
    return [one for one in found if one.content]


def _is_name(one: Attribution, text: str) -> bool:
    """Whether a learned cue is the name "Said", as in "her nephew, Said Jabr, told"."""
    if len(one.cue) != 1 or text[one.cue[0].start : one.cue[0].end] != "Said":
        return False
    before = text[max(0, one.cue[0].start - 3) : one.cue[0].start].rstrip(" ")
    after = text[one.cue[0].end : one.cue[0].end + 2]
    return before[-1:] not in ("", ".", "\n", *_SPEECH[:4], "”") and after[1:].isupper()


def _together(one: Attribution) -> Attribution:
    """A learned attribution without pieces of content far from all the rest of it."""
    if len(one.content) < 2 or not one.cue:
        return one
    low = min(piece.start for piece in (*one.cue, *one.source[:1]))
    high = max(piece.end for piece in (*one.cue, *one.source[-1:]))
    if high - low > _FAR_APART:
        low, high = one.cue[0].start, one.cue[-1].end
    kept: list[Span] = []
    for piece in reversed([piece for piece in one.content if piece.start < low]):
        if low - piece.end > _FAR_APART:
            break
        kept.insert(0, piece)
        low = piece.start
    for piece in (piece for piece in one.content if piece.start >= low and piece not in kept):
        if piece.start - high > _FAR_APART:
            break
        kept.append(piece)
        high = max(high, piece.end)
    return msgspec.structs.replace(one, content=tuple(sorted(kept)) or one.content)


def _before_semicolon(text: str) -> Callable[[Attribution], Attribution]:
    """Learned attributions without what follows a semicolon behind the one who is credited.

    "… killed nine, according to the ministry; in August a raid left 19 dead."
    """

    def cut(one: Attribution) -> Attribution:
        if not one.cue or not one.source or one.content[0].end > one.cue[0].start:
            return one
        end = max(one.cue[-1].end, one.source[-1].end)
        kept = tuple(
            piece
            for piece in one.content
            if piece.start < end or ";" not in text[end : min(piece.start + 1, end + 4)]
        )
        return msgspec.structs.replace(one, content=kept)

    return cut


def _same_cue(
    one: Attribution, by_cue: Sequence[tuple[Span, int]], starts: Sequence[int]
) -> int | None:
    """The cued attribution at the cue of a learned one."""
    for start, end in one.cue:
        at = bisect.bisect_left(starts, end)
        for piece, number in by_cue[max(0, at - 3) : at]:
            if piece.end > start:
                return number
    return None


def _reconciled(
    one: Attribution, rule: Attribution, unknown: Sequence[Span], text: str
) -> Attribution:
    source, content = one.source, one.content
    if rule.source:
        own = rule.source[0].start, rule.source[-1].end
        holds = bool(source) and source[0].start <= own[0] and own[1] <= source[-1].end
        if not source or ((not holds or len(source) > 1) and own[1] - own[0] <= _LONGEST_SOURCE):
            source = rule.source
    shared = sum(
        max(0, min(end, e) - max(start, s)) for start, end in content for s, e in rule.content
    )
    theirs = sum(end - start for start, end in rule.content)
    total = sum(end - start for start, end in content) + theirs - shared
    # Speech in quotation marks, and all that the rules have and more, is left as learned.
    sure = shared * 10 >= theirs * 9 or any(text.startswith(_SPEECH, p.start) for p in content)
    if shared * 2 < total and not sure:
        content = rule.content
    elif any(text.startswith(_SPEECH[:4], piece.start) for piece in content):
        content = _in_speech(content, one.cue, text)
    elif any(_opens_with(piece, rule.content, unknown) for piece in content):
        # "According to TASS, the ministry said …": TASS tells that the ministry said it.
        content = rule.content
    if (
        rule.source
        and rule.content[0].end <= rule.cue[0].start
        and content[0].start > rule.cue[0].end
    ):
        # What stands before the cue as well, where nobody else says it.
        content = (rule.content[0], *content)
    content = _without(content, source)
    return msgspec.structs.replace(one, source=source, content=content or rule.content)


def _in_speech(content: Sequence[Span], cue: Sequence[Span], text: str) -> tuple[Span, ...]:
    """A speech in quotation marks without what the report says itself in a later sentence."""
    end = cue[-1].end if cue else content[0].start
    return tuple(
        piece
        for piece in content
        if piece.start < end
        or text.startswith(_SPEECH[:4], piece.start)
        or not _NEXT.search(text, end, min(piece.start + 1, end + 300))
    )


def _opens_with(piece: Span, contents: Sequence[Span], unknown: Sequence[Span]) -> bool:
    """Whether a content of the rules has a source of its own in front of a learned one's."""
    for start, end in contents:
        at = bisect.bisect_left(unknown, Span(start, 0))
        first = unknown[at] if at < len(unknown) else None
        if first and first.start < start + 5 and first.end <= piece.start < end:
            return True
    return False


def _without(pieces: Sequence[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    """Pieces of content less the words of the source."""
    kept = list(pieces)
    for start, end in taken:
        cut: list[Span] = []
        for piece in kept:
            if piece.end <= start or end <= piece.start:
                cut.append(piece)
                continue
            cut += [Span(piece.start, start)] if piece.start < start else []
            cut += [Span(end, piece.end)] if end < piece.end else []
        kept = cut
    return tuple(kept)


def _adds(one: Attribution, told: Sequence[Span], text: str) -> bool:
    """Whether an attribution of the rules tells what the learned ones do not.

    ``told`` are the contents of those with a source.
    """
    cue = text[one.cue[-1].start : one.cue[-1].end].casefold().split() if one.cue else []
    verb = cue_words().verbs.get(cue[-1]) if cue else None
    counts = bool(one.cue) and _COUNTED.match(text, one.cue[-1].end) is not None
    if verb and (verb.needs_that or verb.lemma == "think") and not (text.isupper() or counts):
        return False  # too many of these say something else ("documented", "noted")
    size = sum(piece.end - piece.start for piece in one.content)
    shared = sum(_shared(told, piece) for piece in one.content)
    if shared * 2 < size:
        return True
    if not one.source or _POINTS.match(text, one.source[0].start):
        return False
    start = one.source[0].start
    opening = text[one.cue[0].start : one.cue[0].end].casefold() == "according to"
    if opening and one.content[0].start > start and _shared(told, one.cue[0]) <= 0:
        return True  # "According to TASS, the ministry confirmed it, claiming that …"
    if one.cue[0].end <= start and text[: one.cue[0].end].endswith((" by", " BY")):
        start = one.cue[0].start  # "… said it had been told by the police that …"
    # "According to TASS, the ministry said …"
    return any(
        piece.start <= start <= piece.start + _LEAD
        for piece in told[bisect.bisect_left(told, Span(start - _LEAD, 0)) :][:4]
    )


def _shared(pieces: Sequence[Span], span: Span) -> int:
    """How many characters of a span the nearest piece that begins before its end holds."""
    at = bisect.bisect_left(pieces, Span(span.end, 0))
    near = pieces[max(0, at - 4) : at]
    return max((min(p.end, span.end) - max(p.start, span.start) for p in near), default=0)


def _overlaps(cues: Sequence[Span], starts: Sequence[int], piece: Span) -> bool:
    at = bisect.bisect_left(starts, piece.end)
    return any(cues[k].end > piece.start for k in range(max(0, at - 3), at))


def _hull(pieces: Sequence[Span]) -> Span:
    return Span(pieces[0].start, max(piece.end for piece in pieces))
