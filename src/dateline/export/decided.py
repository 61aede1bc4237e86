"""Judgements for people and for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec
from rich.table import Table
from rich.text import Text

from dateline.export.plain import clean


class Judged(Protocol):
    """A judgement as the ledger gives it (``ledger.Judgement``)."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def subjects(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def author(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> dt.datetime: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> dict[str, object] | None: ...  # noqa: D102


class JudgementLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``dateline judgements --format jsonl``.

    ``body`` holds what the kind needs: ``left`` and ``right`` mentions, the ``mentions``
    of an incident, the ``kind`` and corrected ``value`` of a claim. ``retracted_by`` is
    the number of the judgement that took this one back, null while it binds.
    """

    id: int
    kind: str
    subjects: tuple[str, ...]
    author: str
    at: dt.datetime
    note: str
    body: dict[str, Any] | None
    retracted_by: int | None


def judgement_line(judgement: Judged, retracted_by: Judged | None) -> JudgementLine:
    """The contract form of a judgement."""
    return JudgementLine(
        id=judgement.id,
        kind=judgement.kind,
        subjects=judgement.subjects,
        author=judgement.author,
        at=judgement.at,
        note=judgement.note,
        body=judgement.body,
        retracted_by=retracted_by.id if retracted_by else None,
    )


def judgement_table(judged: Iterable[tuple[Judged, Judged | None]]) -> Table:
    """One line a judgement; what was retracted is dim and says by which."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("no.", justify="right", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("by", overflow="fold")
    table.add_column("what", no_wrap=True)
    table.add_column("about", overflow="fold")
    table.add_column("note", overflow="fold")
    for judgement, retraction in judged:
        style = "dim" if retraction else ""
        said = clean(judgement.note)
        if retraction:
            said = f"retracted by {retraction.id}" + (f"; {said}" if said else "")
        table.add_row(
            str(judgement.id),
            judgement.at.strftime("%Y-%m-%d %H:%M"),
            Text(clean(judgement.author), style=style),
            Text(clean(judgement.kind), style=style),
            Text(_about(judgement), style=style),
            Text(said, style=style),
        )
    return table


def _about(judgement: Judged) -> str:
    """What was decided on, with what was given for it."""
    if judgement.kind == "retracted":
        return f"judgement {judgement.subjects[0]}"
    told = " and ".join(clean(subject) for subject in judgement.subjects)
    value = (judgement.body or {}).get("value")
    if isinstance(value, dict):
        told += ": " + ", ".join(f"{k} {clean(str(v))}" for k, v in value.items() if v is not None)
    return told
