"""Docs that must not go stale."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import fields

import pytest

from dateline import errors
from dateline.export.contract import schema
from dateline.settings import PREFIX, Settings
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def schemas():
    spec = importlib.util.spec_from_file_location("write_schemas", DOCS / "write_schemas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return sorted(module.SCHEMAS.items())


@pytest.mark.parametrize(("name", "kind"), schemas(), ids=lambda value: str(value))
def test_the_schemas_in_docs_are_those_of_the_program(name, kind):
    kept = (DOCS / "schema" / name).read_bytes()
    assert json.loads(kept) == json.loads(schema(kind)), "run docs/write_schemas.py"


def test_every_setting_and_error_is_documented():
    told = (DOCS / "settings.md").read_text(encoding="utf-8")
    for item in fields(Settings):
        assert f"`{PREFIX}{item.name.upper()}`" in told
    told = (DOCS / "errors.md").read_text(encoding="utf-8")
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, Exception)]
    for kind in kinds:
        assert f"`{kind.code}`" in told


def test_the_readme_commands_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    helped = (DOCS / "cli.md").read_text(encoding="utf-8")
    for command in re.findall(r"^(?:\S+ \| )?dateline (\w+)", readme, re.MULTILINE):
        assert f"## `dateline {command}`" in helped


def test_local_links_lead_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
