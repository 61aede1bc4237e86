"""What the slot models see of a phrase: its words, its neighbours, and the verbs around it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from benchmarks.muc.phrases import DATA, VERBS, Phrase, Sentence

TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE", "HIJACKING")
_REACH = 9  # words looked at for a verb


@cache
def triggers() -> dict[str, str]:
    """Word stem -> incident type it speaks of."""
    table = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))["triggers"]
    return {stem: kind for kind, stems in table.items() for stem in stems}


@cache
def trigger(word: str) -> str | None:
    """The incident type a word speaks of, if any."""
    table = triggers()
    for size in range(min(len(word), 12), 2, -1):
        kind = table.get(word[:size])
        if kind is not None:
            return kind
    return None


def stem(word: str) -> str:
    """A crude stem that joins KILL, KILLED, KILLING and KILLS."""
    for ending in ("INGS", "ING", "ED", "ES", "S"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


class SentenceSigns(NamedTuple):
    """The incident types a sentence speaks of, and where."""

    types: frozenset[str]
    at: tuple[tuple[int, str], ...]


def signs(sentence: Sentence) -> SentenceSigns:
    """Triggers of a sentence by word index."""
    at = tuple(
        (i, kind)
        for i, word in enumerate(sentence.words)
        if (kind := trigger(word.text)) is not None
    )
    return SentenceSigns(frozenset(kind for _, kind in at), at)


def _verb_left(phrase: Phrase) -> tuple[int, str] | None:
    tags = phrase.sentence.tags
    for i in range(phrase.first - 1, max(-1, phrase.first - _REACH), -1):
        if tags[i] in VERBS and phrase.sentence.words[i].text not in _LIGHT:
            return i, phrase.sentence.words[i].text
        if phrase.sentence.words[i].text in (";", ":"):
            return None
    return None


_LIGHT = frozenset("WAS WERE IS ARE BE BEEN HAS HAVE HAD BEING".split())
_PASSIVE = frozenset("WAS WERE IS ARE BE BEEN BEING".split())


def _verb_right(phrase: Phrase) -> tuple[int, str, bool] | None:
    words, tags = phrase.sentence.words, phrase.sentence.tags
    passive = False
    for i in range(phrase.end, min(len(words), phrase.end + _REACH)):
        if words[i].text in _PASSIVE:
            passive = True
        if tags[i] in VERBS and words[i].text not in _LIGHT:
            return i, words[i].text, passive
        if words[i].text in (";", ":"):
            return None
    return None


def relations(phrase: Phrase) -> Iterator[str]:
    """How the phrase stands to the nearest verbs and nouns: "sp KILL", "o KILL", "of MURDER"."""
    words, tags = phrase.sentence.words, phrase.sentence.tags
    before = words[phrase.first - 1].text if phrase.first else "<"
    start = phrase.first - 1
    while start >= 0 and tags[start] in ("DT", "PS", "CD"):
        start -= 1
    governor = words[start].text if start >= 0 else "<"
    left = _verb_left(phrase)
    right = _verb_right(phrase)
    if governor == "BY":
        yield "by"
        if left is not None:
            yield f"by {stem(left[1])}"
    elif start >= 0 and tags[start] in ("IN", "TO"):
        yield f"in {governor}"
        k = start - 1
        if k >= 0:
            yield f"n {stem(words[k].text)} {governor}"
    if left is not None:
        direct = left[0] == start
        yield f"{'o' if direct else 'l'} {stem(left[1])}"
        if direct:
            kind = trigger(left[1])
            if kind:
                yield f"ot {kind}"
    if right is not None:
        relation = "sp" if right[2] or tags[right[0]] == "VN" else "s"
        near = right[0] - phrase.end <= 2
        yield f"{relation}{'' if near else 'f'} {stem(right[1])}"
        kind = trigger(right[1])
        if kind:
            yield f"{relation}t{near} {kind}"
    if before == "AND" or (phrase.end < len(words) and words[phrase.end].text == "AND"):
        yield "and"


def features(
    phrase: Phrase, kind: str, kinds: Sequence[frozenset[str]], extra: Sequence[str] = ()
) -> list[str]:
    """The features of one phrase for an incident of one type.

    ``kinds`` are the types each sentence of the message speaks of; ``extra`` is what the
    reader says of the phrase.
    """
    sentence = phrase.sentence
    words, tags = sentence.texts, sentence.tags
    texts = phrase.texts
    head = words[phrase.head]
    own = kinds[sentence.index]
    last = max((i for i in range(sentence.index + 1) if kind in kinds[i]), default=-1)
    following = next((i for i in range(sentence.index, len(kinds)) if kind in kinds[i]), -1)
    near = min(
        sentence.index - last if last >= 0 else 9,
        following - sentence.index if following >= 0 else 9,
    )
    plain = [
        "h " + head,
        "hs " + head[-3:],
        "ht " + tags[phrase.head],
        "k " + phrase.kind,
        "b1 " + (words[phrase.first - 1] if phrase.first else "<"),
        "b2 " + (" ".join(words[max(0, phrase.first - 2) : phrase.first]) or "<"),
        "a1 " + (words[phrase.end] if phrase.end < len(words) else ">"),
        "a2 " + (" ".join(words[phrase.end : phrase.end + 2]) or ">"),
        "nw " + str(min(len(texts), 4)),
        "si " + str(min(sentence.index, 6)),
    ]
    plain += ["w " + word for word in texts[:-1]]
    plain += ["t " + word for word in phrase.title]
    if phrase.first == 0:
        plain.append("first")
    related = list(relations(phrase))
    plain += related
    plain += ["sw " + stem(word) for word in sorted(set(words)) if trigger(word)]
    plain += ["st " + other for other in sorted(own)] or ["st none"]
    plain.append(f"near {min(near, 4)}")
    plain += extra
    mark = f"{phrase.kind[0]}{tags[phrase.head][:2]}"
    conjoined = [f"{kind}|{one}" for one in (*related, "h " + head, f"near {min(near, 4)}", mark)]
    conjoined += [f"h {head}|{one}" for one in related if one[1:2] != " " or one[0] in "ol"]
    conjoined += [f"{mark}|{one}" for one in (*related, f"near {min(near, 3)}", *extra)]
    return ["bias", *plain, *conjoined]
