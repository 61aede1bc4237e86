"""Who says so, down to the root: chains and modality on short reports of our own.

    python benchmarks/chains.py [--part dev|held_out|manners_dev|...|again] [--errors]

Reads tests/corpus/chains/<part>.jsonl. Each label names some words of a report, the
chains of those who say them (without the publisher, who always comes first; none for
the report's own voice) and the modality, or null where the words are no claim of fact.
The claim looked at is the one whose evidence stands closest around the words; where
the reader makes no claim of them, the chains of the attributions that hold them are.

- root: the last of each chain is right, for all sources of the claim and no other;
- chain: each link is right as well, with the publisher first;
- modality: of those that are claims; a label of null is right where no claim is made.

Where the same words are labelled twice, because one says it and another denies it, the
claim with the label's modality is looked at.

Reports with ``responsibility`` or ``perpetrators`` are also measured by

- responsibility: F1 of who claims or denies it; an empty list is a report where nobody does;
- perpetrators: F1 of those named, by the words of description, organisation or name; and of
  those found, how many have the labelled confidence, fate and number.

Names are compared by their words, articles and the like aside: one set of words holds
the other. Where a dateline names an agency, that is the publisher, or the agency whose
report the publisher carries: "base" gives the links every chain begins with. The last
line is ``chains_root=<per cent>``.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dateline
from dateline.model import (
    Attribution,
    Claim,
    PerpetratorValue,
    Reading,
    ResponsibilityValue,
    Span,
)
from dateline.reading.attribution.chains import ChainIndex
from dateline.reading.attribution.registry import registry_in_use
from dateline.reading.prepared import prepare

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "chains"
PARTS = (
    "dev",
    "held_out",
    "manners_dev",
    "manners_held_out",
    "sides_dev",
    "sides_held_out",
    "again",
)
COMMON = frozenset("the a an of s and in for to by from its his her".split())
Record = dict[str, Any]


def load(part: str) -> list[Record]:
    """The labelled reports of one part."""
    lines = (CORPUS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def words(name: str) -> frozenset[str]:
    """The words by which two names are held against each other."""
    return frozenset(re.findall(r"[^\W_]+", name.lower())) - COMMON


def same(wanted: str, got: str) -> bool:
    known = registry_in_use().lookup(wanted)
    meant = registry_in_use().lookup(got)
    one = words(known.name if known else wanted)
    other = words(meant.name if meant and known else got)
    return bool(one and other) and (one <= other or other <= one)


def same_chain(wanted: Sequence[str], got: Sequence[str]) -> bool:
    return len(wanted) == len(got) and all(map(same, wanted, got))


def matched(wanted: Sequence[Sequence[str]], got: Sequence[Sequence[str]], whole: bool) -> bool:
    """Whether each wanted chain has one of the given, and none is left over."""
    left = list(got)
    for chain in wanted:
        for one in left:
            if same_chain(chain, one) if whole else same(chain[-1], one[-1]):
                left.remove(one)
                break
        else:
            return False
    return not left


def claim_of(reading: Reading, span: Span, modality: str | None = None) -> Claim | None:
    """The casualty claim whose evidence shares most with the words, then the narrowest.

    ``modality``, where given, decides between claims that share as much.
    """

    def fit(claim: Claim) -> tuple[int, bool, int]:
        shared = min(claim.span.end, span.end) - max(claim.span.start, span.start)
        return shared, claim.modality == modality, claim.span.start - claim.span.end

    claims = [one for one in reading.claims if one.kind == "casualty" and fit(one)[0] > 0]
    return max(claims, key=fit, default=None)


def said(reading: Reading, span: Span) -> tuple[Sequence[Sequence[str]], Attribution | None]:
    return ChainIndex(prepare(reading.document), reading.attributions).of(span)


def measure(part: str, errors: bool = False, every: int = 1) -> Counter[str]:
    """Read a part's reports, or one in ``every``, and count what is right."""
    n: Counter[str] = Counter()
    for record in load(part)[::every]:
        given = {name: record[name] for name in ("title", "publisher", "published_at")}
        reading = dateline.read(record["text"], **given)
        base = record.get("base") or [record["publisher"] or "unknown publisher"]
        text = reading.document.text
        _responsibility(record, reading, n, errors)
        _perpetrators(record, reading, n, errors)
        for label in record["claims"]:
            start = text.index(label["words"])
            span = Span(start, start + len(label["words"]))
            twice = sum(one["words"] == label["words"] for one in record["claims"]) > 1
            claim = claim_of(reading, span, label["modality"] if twice else None)
            if label["chains"] is None:
                n["no claims"] += 1
                right = claim is None or claim.modality in ("hedged", "denied")
                n["no claims right"] += right
                if errors and not right:
                    print(f"{record['id']} {label['words']!r}: a claim, {claim.modality}")
                continue
            n["labels"] += 1
            n["claims"] += claim is not None
            chains = claim.chains if claim else said(reading, span)[0]
            inner = [chain[len(base) :] for chain in chains if len(chain) > len(base)]
            headed = all(same_chain(base, chain[: len(base)]) for chain in chains)
            root = matched(label["chains"], inner, whole=False)
            whole = headed and matched(label["chains"], inner, whole=True)
            modality = claim is not None and claim.modality == label["modality"]
            n["root"] += root
            n["chain"] += whole
            n["modality"] += modality
            if errors and not (root and whole and modality):
                got = claim.modality if claim else "no claim"
                print(
                    f"{record['id']} {label['words']!r}\n   wanted {label['chains']}"
                    f" {label['modality']}\n   got    {[list(chain) for chain in chains]} {got}"
                )
    return n


def _responsibility(record: Record, reading: Reading, n: Counter[str], errors: bool) -> None:
    if "responsibility" not in record:
        return
    left = [one.value for one in reading.claims if isinstance(one.value, ResponsibilityValue)]
    n["stances told"] += len(record["responsibility"])
    n["stances read"] += len(left)
    for label in record["responsibility"]:
        hits = [one for one in left if one.stance == label["stance"]]
        hit = next((one for one in hits if same(label["who"], one.actor)), None)
        if hit is not None:
            left.remove(hit)
            n["stances right"] += 1
        elif errors:
            print(f"{record['id']} responsibility missed: {label['who']} {label['stance']}")
    for one in left if errors else ():
        print(f"{record['id']} responsibility wrong: {one.actor} {one.stance}")


def _perpetrators(record: Record, reading: Reading, n: Counter[str], errors: bool) -> None:
    if "perpetrators" not in record:
        return
    left = [one.value for one in reading.claims if isinstance(one.value, PerpetratorValue)]
    n["perpetrators told"] += len(record["perpetrators"])
    n["perpetrators read"] += len(left)
    for label in record["perpetrators"]:
        hit = next((one for one in left if _is_meant(label["words"], one)), None)
        if hit is None:
            if errors:
                print(f"{record['id']} perpetrator missed: {label['words']}")
            continue
        left.remove(hit)
        n["perpetrators right"] += 1
        for name in ("confidence", "fate", "number"):
            right = getattr(hit, name) == label[name]
            n[f"{name} right"] += right
            if errors and not right:
                print(
                    f"{record['id']} perpetrator {label['words']!r}: {name}"
                    f" {getattr(hit, name)}, not {label[name]}"
                )
    for one in left if errors else ():
        print(f"{record['id']} perpetrator wrong: {one}")


def _is_meant(wanted: str, got: PerpetratorValue) -> bool:
    names = (got.description, got.organisation, got.name)
    return any(name is not None and same(wanted, name) for name in names)


def f1(n: Counter[str], what: str) -> str:
    return share(2 * n[f"{what} right"], n[f"{what} told"] + n[f"{what} read"])


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=PARTS, default="dev")
    parser.add_argument("--errors", action="store_true", help="list each miss")
    options = parser.parse_args()
    n = measure(options.part, options.errors)
    print(
        f"{options.part}: {n['labels']} statements; root {share(n['root'], n['labels'])},"
        f" whole chain {share(n['chain'], n['labels'])};"
        f" read as a claim {share(n['claims'], n['labels'])},"
        f" modality of those {share(n['modality'], n['claims'])};"
        f" no claim of fact kept out {n['no claims right']} of {n['no claims']}"
    )
    if n["stances told"]:
        found = n["perpetrators right"]
        print(
            f"responsibility F1 {f1(n, 'stances')} of {n['stances told']};"
            f" perpetrators F1 {f1(n, 'perpetrators')} of {n['perpetrators told']},"
            f" of those found confidence {share(n['confidence right'], found)},"
            f" fate {share(n['fate right'], found)}, number {share(n['number right'], found)}"
        )
    print(f"chains_root={100 * n['root'] / n['labels']:.1f}")


if __name__ == "__main__":
    main()
