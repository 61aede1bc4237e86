"""Dateline in a spaCy pipeline: ``nlp.add_pipe("dateline_attribution")``.

The components are registered as spaCy factories by entry points (extra ``spacy``). Both
read ``doc.text`` alone: they need no tagger, parser or names and may stand anywhere.

``dateline_attribution``
    who says what, with chains: ``Doc._.attributions``, and a span group whose labels are
    SOURCE, CUE and CONTENT; the spans of one attribution share its number as ``id``.
``dateline_reading``
    the whole reading: the same, and ``Doc._.claims`` and ``Doc._.incidents`` as plain
    data in the form of docs/contract.md, with a span group labelled by kind of claim.

Dateline's offsets are characters, spaCy's spans whole tokens. Where an end falls inside
a token the span is widened to the tokens it touches; the characters stay in
``Said.offsets`` and in the claims. Everything is kept as plain data in ``doc.user_data``
and in span groups, so that a Doc can be written to disk, or sent to another process,
and read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from dateline import model
from dateline.export.contract import encode, read_line
from dateline.pipeline import read_document
from dateline.reading.reader import read_attributions
from dateline.sources.document import document_from_text

SPANS_KEY = "dateline"
CLAIMS_KEY = "dateline_claims"
_ROLES = ("source", "cue", "content")
_GIVEN = ("title", "url", "publisher", "published_at", "external_id")


class Said(NamedTuple):
    """One attribution over spaCy's tokens; an interrupted quotation has several spans.

    ``chains`` run from the publisher in to the root, one for each source named.
    ``offsets`` is the attribution as Dateline found it, in characters.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    chains: tuple[model.Chain, ...]
    score: float | None
    offsets: model.Attribution


def _attributions(doc: Doc) -> tuple[Said, ...]:
    stored = doc.user_data.get("dateline_attributions", [])
    found = msgspec.convert(stored, list[model.Attribution])
    return tuple(
        Said(
            source=_spans(doc, one.source),
            cue=_spans(doc, one.cue),
            content=_spans(doc, one.content),
            chains=one.chains,
            score=one.score,
            offsets=one,
        )
        for one in found
    )


def _stored(name: str) -> Any:  # noqa: ANN401 - a getter as spaCy wants it
    return lambda doc: doc.user_data.get(name, [])


def _snapped(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The tokens that some characters touch, without white space at the ends."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    first, last = span.start, span.end
    while first < last and doc[first].is_space:
        first += 1
    while first < last and doc[last - 1].is_space:
        last -= 1
    return (first, last) if first < last else None


def _spans(
    doc: Doc, pieces: Iterable[model.Span], label: str = "", id: str = ""
) -> tuple[Span, ...]:
    found = (_snapped(doc, start, end) for start, end in pieces)
    return tuple(Span(doc, *one, label=label, span_id=id) for one in found if one)


def _report(doc: Doc, nlp: Language, publisher: str | None) -> model.Document | None:
    """The document of a Doc; None for one without words."""
    if not doc.text.strip():
        return None
    given = {name: value for name, value in (doc._.report or {}).items() if name in _GIVEN}
    return document_from_text(
        doc.text,
        **{"publisher": publisher, **given},
        language=nlp.lang if nlp.lang not in ("", "xx") else None,
    )


def _keep(doc: Doc, key: str, attributions: Iterable[model.Attribution]) -> None:
    kept = list(attributions)
    doc.user_data["dateline_attributions"] = msgspec.to_builtins(kept)
    doc.spans[key] = SpanGroup(
        doc,
        name=key,
        spans=[
            span
            for number, one in enumerate(kept)
            for role in _ROLES
            for span in _spans(doc, getattr(one, role), role.upper(), str(number))
        ],
    )


class AttributionComponent:
    """Sets ``Doc._.attributions`` and ``doc.spans[spans_key]``."""

    def __init__(self, nlp: Language, spans_key: str, publisher: str | None) -> None:
        self._nlp = nlp
        self._key = spans_key
        self._publisher = publisher

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc; a Doc without words gets empty results."""
        document = _report(doc, self._nlp, self._publisher)
        _keep(doc, self._key, read_attributions(document) if document else ())
        return doc


class ReadingComponent:
    """Sets what :class:`AttributionComponent` sets, and the claims and incidents."""

    def __init__(
        self,
        nlp: Language,
        spans_key: str,
        claims_key: str,
        publisher: str | None,
        scope: model.Scope,
    ) -> None:
        self._nlp = nlp
        self._key = spans_key
        self._claims_key = claims_key
        self._publisher = publisher
        self._scope: model.Scope = scope

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc; a Doc without words gets empty results."""
        document = _report(doc, self._nlp, self._publisher)
        line: dict[str, Any] = {"claims": [], "incidents": []}
        attributions: tuple[model.Attribution, ...] = ()
        if document is not None:
            reading = read_document(document, scope=self._scope)
            attributions = reading.attributions
            line = msgspec.json.decode(encode(read_line(reading)))
        _keep(doc, self._key, attributions)
        doc.user_data["dateline_claims"] = line["claims"]
        doc.user_data["dateline_incidents"] = line["incidents"]
        doc.spans[self._claims_key] = SpanGroup(
            doc,
            name=self._claims_key,
            spans=[
                span
                for claim in line["claims"]
                for span in _spans(
                    doc, [model.Span(*claim["span"])], claim["kind"].upper(), claim["id"]
                )
            ],
        )
        return doc


@Language.factory(
    "dateline_attribution",
    assigns=["doc._.attributions", "doc.spans"],
    default_config={"spans_key": SPANS_KEY, "publisher": None},
)
def attribution(
    nlp: Language, name: str, spans_key: str, publisher: str | None
) -> AttributionComponent:
    """The factory of ``dateline_attribution``."""
    return AttributionComponent(nlp, spans_key, publisher)


@Language.factory(
    "dateline_reading",
    assigns=["doc._.attributions", "doc._.claims", "doc._.incidents", "doc.spans"],
    default_config={
        "spans_key": SPANS_KEY,
        "claims_key": CLAIMS_KEY,
        "publisher": None,
        "scope": "violence",
    },
)
def reading(
    nlp: Language,
    name: str,
    spans_key: str,
    claims_key: str,
    publisher: str | None,
    scope: model.Scope,
) -> ReadingComponent:
    """The factory of ``dateline_reading``."""
    return ReadingComponent(nlp, spans_key, claims_key, publisher, scope)


for _name, _extension in {
    "attributions": {"getter": _attributions},
    "claims": {"getter": _stored("dateline_claims")},
    "incidents": {"getter": _stored("dateline_incidents")},
    # What is known of the report: title, url, publisher, published_at, external_id.
    "report": {"default": None},
}.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, **_extension)
