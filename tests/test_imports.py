"""The house rules of DESIGN: imports go one way, files stay small, nouns have rooms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "dateline"
ROOMS = {"sources", "reading", "linking", "tally", "ledger", "export"}
ANYWHERE = {"errors", "model", "settings", "geodesy", "leading"}
ALLOWED = {
    "errors": set(),
    "model": set(),
    "geodesy": set(),
    "leading": set(),
    "settings": {"errors"},
    **dict.fromkeys(ROOMS, ANYWHERE),
    "decisions": ANYWHERE | ROOMS,
    "corrections": ANYWHERE | ROOMS,
    "linkage": ANYWHERE | ROOMS | {"decisions"},
    "judging": ANYWHERE | ROOMS | {"linkage", "decisions", "corrections"},
    "exporting": ANYWHERE | ROOMS | {"linkage", "decisions"},
    "pipeline": ANYWHERE | ROOMS | {"linkage"},
    "spacy_components": ANYWHERE | ROOMS | {"pipeline"},
    "reviewing": ANYWHERE | ROOMS,
    "desk": ANYWHERE
    | ROOMS
    | {"pipeline", "linkage", "judging", "decisions", "reviewing", "exporting"},
    "cluster": ANYWHERE | ROOMS | {"pipeline", "linkage", "decisions"},
    "cli": ANYWHERE
    | ROOMS
    | {"pipeline", "linkage", "judging", "decisions", "exporting", "desk", "cluster"},
    "__main__": {"cli"},
    "__init__": {"errors", "model", "pipeline"},
}
LONGEST_FILE = 520


def files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "dateline" and len(parts) > 1 and not parts[1].startswith("__"):
                rooms.add(parts[1])
    return rooms


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_one_way(path):
    room = room_of(path)
    assert room in ALLOWED, f"{path.name} is in no room that DESIGN names"
    beyond = {name for name in imported_rooms(path) if name != room} - ALLOWED[room]
    # ``from dateline import settings`` and the like name a module, all else is a symbol.
    beyond &= {p.stem for p in SOURCE.glob("*.py")} | ROOMS
    assert not beyond, f"{room} may not import {sorted(beyond)}"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_is_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_nothing_is_called_utils():
    assert not [path for path in files() if path.stem in {"utils", "util", "helpers", "misc"}]


def test_only_settings_reads_the_environment():
    readers = [
        str(path.relative_to(SOURCE))
        for path in files()
        if "os.environ" in path.read_text(encoding="utf-8") and path.name != "settings.py"
    ]
    assert readers == []
