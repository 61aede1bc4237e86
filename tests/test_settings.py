"""Settings come from the environment alone, and a bad one is named."""

from __future__ import annotations

import pytest

from dateline.errors import SettingsError
from dateline.settings import Settings, load


def test_defaults_without_an_environment():
    assert load({}) == Settings()


def test_values_are_parsed_by_the_kind_of_their_default():
    found = load(
        {"DATELINE_WORKERS": "3", "DATELINE_DOCUMENT_SECONDS": "0.5", "DATELINE_LEDGER": "x"}
    )
    assert (found.workers, found.document_seconds, found.ledger) == (3, 0.5, "x")


@pytest.mark.parametrize("value", ["many", "-1", ""])
def test_a_value_that_cannot_be_used_names_its_variable(value):
    with pytest.raises(SettingsError, match="DATELINE_WORKERS"):
        load({"DATELINE_WORKERS": value})
