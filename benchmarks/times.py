"""Times: span and value scores on TimeBank, by kind of expression, and speed.

    python benchmarks/times.py --corpora ../shared/corpora [--half tuned|held|all] [--peer]

The texts are the bodies of the TimeML files; the gold standard is every TIMEX3 in them
(the creation time is given to the reader as the publication date, and not scored). A
gold expression is found where a read one overlaps it; it is right where the value is
the same, letter for letter. The documents are dealt into two halves by a fixed shuffle:
the first rules were made on the half "tuned" and first measured on the half "held".

--peer runs dateparser's search_dates (PyPI) over the same texts: a span for each date it
finds, the value at day precision, as it gives no other. It is slow: every tenth text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

Expression = tuple[int, int, str, str]  # start, end, type, value


class Text(NamedTuple):
    name: str
    created: dt.date
    body: str
    gold: list[Expression]


def read_timeml(path: Path) -> Text:
    raw = path.read_text(encoding="utf-8")
    created = re.search(r'<DCT>\s*<TIMEX3[^>]*value="(\d{4}-\d\d-\d\d)', raw)
    body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.DOTALL)
    if created is None or body is None:
        raise SystemExit(f"{path}: no creation time or no text")
    pieces: list[str] = []
    gold: list[Expression] = []
    at = 0
    open_timex: tuple[int, str, str] | None = None
    for m in re.finditer(r"<(/?)(\w+)([^>]*)>|([^<]+)", body[1]):
        if m[4]:
            pieces.append(html.unescape(m[4]))
            at += len(pieces[-1])
        elif m[2] == "TIMEX3" and not m[1]:
            fields = dict(re.findall(r'(\w+)="([^"]*)"', m[3]))
            open_timex = (at, fields["type"], fields["value"])
        elif m[2] == "TIMEX3" and open_timex:
            gold.append((open_timex[0], at, open_timex[1], open_timex[2]))
    return Text(path.stem, dt.date.fromisoformat(created[1]), "".join(pieces), gold)


def halves(texts: list[Text]) -> dict[str, list[Text]]:
    dealt = list(texts)
    random.Random(1998).shuffle(dealt)
    middle = len(dealt) // 2
    return {"tuned": dealt[:middle], "held": dealt[middle:], "all": texts}


def compare(
    gold: list[Expression], read: list[Expression]
) -> list[tuple[Expression | None, Expression | None]]:
    """Pairs of gold and read: the same rule as score_reading.py."""
    pairs: list[tuple[Expression | None, Expression | None]] = []
    used: set[int] = set()
    for one in gold:
        near = [i for i, r in enumerate(read) if i not in used and r[0] < one[1] and one[0] < r[1]]
        best = next((i for i in near if read[i][3] == one[3]), near[0] if near else None)
        if best is not None:
            used.add(best)
        pairs.append((one, None if best is None else read[best]))
    return pairs + [(None, r) for i, r in enumerate(read) if i not in used]


def show(name: str, hits: int, read: int, gold: int) -> None:
    p, r = hits / max(1, read), hits / max(1, gold)
    f = 2 * hits / max(1, read + gold)
    print(
        f"{name:32s} P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {100 * f:5.1f}  ({hits}/{read}/{gold})"
    )


def read_expressions(text: Text) -> list[Expression]:
    """What the reader finds in a text."""
    from dateline.model import Document
    from dateline.reading.prepared import prepare
    from dateline.reading.times.expressions import find_times

    prepared = prepare(Document(id=text.name, text=text.body))
    return [(t.span.start, t.span.end, t.type, t.value) for t in find_times(prepared, text.created)]


def score(name: str, texts: list[Text], found: list[list[Expression]], errors: bool) -> float:
    """Print the figures of some texts; give the F1 of spans with the right value."""
    span = value = read = gold = 0
    by_kind: dict[str, Counter[str]] = {}
    for text, expressions in zip(texts, found, strict=True):
        read += len(expressions)
        gold += len(text.gold)
        for want, got in compare(text.gold, expressions):
            kind = kind_of((want or got)[3])  # type: ignore[index]
            count = by_kind.setdefault(kind, Counter())
            if want and got:
                span += 1
                value += want[3] == got[3]
                count["right" if want[3] == got[3] else "wrong value"] += 1
            else:
                count["missed" if want else "spurious"] += 1
            if errors and not (want and got and want[3] == got[3]):
                start, end = (want or got)[:2]  # type: ignore[index]
                print(
                    f"  {text.name}: {text.body[start:end]!r} gold {want and want[3]}"
                    f" read {got and got[3]}"
                )
    show(f"{name}: span", span, read, gold)
    show(f"{name}: span and value", value, read, gold)
    print(f"  {'kind of value':16s}" + "".join(f"{c:>13s}" for c in COUNTS))
    for kind in sorted(by_kind):
        print(f"  {kind:16s}" + "".join(f"{by_kind[kind][c]:13d}" for c in COUNTS))
    return 200 * value / max(1, read + gold)


COUNTS = ("right", "wrong value", "missed", "spurious")


def kind_of(value: str) -> str:
    for kind, form in (
        ("reference", r".*_REF"),
        ("duration or set", r"P.*"),
        ("time of day", r".*T.*"),
        ("day", r"[\dX]{4}-[\dX]{2}-[\dX]{2}"),
        ("week", r".*-W.*"),
        ("quarter, half", r".*-[QH].*"),
        ("month", r"[\dX]{4}-[\dX]{2}"),
        ("season", r".*-(SP|SU|FA|WI)"),
    ):
        if re.fullmatch(form, value):
            return kind
    return "year or longer"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--half", choices=("tuned", "held", "all"))
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--floor", type=float, help="fail below this value F1 on the last part")
    options = parser.parse_args()
    folder = options.corpora / "time" / "timebank"
    if not folder.is_dir():
        raise SystemExit(f"{folder}: no such folder")
    parts = halves([read_timeml(path) for path in sorted(folder.glob("*.tml"))])

    from dateline.model import Document
    from dateline.reading.prepared import prepare
    from dateline.reading.times.expressions import find_times

    reached = {}
    for part in [options.half] if options.half else ["tuned", "held", "all"]:
        found = [read_expressions(text) for text in parts[part]]
        reached[part] = score(part, parts[part], found, options.errors)
    if options.floor is not None:
        last = list(reached)[-1]
        if reached[last] < options.floor:
            raise SystemExit(f"value F1 on {last} is {reached[last]:.1f}, below {options.floor}")

    prepared = [(prepare(Document(id=t.name, text=t.body)), t.created) for t in parts["all"]]
    words = sum(len(t.body.split()) for t in parts["all"])
    best = min(
        _timed(lambda: [find_times(p, created) for p, created in prepared]) for _ in range(3)
    )
    print(f"speed: {words / best:,.0f} words/s of processor time, sentences split beforehand")

    if options.peer:
        peer(parts["all"][::10])


def _timed(work: object) -> float:
    before = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - before


def peer(texts: list[Text]) -> None:
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed: skipped")
        return
    found: list[list[Expression]] = []
    before = time.process_time()
    for text in texts:
        settings = {
            "RELATIVE_BASE": dt.datetime.combine(text.created, dt.time()),
            "PREFER_DATES_FROM": "past",
        }
        here: list[Expression] = []
        at = 0
        for words, when in search_dates(text.body, languages=["en"], settings=settings) or []:
            start = text.body.find(words, at)
            if start >= 0:
                at = start + len(words)
                here.append((start, at, "DATE", f"{when:%Y-%m-%d}"))
        found.append(here)
    took = time.process_time() - before
    print(f"on {len(texts)} texts:")
    score("dateparser", texts, found, False)
    print(f"dateparser: {sum(len(t.body.split()) for t in texts) / took:,.0f} words/s")
    score("dateline", texts, [read_expressions(text) for text in texts], False)


if __name__ == "__main__":
    main()
