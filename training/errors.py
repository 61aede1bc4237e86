"""Counts what is missed and what is made up, by kind, and writes the page in docs/.

    python -m training.errors --corpora ../shared/corpora --out docs/attribution-errors.md

Reads PolNeAR dev through the public function. Only counts leave this script: no text of
the corpus does.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from dateline.reading.attribution.decoding import find_attributions
from training import polnear, scoring

SPEECH = re.compile(
    r"\b(say|says|said|saying|tell|tells|told|according|added?|adds|announced?|asked|asks|argued?|"
    r"claim(s|ed)?|declared?|denied|explain(s|ed)|insist(s|ed)|noted?|reported?|stated?|tweeted|"
    r"wrote|writes|warned|suggest(s|ed)?)\b",
    re.IGNORECASE,
)
MISSED = {
    "source": "content found, wrong source",
    "no source": "content found, its source not",
    "extra source": "content found, with a source where the annotator gives none",
    "merged": "content found only as part of a larger one that also covers another",
    "too long": "content found, but reaching too far (IoU below 0.5)",
    "too short": "content found, but cut short or in parts (IoU below 0.5)",
    "speech": "nothing found: the cue is a verb of speech (“said”, “according to”)",
    "other cue": "nothing found: another cue (“hopes to”, “believes”, “the idea”)",
    "content": "cue found, content elsewhere",
    "taken": "right by itself, but another gold attribution matched the same one",
}
SPURIOUS = {
    "overlap": "stands where the annotator has an attribution that does not match",
    "speech": "nothing there for the annotator: a verb of speech",
    "other cue": "nothing there for the annotator: another cue",
}
EXAMPLES = """
Examples of the kinds, made up for this page:

- *Cut short*: in “The mayor hopes the bridge, closed since the flood, will open again”, only “the
  bridge, closed since the flood” is read as content.
- *Merged*: “They fear reprisals and want to leave” are two attributions with one source, “fear”
  and “want to”; they come out as one.
- *Another cue*: in “the commander's reluctance to retreat”, the noun “reluctance” is a cue for
  PolNeAR's annotators. Such attitudes without speech are what people disagree on most.
"""


def _touches(pieces, others) -> bool:
    return scoring.touch(pieces, others)


def missed_kind(words: scoring.Words, gold, golds, found, text: str) -> str:
    target = words.of([scoring.hull(gold.content)])
    best, best_iou = None, 0.0
    for one in found:
        ours = words.of([scoring.hull(one.content)])
        iou = len(target & ours) / len(target | ours)
        if iou > best_iou:
            best, best_iou = one, iou
    cue = " ".join(text[start:end] for start, end in gold.cue)
    if best is None:
        if any(_touches(gold.cue, one.cue) for one in found):
            return "content"
        return "speech" if SPEECH.search(cue) else "other cue"
    if best_iou >= 0.5:
        if gold.source and not best.source:
            return "no source"
        if best.source and not gold.source:
            return "extra source"
        return "taken" if _touches(gold.source, best.source) else "source"
    ours = words.of([scoring.hull(best.content)])
    covered = sum(
        len(words.of(one.content) & ours) > len(words.of(one.content)) / 2 for one in golds
    )
    if covered >= 2:
        return "merged"
    return "too long" if len(ours) > len(target) else "too short"


def analyse(folder: Path) -> tuple[Counter, Counter, Counter]:
    missed: Counter = Counter()
    spurious: Counter = Counter()
    totals: Counter = Counter()
    for document in polnear.load(folder):
        words, text = scoring.Words(document.text), document.text
        golds = [one for one in document.readings[0][1] if one.content]
        found = find_attributions(text)
        matched = scoring.match(words, golds, found)
        totals.update(gold=len(golds), found=len(found), right=len(matched))
        right, used = {g for g, _ in matched}, {p for _, p in matched}
        for n, gold in enumerate(golds):
            if n not in right:
                missed[missed_kind(words, gold, golds, found, text)] += 1
        for n, one in enumerate(found):
            if n in used:
                continue
            if any(_touches(one.content, gold.content) for gold in golds):
                spurious["overlap"] += 1
            else:
                cue = " ".join(text[start:end] for start, end in one.cue)
                spurious["speech" if SPEECH.search(cue) else "other cue"] += 1
    return missed, spurious, totals


def page(missed: Counter, spurious: Counter, totals: Counter) -> str:
    def table(counts: Counter, kinds: dict[str, str]) -> str:
        rows = [f"| {kinds[kind]} | {number} |" for kind, number in counts.most_common()]
        return "\n".join(["| kind | count |", "| --- | --- |", *rows])

    f1 = scoring.f1(totals["right"], totals["found"], totals["gold"])
    return f"""# What the attribution reader gets wrong

Written by `python -m training.errors` from PolNeAR dev (84 US news texts), read through
`find_attributions`. An attribution is right if its content overlaps the annotator's by at least
half (token IoU of the hulls) and the sources touch. Of {totals["gold"]} attributions
{totals["right"]} are right, {totals["found"]} were given: F1 {f1:.1f}. Two people, on the texts
of train that both read, agree at 75.3.

## Missed: {sum(missed.values())}

{table(missed, MISSED)}

## Given, but not right: {sum(spurious.values())}

{table(spurious, SPURIOUS)}
{EXAMPLES}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("docs/attribution-errors.md"))
    options = parser.parse_args()
    options.out.write_text(page(*analyse(options.corpora / "polnear" / "dev")))


if __name__ == "__main__":
    main()
