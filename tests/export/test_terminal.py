"""What a person sees of a chain."""

from __future__ import annotations

import datetime as dt
import io

from rich.console import Console

from dateline.export.incident_page import incident_page
from dateline.export.terminal import chain_words
from dateline.model import Copy, Document, Incident, TollStep


def test_those_through_whom_several_speak_are_named_once():
    chains = (("Paper", "mayor"), ("Paper", "police"), ("Paper", "Wire", "army"), ("Paper",))
    assert chain_words(chains).plain == "Paper ← mayor; police; Paper ← Wire ← army; Paper"
    assert chain_words((("Paper",), ("Wire",))).plain == "Paper; Wire"


def test_a_copy_that_repeats_its_original_is_no_step_of_a_rise():
    def step(document: str, figure: int) -> TollStep:
        return TollStep(
            reported_on=dt.date(2018, 10, 17), document_id=document, root="police",
            min=figure, max=figure, low=figure, best=figure, high=figure,
        )  # fmt: skip

    incident = Incident(
        id="i1",
        type="shooting",
        date=None,
        place=None,
        tolls={},
        rise={"killed": tuple(step(*told) for told in (("da", 10), ("db", 10), ("db", 12)))},
        copies=(Copy(document_id="db", original_id="da", how="repost", share=1.0),),
        documents=("da", "db"),
    )
    told = {id: Document(id=id, text="x", publisher=id.upper()) for id in ("da", "db")}
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(incident_page(incident, [], told))
    rise = console.export_text().partition("How the killed rose")[2].partition("\n\n")[0]
    rows = [line.split() for line in rise.splitlines() if "2018" in line]
    assert [(row[1], row[3]) for row in rows] == [("10", "DA,"), ("12", "DB,")]
