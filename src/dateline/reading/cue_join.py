"""The learned reader's attributions and those of the rules, as one."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from dateline.model import Attribution, Span

_FAR_APART = 150  # characters between the pieces of one attribution


def complement(
    learned: Sequence[Attribution], cued: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """Both readers as one: the learned attributions, with what the rules know better.

    Where both found the same cue, the source of the rules is taken unless the
    learned one holds it in one piece, and their content if the learned one
    agrees with it by less than half. An attribution of the rules whose cue the learned
    reader does not know is added, unless a learned one has nearly the same content.
    """
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
    for one in map(_together, learned):
        number = _same_cue(one, by_cue, starts)
        if number is None or number in used:
            kept.append(one)
        else:
            used.add(number)
            kept.append(_reconciled(one, cued[number], unknown))
    contents = sorted((_hull(one.content), bool(one.source)) for one in kept)
    for number, one in enumerate(cued):
        if number in used or any(_overlaps(cues, cue_starts, piece) for piece in one.cue):
            continue
        if not _has_content(contents, one):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.content, one.source, one.cue)))


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


def _reconciled(one: Attribution, rule: Attribution, unknown: Sequence[Span]) -> Attribution:
    source, content = one.source, one.content
    if rule.source:
        own = rule.source[0].start, rule.source[-1].end
        holds = bool(source) and source[0].start <= own[0] and own[1] <= source[-1].end
        if not holds or len(source) > 1:
            source = rule.source
    shared = sum(
        max(0, min(end, e) - max(start, s)) for start, end in content for s, e in rule.content
    )
    mine = sum(end - start for start, end in content)
    total = mine + sum(end - start for start, end in rule.content) - shared
    if shared * 2 < total or (len(content) > len(rule.content) and shared * 10 >= mine * 9):
        content = rule.content
    elif any(_opens_with(piece, rule.content, unknown) for piece in content):
        # "According to TASS, the ministry said …": TASS tells that the ministry said it.
        content = rule.content
    content = _without(content, source)
    return msgspec.structs.replace(one, source=source, content=content or rule.content)


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


def _has_content(contents: Sequence[tuple[Span, bool]], one: Attribution) -> bool:
    """Whether a learned attribution has nearly the same content as a cued one."""
    hull = _hull(one.content)
    low = bisect.bisect_left(contents, (Span(hull.start - 40, 0), False))
    for (start, end), sourced in contents[low:]:
        if start > hull.start + 40:
            break
        nested = one.source and start <= one.source[0].start and one.source[-1].end <= end
        shared = min(end, hull.end) - max(start, hull.start)
        alike = shared * 3 >= 2 * (max(end, hull.end) - min(start, hull.start))
        if alike and not nested and (not one.source or sourced):
            return True
    return False


def _overlaps(cues: Sequence[Span], starts: Sequence[int], piece: Span) -> bool:
    at = bisect.bisect_left(starts, piece.end)
    return any(cues[k].end > piece.start for k in range(max(0, at - 3), at))


def _hull(pieces: Sequence[Span]) -> Span:
    return Span(pieces[0].start, max(piece.end for piece in pieces))
