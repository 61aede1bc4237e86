"""What the span model learns: each message's spans, and what the keys say of them.

Spans of the same words are one group, as a key does not say which mention it means; a group is
right for a role where a key has its words (as ``essential`` of the scorer compares them).

    python -m training.muc_data --corpus ../shared/corpora/muc/dev --scorer ../shared/tools \
        --out DIR

writes DIR/readings.pkl (by message times, places and what else is said) and DIR/examples.pkl.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from benchmarks.muc.classes import ABOUT, CLASSES, ROLES, SLOT, TYPES
from benchmarks.muc.messages import read_messages
from benchmarks.muc.reading import Said
from benchmarks.muc.spans import spans_of, words_of

import dateline
from dateline.reading.encoder import Tokens, tokenize

ATTRIBUTES = {
    "perp": (),
    "inst": ((7, "inst_type"),),
    "org": ((11, "confidence"),),
    "phys": ((13, "phys_type"), (16, "phys_effect")),
    "name": ((20, "hum_type"), (23, "hum_effect")),
    "desc": ((20, "hum_type"), (23, "hum_effect")),
}
IGNORE = -100
DATE, PLACE = ROLES.index("date"), ROLES.index("place")


@dataclass
class Example:
    """A message as the model sees it.

    ``spans`` are words (first, after the last); ``group`` is the group of each. By group:
    ``roles`` (NaN: no loss), ``types`` (NaN: no loss), ``classes``; ``pairs`` are rows
    (group, group, told in one template). ``about`` is one a type, and any (NaN: no loss).
    """

    name: str
    tokens: Tokens
    spans: np.ndarray
    group: np.ndarray
    roles: np.ndarray
    types: np.ndarray
    about: np.ndarray
    classes: dict[str, np.ndarray] = field(default_factory=dict)
    pairs: np.ndarray = field(default_factory=lambda: np.zeros((0, 3), np.int64))


def kind_of(key) -> str:
    return key.fillers[4][0].options[0][0]


def labels(fill, key, role: str, essential) -> dict[str, int]:
    """Class numbers told of a fill by the set fills that quote it."""
    found = {"stage": CLASSES["stage"].index(key.fillers[5][0].options[0][0])}
    mine = {essential(value) for value, _ in fill.options}
    if role == "desc":
        mine |= {essential(tag) for _, tags in fill.options for tag in tags}
    for number, table in ATTRIBUTES[role]:
        told = [
            value
            for other in key.fillers[number]
            for value, tags in other.options
            if any(essential(tag) in mine for tag in tags)
        ]
        classes = CLASSES[table]
        known = [value for value in told if value in classes]
        if known:
            found[table] = classes.index(known[0])
        elif not told and classes[0] == "-":
            found[table] = 0
    return found


def places_in(key) -> set[str]:
    """The names of regions, towns and parts of towns in a location slot."""
    return {
        part.split("(")[0].strip()
        for fill in key.fillers[3]
        for value, _ in fill.options
        for side in value.split(" - ")
        for part in side.split(":")[1:]
    }


def days_in(key, parse_date) -> set[tuple]:
    found = [parse_date(v) for fill in key.fillers[2] for v, _ in fill.options]
    return {one for one in found if one and one[0] is not None and one[1] is not None}


def example(message, keys, times, scorer) -> Example:
    text, essential = message.text, scorer.essential
    tokens = tokenize(text)
    words = words_of(text, tokens)
    spans = spans_of(words)
    strings = [
        essential(" ".join(text[tokens.starts[a] : tokens.ends[b - 1]].split())) for a, b in spans
    ]
    numbers: dict[tuple, int] = {}
    group = [numbers.setdefault(one, len(numbers)) for one in strings]
    plain = len(numbers)
    dated = [t for t in times if t.start is not None and t.end is not None]
    rows = []
    for timex in dated:
        low, high = np.searchsorted(tokens.starts, (timex.span.start, timex.span.end))
        rows.append((low, max(high, low + 1)))
    group = np.array([*group, *range(plain, plain + len(dated))], np.int64)
    spans = np.array([*spans.tolist(), *rows], np.int32).reshape(-1, 2)
    size = plain + len(dated)
    roles = np.zeros((size, len(ROLES)), np.float32)
    roles[plain:] = np.nan
    roles[:, DATE] = np.nan
    types = np.full((size, len(TYPES)), np.nan, np.float32)
    classes = {name: np.full(size, IGNORE, np.int64) for name in CLASSES}
    about = np.zeros(len(ABOUT), np.float32)
    members: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    parts: set[tuple[int, int]] = set()
    for n, key in enumerate(keys):
        kind = kind_of(key)
        for k in (TYPES.index(kind), len(TYPES)):
            if not key.optional:
                about[k] = 1
            elif about[k] != 1:
                about[k] = np.nan

        def belongs(g: int, r: int, n=n, kind=kind) -> None:
            roles[g, r] = 1
            members[kind][g].add(n)
            types[g] = np.nan_to_num(types[g])
            types[g, TYPES.index(kind)] = 1

        for role, slot in SLOT.items():
            r = ROLES.index(role)
            for fill in key.fillers[slot]:
                right = {numbers[e] for v, _ in fill.options if (e := essential(v)) in numbers}
                values = [v for v, _ in fill.options]
                parts |= {(g, r) for g in partly(values, slot, numbers, scorer) - right}
                told = labels(fill, key, role, essential)
                for g in right:
                    belongs(g, r)
                    for name, value in told.items():
                        if classes[name][g] in (IGNORE, 0):
                            classes[name][g] = value
        for name in places_in(key):
            g = numbers.get(essential(name))
            if g is not None:
                belongs(g, PLACE)
        days = days_in(key, scorer.parse_date)
        for k, timex in enumerate(dated):
            first, last = timex.start.toordinal(), timex.end.toordinal()
            roles[plain + k, DATE] = np.nan_to_num(roles[plain + k, DATE])
            if any(first == a and last == b for a, b in days):
                belongs(plain + k, DATE)
    # Partly right words apart from the right ones may be meant; within them they are wrong.
    for g, r in sorted(parts):
        if roles[g, r] == 0 and alone(spans, group, g, roles[:, r] == 1):
            roles[g, r] = np.nan
    pairs = [
        (g, h, bool(by[g] & by[h]))
        for by in members.values()
        if len({n for found in by.values() for n in found}) > 1
        for g in by
        for h in by
        if g < h
    ]
    return Example(
        message.id, tokens, spans, group, roles, types, about, classes,
        np.array(pairs, np.int64).reshape(-1, 3),
    )  # fmt: skip


def partly(values, slot: int, numbers, scorer) -> set[int]:
    """Groups that share a word with a fill and would be granted some credit for it."""
    wanted = {word for value in values for word in scorer.essential(value)}
    return {
        number
        for words, number in numbers.items()
        if wanted & set(words)
        and any(scorer.grade_string(slot, " ".join(words), v, False) for v in values)
    }


def alone(spans, group, g: int, right) -> bool:
    """Whether some span of a group lies across no span of a right group."""
    good = spans[right[group]]
    return any(
        not len(good) or not ((good[:, 0] < b) & (a < good[:, 1])).any()
        for a, b in spans[group == g]
    )


def keys_in(folder: Path, scorer) -> dict[str, list]:
    """The key templates of every message."""
    keys: dict[str, list] = defaultdict(list)
    for path in sorted(folder.glob("key*")):
        for key in scorer.parse_templates(path.read_text(encoding="latin-1"), True)[0]:
            keys[key.message_id].append(key)
    return keys


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_muc.py")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(options.scorer))
    import score_muc

    keys = keys_in(options.corpus, score_muc)
    readings, examples = {}, []
    for path in sorted(options.corpus.glob("dev-muc*")):
        for message in read_messages(path):
            reading = dateline.read(message.text, external_id=message.id, language="en")
            said = Said(reading.claims, reading.mentions, reading.attributions)
            readings[message.id] = reading.times, reading.places, said
            examples.append(example(message, keys[message.id], reading.times, score_muc))
    (options.out / "readings.pkl").write_bytes(pickle.dumps(readings))
    (options.out / "examples.pkl").write_bytes(pickle.dumps(examples))


if __name__ == "__main__":
    main()
