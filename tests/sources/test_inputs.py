"""Files, folders and standard input; every kind of bad input beside a good one."""

from __future__ import annotations

import io
import json
import os
import pickle
import sys
from pathlib import Path

import pytest

from dateline.errors import (
    BinaryDocumentError,
    DatelineError,
    EmptyDocumentError,
    InputError,
    MalformedInputError,
    NotFoundError,
    TooLargeError,
)
from dateline.model import Document
from dateline.settings import Settings
from dateline.sources.inputs import RawInput, raw_inputs, to_document

SETTINGS = Settings()
REPORT = (
    "Gunmen attack market in Testville\n\n"
    "Gunmen killed at least four traders at a market in Testville on Monday, the police said.\n\n"
    "Nobody has claimed responsibility for the attack so far.\n"
)
RUSSIAN = (
    "В результате взрыва в городе погибли пять человек, сообщили в полиции в понедельник.\n"
    "Ещё двенадцать человек доставлены в больницу, их состояние врачи называют тяжёлым.\n"
)


def take(*paths: object, settings: Settings = SETTINGS) -> list[Document | DatelineError]:
    """What the pipeline does with paths: each item a document or its error."""
    out: list[Document | DatelineError] = []
    for item in raw_inputs([str(path) for path in paths], settings):
        if isinstance(item, RawInput):
            try:
                out.append(to_document(item, settings))
            except InputError as error:
                out.append(error)
        else:
            out.append(item)
    return out


def one(path: Path, settings: Settings = SETTINGS) -> Document:
    (document,) = take(path, settings=settings)
    assert isinstance(document, Document), document
    return document


def error_of(path: Path, settings: Settings = SETTINGS) -> DatelineError:
    """The error of a bad file, after checking that the good one beside it is read."""
    good = path.parent / "zz-good.txt"
    good.write_text(REPORT)
    error, document = take(path, good, settings=settings)
    assert isinstance(error, DatelineError), error
    assert isinstance(document, Document)
    assert "\n" not in str(error)
    assert path.name in str(error)
    assert error.hint
    return error


def test_text_is_kept_as_received(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(REPORT.replace("\n", "\r\n").encode())
    document = one(path)
    assert document.text == REPORT.replace("\n", "\r\n")
    assert document.raw == path.read_bytes()
    assert document.path == str(path)
    assert document.title == "Gunmen attack market in Testville"
    assert document.language == "en"


def test_folders_are_walked_in_order_without_hidden_files(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/x.txt", "c/d/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{REPORT}\n{name}")
    (tmp_path / "c" / "circle").symlink_to(tmp_path)
    paths = [str(item.path) for item in raw_inputs([str(tmp_path)], SETTINGS)]
    assert paths == [str(tmp_path / name) for name in ("a.txt", "b/1.txt", "b/2.txt", "c/d/e.txt")]


def test_raw_inputs_travel_to_workers(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    (raw,) = raw_inputs([str(path)], SETTINGS)
    assert pickle.loads(pickle.dumps(raw)) == raw


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (REPORT.encode(), [REPORT]),
        (
            b'{"text": "One man was killed."}\n{"text": "Two were."}\n',
            ["One man was killed.", "Two were."],
        ),
        (
            b"<html><body><p>One man was killed near the bridge, police said.</p></body></html>",
            None,
        ),
    ],
)
def test_standard_input_is_sniffed(monkeypatch, data, texts):
    class Stdin:
        buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Stdin)
    documents = take("-")
    if texts is None:
        assert "One man was killed" in documents[0].text
        assert "<p>" not in documents[0].text
    else:
        assert [document.text for document in documents] == texts
    assert documents[0].path.startswith("<stdin>")


def test_html_is_known_by_content_not_by_name(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "<!DOCTYPE html><html><body><p>One man was killed, police said.</p></body></html>"
    )
    assert one(path).text == "One man was killed, police said."
    plain = tmp_path / "plain.html"
    plain.write_text(REPORT)
    assert one(plain).text == REPORT


def test_missing_path(tmp_path):
    error = error_of(tmp_path / "nowhere.txt")
    assert isinstance(error, NotFoundError)


def test_empty_file(tmp_path):
    path = tmp_path / "empty.txt"
    path.touch()
    assert isinstance(error_of(path), EmptyDocumentError)


@pytest.mark.parametrize("blank", [b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe\n\x00"])
def test_blank_file(tmp_path, blank):
    path = tmp_path / "blank.txt"
    path.write_bytes(blank)
    assert isinstance(error_of(path), EmptyDocumentError)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image"),
        (b"PK\x03\x04\x14\x00\x06\x00", "zip"),
        (bytes(range(256)) * 40, "NUL"),
        (bytes(range(1, 32)) * 40 + b"abc" * 10, "control"),
    ],
)
def test_binary_file(tmp_path, data, word):
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    error = error_of(path)
    assert isinstance(error, BinaryDocumentError)
    assert word in str(error)


def test_file_of_fifty_megabytes(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
        stream.write(b"Five men were killed.\n" * 1000)
    error = error_of(path)
    assert isinstance(error, TooLargeError)
    assert "DATELINE_MAX_BYTES" in str(error)


def test_too_many_words(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("Five men were killed. " * 100)
    error = error_of(path, Settings(max_words=300, max_bytes=10_000))
    assert isinstance(error, TooLargeError)
    assert "DATELINE_MAX_WORDS" in str(error)


def test_a_million_words_are_taken_in_within_seconds(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text("Five men were killed in the town, the ministry said. " * 100_000)
    document = one(path)
    assert len(document.text.split()) == 1_000_000


def test_emoji_only_text_is_read_with_a_warning(tmp_path):
    path = tmp_path / "emoji.txt"
    path.write_text("😀🔥🚑🚑 💥\n")
    document = one(path)
    assert document.text == "😀🔥🚑🚑 💥\n"
    assert document.warnings == ("there are no words in the text",)
    assert (document.title, document.language, document.published_at) == (None, None, None)


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8-r", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"]
)
def test_russian_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "russian.txt"
    path.write_bytes(RUSSIAN.encode(encoding))
    document = one(path)
    assert document.text == RUSSIAN
    assert document.language == "ru"


def test_english_in_utf16_and_latin1(tmp_path):
    path = tmp_path / "report.txt"
    for encoding in ("utf-16", "utf-16-be", "utf-16-le", "utf-32"):
        path.write_bytes(REPORT.encode(encoding))
        assert one(path).text == REPORT
    accented = "Un attentat a fait trois morts à l'entrée du marché, d'après la police.\n" * 3
    path.write_bytes(accented.encode("latin-1"))
    assert one(path).text == accented


def test_spoilt_utf8_keeps_the_rest(tmp_path):
    path = tmp_path / "cut.txt"
    path.write_bytes(RUSSIAN.encode()[:-2] + b"\xff")
    document = one(path)
    assert document.text.startswith(RUSSIAN[:100])
    assert any("replaced" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><div><p>One man was killed near the bridge<b><i></div>, police said.",
        "<p>One man was killed near the bridge, police said.</table></p></html></body>",
        "<html><body><<p>>One man was killed near the bridge, police said.</p",
    ],
)
def test_broken_html_is_read(tmp_path, markup):
    path = tmp_path / "broken.html"
    path.write_text(markup)
    assert "One man was killed near the bridge" in one(path).text


def test_page_without_text(tmp_path):
    path = tmp_path / "empty.html"
    path.write_text("<html><head><title>x</title></head><body><script>1</script></body></html>")
    assert isinstance(error_of(path), EmptyDocumentError)


def test_bad_json_lines_name_their_line_and_lose_nothing(tmp_path):
    path = tmp_path / "reports.jsonl"
    lines = [
        '{"id": 7, "text": "One man was killed.", "published_at": "2024-07-12", "extra": [1]}',
        "{no json",
        "",
        '{"id": "x", "title": "no text"}',
        '["text"]',
        '{"text": 5}',
        '{"text": "  "}',
        '{"text": "Two men were killed."}',
    ]
    path.write_text("\n".join(lines))
    items = take(path)
    assert [type(item) for item in items] == [
        Document,
        *[MalformedInputError] * 4,
        EmptyDocumentError,
        Document,
    ]
    assert items[0].external_id == "7"
    assert items[0].path == f"{path}:1"
    for item, line in zip(items[1:6], (2, 4, 5, 6, 7), strict=True):
        assert str(item).startswith(f"{path}:{line}: ")


def test_a_line_over_the_limit_costs_only_itself(tmp_path):
    path = tmp_path / "reports.jsonl"
    long = json.dumps({"text": "a" * 5000})
    path.write_text(f'{{"text": "One."}}\n{long}\n{{"text": "Two."}}\n')
    first, error, second = take(path, settings=Settings(max_bytes=1000))
    assert (first.text, second.text) == ("One.", "Two.")
    assert isinstance(error, TooLargeError)
    assert error.where == f"{path}:2"


def test_json_lines_are_streamed(tmp_path):
    path = tmp_path / "many.jsonl"
    with path.open("w") as stream:
        for number in range(50_000):
            stream.write(f'{{"id": {number}, "text": "Report {number}."}}\n')
    items = raw_inputs([str(path)], SETTINGS)
    assert next(items).line == 1
    items.close()


def test_json_fields(tmp_path):
    path = tmp_path / "reports.jsonl"
    record = {
        "id": 12,
        "text": REPORT,
        "title": "Another headline",
        "url": "https://example.org/a",
        "publisher": "Example Post",
        "published_at": "Jul 12/2024 08:50PM",
        "language": "en",
    }
    path.write_text(json.dumps(record) + "\n")
    document = one(path)
    assert document.external_id == "12"
    assert document.title == "Another headline"
    assert document.url == "https://example.org/a"
    assert document.publisher == "Example Post"
    assert str(document.published_at) == "2024-07-12"
    assert document.published_how == "stated"


@pytest.mark.parametrize("name", ["report.json", "report"])
@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_over_many_lines_and_an_array(tmp_path, name, indent):
    path = tmp_path / name
    path.write_text(json.dumps({"text": "One man was killed."}, indent=indent))
    assert one(path).text == "One man was killed."
    path.write_text(json.dumps([{"text": "One."}, {"text": "Two."}], indent=indent))
    first, second = take(path)
    assert (first.text, second.text) == ("One.", "Two.")
    assert second.path == f"{path}[2]"


def test_an_array_loses_no_good_report_beside_a_bad_one(tmp_path):
    path = tmp_path / "reports.json"
    path.write_bytes(
        b'[{"text": "a\\ud800b"}, 7, {"title": "no text"}, {"text": "in \xff"},'
        b' {"text": "Two."}, {"text": '
    )
    first, number, textless, latin, second, rest = take(path)
    assert first.text == "a\ufffdb"
    assert "no object" in str(number)
    assert isinstance(textless, MalformedInputError)
    assert isinstance(latin, MalformedInputError)
    assert second.text == "Two."
    assert isinstance(rest, MalformedInputError)
    assert rest.where == f"{path}[6]"
    path.write_text(" [ ] ")
    assert isinstance(error_of(path), EmptyDocumentError)
    path.write_text("[" * 100_000)
    assert isinstance(error_of(path), MalformedInputError)


def test_text_in_brackets_is_text(tmp_path):
    path = tmp_path / "wire.txt"
    path.write_text('{"Quoted" in the first line}\nTwo men were killed, police said.\n')
    assert one(path).text.startswith('{"Quoted"')


def test_fields_of_crawlers(tmp_path):
    path = tmp_path / "crawled.json"
    crawled = {
        "authors": ["A. Writer"],
        "date_download": "2018-01-05 09:00:00",
        "date_publish": "2017-10-02 11:23:00",
        "maintext": "Two men were killed, police said.",
        "source_domain": "www.bbc.co.uk",
        "title": "Two killed",
        "url": "http://www.bbc.co.uk/news/1",
    }
    path.write_text(json.dumps(crawled))
    document = one(path)
    assert document.publisher == "BBC"
    assert document.title == "Two killed"
    assert str(document.published_at) == "2017-10-02"
    assert document.text == crawled["maintext"]
    extracted = {
        "title": "None",
        "hostname": "example.org",
        "sitename": "Example Post",
        "date": "2017-10-03",
        "text": "Two men were killed.",
    }
    path.write_text(json.dumps(extracted))
    document = one(path)
    assert document.publisher == "Example Post"
    assert document.title is None
    assert str(document.published_at) == "2017-10-03"
    # Dateline's own names go first, and a text without words does not stand for one.
    path.write_text(json.dumps({"text": " ", "content": "One.", "date": "x", "published": 0}))
    document = one(path)
    assert document.text == "One."
    assert document.published_at is None
    assert len(document.warnings) == 1


def test_json_lines_in_utf16_are_refused_as_a_whole(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_bytes('{"text": "One."}\n'.encode("utf-16"))
    assert isinstance(error_of(path), MalformedInputError)


def test_lone_surrogates_and_nuls_keep_their_offsets(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text('{"text": "a\\ud800b\\u0000 killed"}\n')
    document = one(path)
    assert document.text == "a\ufffdb\ufffd killed"
    document.text.encode()
    assert len(document.warnings) == 2


def test_unreadable_folder_and_file(tmp_path, monkeypatch):
    locked = tmp_path / "locked"
    locked.mkdir()
    (locked / "a.txt").write_text(REPORT)
    (tmp_path / "good.txt").write_text(REPORT)
    if os.geteuid() == 0:
        # The superuser may read everything, so the refusal of the system is played.
        real = os.scandir

        def scandir(path):
            if Path(path) == locked:
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)
    else:
        locked.chmod(0)
    try:
        document, error = take(tmp_path)
    finally:
        locked.chmod(0o755)
    assert isinstance(document, Document)
    assert isinstance(error, NotFoundError)
    assert "locked" in str(error)
    assert "permissions" in str(error)


def test_folder_without_files(tmp_path):
    folder = tmp_path / "nothing"
    folder.mkdir()
    assert isinstance(error_of(folder), EmptyDocumentError)


def test_file_names_that_are_no_text(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    try:
        path.write_text(REPORT)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    one(path).path.encode("utf-8")
