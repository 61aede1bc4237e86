"""One exception tree: codes, exit codes, one line each, across processes."""

from __future__ import annotations

import pickle

import pytest

from dateline import errors

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.DatelineError)
]


def test_codes_are_one_each():
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_an_error_is_one_line_and_survives_a_process_border(kind):
    error = kind("not\nread", where="a\tfile.txt", hint="try\r\nagain")
    assert str(error) == "a file.txt: not read (try again)"
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.what, again.where, again.hint) == (error.what, error.where, error.hint)
    assert error.exit_code in {1, 2, 3, 4}
