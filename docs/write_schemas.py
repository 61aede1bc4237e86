"""Writes docs/schema/*.json from the structs of the contract; a test holds them together."""

from pathlib import Path

from dateline.export.contract import IncidentLine, ReadLine, schema

FOLDER = Path(__file__).resolve().parent / "schema"
SCHEMAS = {"read.schema.json": ReadLine, "incidents.schema.json": IncidentLine}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, kind in SCHEMAS.items():
        (FOLDER / name).write_bytes(schema(kind))
