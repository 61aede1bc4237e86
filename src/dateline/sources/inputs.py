"""The door of the sources room: what goes in, and the documents it becomes."""

from __future__ import annotations

from dateline.sources.document import document_from_text, to_document
from dateline.sources.provenance import Provenance, provenance
from dateline.sources.raw import Media, RawInput, raw_inputs

__all__ = [
    "Media",
    "Provenance",
    "RawInput",
    "document_from_text",
    "provenance",
    "raw_inputs",
    "to_document",
]
