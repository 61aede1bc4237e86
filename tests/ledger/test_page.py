from __future__ import annotations

import re
from pathlib import Path

from dateline.ledger import open_ledger
from dateline.ledger.tables import metadata
from tests.ledger.making import make_reading, single

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"


def test_every_table_is_told_of():
    told = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(metadata.tables)


def test_the_example_runs(tmp_path, monkeypatch, capsys):
    from dateline.model import Place

    monkeypatch.chdir(tmp_path)
    kyiv = Place(span=None, name="Kyiv", kind="city", lat=50.45, lon=30.52, country="UA")
    reading = make_reading("one", killed=12, place=kyiv)
    with open_ledger("cases.db", create=True) as ledger:
        ledger.add(reading, single(reading, 12))
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(example, {})
    assert " 12\n" in capsys.readouterr().out
