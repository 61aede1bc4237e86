"""What a document is made of: id, title, language, furniture, repost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import EmptyDocumentError
from dateline.settings import Settings
from dateline.sources.furniture import find_furniture
from dateline.sources.inputs import (
    RawInput,
    document_from_text,
    provenance,
    raw_inputs,
    to_document,
)

LEAD = "Gunmen killed four traders at a market near the river on Monday, the police said."
MORE = "A witness told the paper that the men had come on motorcycles and fled to the hills."
SHARED = Path(__file__).parents[3] / "shared"


def furniture_of(text: str) -> list[str]:
    return [text[start:end] for start, end in document_from_text(text).furniture]


def test_the_same_bytes_are_one_document_whatever_the_path():
    def document(path, media="text"):
        return to_document(RawInput(path=path, raw=LEAD.encode(), media=media), Settings())

    assert document("a.txt").id == document("b/c.txt").id == document_from_text(LEAD).id
    assert document_from_text(LEAD).id != document_from_text(MORE).id


def test_the_origin_is_part_of_the_id():
    ids = {
        document_from_text(LEAD, **origin).id
        for origin in (
            {},
            {"url": "https://example.org/a"},
            {"url": "https://example.org/b"},
            {"external_id": "a"},
            {"publisher": "a"},
        )
    }
    assert len(ids) == 5
    assert all(len(id) == 21 and id.startswith("d") for id in ids)


def test_nothing_to_read():
    with pytest.raises(EmptyDocumentError):
        document_from_text(" \n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Gunmen attack Testville market\n\n{LEAD}", "Gunmen attack Testville market"),
        (
            f"\n  Gunmen attack Testville market\nShare this:\n\n{LEAD}",
            "Gunmen attack Testville market",
        ),
        (f"Who attacked the market?\n{LEAD}\n{MORE}", "Who attacked the market?"),
        (f"{LEAD}\n\n{MORE}", None),
        (f"TESTVILLE, 12 JUL 89 (EFE) --\n\n{LEAD}", None),
        (f"July 12, 2024\n\n{LEAD}", None),
        (f"Share this article\n\n{LEAD}", None),
        (
            "Gunmen killed four traders at a market near the river on\nMonday, the police said.",
            None,
        ),
        ("Gunmen attack Testville market", None),
    ],
)
def test_headlines(text, title):
    assert document_from_text(text).title == title


def test_a_given_title_is_kept():
    assert document_from_text(LEAD, title="Another").title == "Another"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{LEAD} {MORE}", "en"),
        (f"{LEAD} {MORE}".upper(), "en"),
        (
            "В результате взрыва погибли пять человек, сообщили в полиции города в понедельник.",
            "ru",
        ),
        (
            "Al menos cinco personas murieron el lunes en un atentado, informó la policía local.",
            "es",
        ),
        (
            "Mindst fem personer blev dræbt, da en bombe eksploderede på et marked mandag, "
            "oplyser politiet, som siger, at gerningsmanden er flygtet fra byen.",
            "da",
        ),
        ("Five died.", None),
        ("1 2 3 4 5 6 7 8 9", None),
    ],
)
def test_languages(text, language):
    assert document_from_text(text).language == language


@pytest.mark.parametrize(
    "line",
    [
        "Share this:",
        "SHARE",
        "Click to share on Facebook (Opens in new window)",
        "Post At: Jul 12/2024 08:50PM",
        "Published July 12, 2024 at 8:50 PM",
        "All comments.",
        "12 comments",
        "Advertisement",
        "Read more: Four hurt in a blast in Testville",
        "Related articles",
        "Sign up for our daily newsletter and never miss a story",
        "Subscribe to our Telegram channel for updates",
        "Do you have a tip on a crime story? Let us know via desk@example.org.",
        "Source: Example Post",
        "© 2024 Example Post. All rights reserved.",
        "Copyright 2024 Example Post",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Disclaimer: The copyright of this article belongs to its author.",
        "We use cookies to give you the best experience on our site.",
        "(Reporting by Ann Writer; Editing by Bob Editor)",
        "Associated Press writer Ann Writer in Testville contributed to this report.",
        "This article was originally published by Example Post.",
        "Soldiers guard the market of Testville, July 12, 2024. ANN WRITER/AFP/Getty Images",
        "Police at the market on Monday. (AP Photo/Ann Writer)",
        "Photo: Ann Writer",
        "Follow Ann Writer on Twitter @annwriter",
        "Поделиться",
        "Читайте также: Взрыв в городе",
    ],
)
def test_furniture_is_found_and_the_report_left(line):
    text = f"{LEAD}\n\n{line}\n\n{MORE}\n"
    assert furniture_of(text) == [line]
    crlf = text.replace("\n", "\r\n")
    assert furniture_of(crlf) == [line]


@pytest.mark.parametrize(
    "label", ["MOST READ NEWS", "More on this story", "Related articles", "Top Stories"]
)
def test_the_headlines_below_the_label_of_a_list_are_furniture(label):
    links = ["Bombing kills 40 in Elsewhere", "Why did the bridge in Otherton fall?"]
    text = f"{LEAD}\n\n{label}\n{links[0]}\n{links[1]}\n\n{MORE}"
    assert "\n".join(furniture_of(text)) == "\n".join([label, *links])


def test_sentences_below_such_a_label_are_the_report():
    assert furniture_of(f"{LEAD}\n\nRead more\n{MORE}\nA blast in Testville") == ["Read more"]


@pytest.mark.parametrize(
    "line",
    [
        "Media captionAnn Writer: I heard a blast",
        "This is a developing story. Check back for updates.",
        "Have you been affected? Email us at desk@example.org.",
        "834 View comments",
        "With files from The Testville Press",
        "More from Example Post",
        "More On: Testville bombing, Police",
    ],
)
def test_more_furniture(line):
    assert furniture_of(f"{LEAD}\n\n{line}\n\n{MORE}") == [line]


@pytest.mark.parametrize(
    "line", ["War", "World News", "By Ann Writer", "By Ann Writer and Bob Editor, Staff"]
)
def test_furniture_of_the_head(line):
    assert furniture_of(f"Gunmen attack Testville market\n{line}\n\n{LEAD}\n\n{MORE}") == [line]
    middle = "\n\n".join([LEAD, MORE] * 6)
    assert furniture_of(f"{middle}\n\n{line}\n\n{middle}") == []


@pytest.mark.parametrize(
    "line",
    [
        "The army said it would share this information with the families of the dead.",
        "Print shops in the town were hit, killing two, according to AFP/Reuters footage.",
        "By Monday, 12 people had died.",
        "War broke out in the town.",
        "More than 20 were killed.",
        "Source material on the attack was published by the paper, killing off a rumour.",
        "Do they have a plan? The police said they did, and that five men had been killed.",
        '"We were told to read more about the two killed," he said, quoting AFP.',
        "The Example Post has contacted the Defence Ministry for comment by email.",
        "The Example Post has yet to verify these figures.",
        "TESTVILLE, 12 JUL 89 (EFE) -- [TEXT] FIVE MEN WERE KILLED.",
        "On Twitter the group claimed it had killed five soldiers near the river.",
        "The blast killed five people, the agency reported. (Reuters)",
        "Five men were killed on July 12, 2024.",
        "Copyright lawyer Ann Writer was killed in the blast on Monday with two others.",
    ],
)
def test_body_text_is_no_furniture(line):
    assert furniture_of(f"{LEAD}\n\n{line}\n\n{MORE}") == []


def test_a_caption_that_stands_twice_goes_with_both_copies():
    caption = "A guard at the gate, February 28, 2024. Two men are said to have been shot there."
    assert furniture_of(f"{LEAD}\n\n{caption} {caption} WRITER/AFP/Getty Images\n\n{MORE}") == [
        f"{caption} {caption} WRITER/AFP/Getty Images"
    ]
    assert furniture_of(f"{LEAD}\n\n{caption} {caption}\n\n{MORE}") == [f"{caption} {caption}"]
    seen = "A guard is seen at the gate of the base on February 28, 2024."
    assert furniture_of(f"{LEAD}\n\n{seen}\n{seen}\n\n{MORE}") == [seen, seen]


def test_of_a_lead_that_stands_twice_one_copy_stays():
    assert furniture_of(f"{LEAD}\n\n{LEAD}\n\n{MORE}") == [LEAD]


def test_wrapped_copy_is_judged_by_paragraph():
    wrapped = (
        "   TESTVILLE, 12 JUL 89 (EFE) -- [TEXT] FIVE MEN WERE KILLED WHEN A BOMB\n"
        "BY AN UNKNOWN GROUP WENT OFF NEAR THE MARKET OF THE TOWN, SAID A CAPTAIN\n"
        "OF THE POLICE.  NOBODY HAS SAID WHO LAID IT.\n"
    )
    assert furniture_of(f"{wrapped}\n{wrapped.replace('FIVE', 'SIX')}") == []


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [LEAD, MORE, "Share this:", "All comments.", "", "War", "© 2024 X", "\u202e"]
            ),
            st.text(max_size=60),
        ),
        max_size=12,
    ).map("\n".join)
)
def test_furniture_spans_are_sorted_apart_and_inside(text):
    spans = find_furniture(text)
    assert spans == find_furniture(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end


@pytest.mark.parametrize(
    "hostile",
    ["a" * 1_000_000,
     "x" + " " * 1_000_000 + "y", "x\r\n" * 300_000, "By A " * 200_000, "1 " * 500_000,
     "a/" * 500_000, "Source: " * 125_000, "October 15 " * 90_000, "((((" * 250_000],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_a_megabyte_of_anything_takes_seconds(hostile):
    document_from_text(hostile)


@pytest.mark.parametrize(
    ("text", "publisher", "origin"),
    [
        (f"{LEAD}\n\nSource: Example Post", None, "Example Post"),
        (
            f"{LEAD}\n\nThis article was originally published by The Example Post.",
            None,
            "The Example Post",
        ),
        (f"{LEAD}\n\nThis story first appeared in Example Post", "Other Daily", "Example Post"),
        (f"{LEAD}\n\nRepublished from Example Post", None, "Example Post"),
        (f"{LEAD} (via Example Post)\n\n{MORE}", None, "Example Post"),
        (
            f"{LEAD}\n\nExample Post has contacted the ministry for comment.",
            "Other Daily",
            "Example Post",
        ),
        (
            f"{LEAD}\n\nExample Post has contacted the ministry for comment.\n\nDisclaimer: The "
            "copyright of this article belongs to the original author.",
            None,
            "Example Post",
        ),
        (
            f"{LEAD}\n\nExample Post has contacted the ministry for comment. Example Post has yet "
            "to verify this.\n\nLet us know via tips@examplepost.com.",
            None,
            "Example Post",
        ),
        # an outlet's own page, and what is no credit at all
        (f"{LEAD}\n\nExample Post has contacted the ministry for comment.", "Example Post", None),
        (f"{LEAD}\n\nExample Post has contacted the ministry for comment.", None, None),
        (f"{LEAD}\n\nSource: Example Post", "examplepost.com", None),
        (f"{LEAD}\n\nThe book was first published by Example Press.", None, None),
        (f"{LEAD}\n\nHe has contacted the ministry for comment.", "Other Daily", None),
        (f"{LEAD}\n\n{MORE}", "Other Daily", None),
        # wire copy in somebody's paper
        (f"TESTVILLE, July 12 (Reuters) - {LEAD}", "Other Daily", "Reuters"),
        (f"TESTVILLE, July 12 (Reuters) - {LEAD}", "Reuters", None),
    ],
)
def test_reposts(text, publisher, origin):
    document = document_from_text(text, publisher=publisher)
    assert document.reposted_from == origin
    assert document.publisher == publisher


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("KABUL, Oct 15 (Reuters) - ", "Reuters"),
        ("BOGOTA, 12 JUL 89 (ACAN - EFE) -- [TEXT] ", "ACAN-EFE"),
        ("TESTVILLE, Iraq (AP) — ", "AP"),
        ("(CNN) -- ", "CNN"),
        ("BOGOTA, 12 JUL 89 (DOMESTIC SERVICE) -- [TEXT] ", None),
        ("The dead (AP) were three. ", None),
        ("", None),
    ],
)
def test_the_agency_of_a_dateline_is_the_publisher(head, publisher):
    assert document_from_text(head + LEAD).publisher == publisher


def test_metadata_of_a_page():
    raw = (
        "<html lang='en-GB'><head><title>Four killed | Example Post</title>"
        "<meta property='og:site_name' content='Example Post'>"
        "<link rel='canonical' href='https://example.org/four'></head><body><nav>Home</nav>"
        f"<article><h1>Four killed in Testville</h1><p>{LEAD}</p><p>{MORE}</p></article>"
        "<footer>Imprint</footer></body></html>"
    ).encode()
    document = to_document(RawInput(path="a.html", raw=raw, media="html"), Settings())
    assert document.text == f"Four killed in Testville\n\n{LEAD}\n\n{MORE}"
    assert document.raw == raw
    assert document.title == "Four killed in Testville"
    assert document.publisher == "Example Post"
    assert document.url == "https://example.org/four"
    assert document.language == "en"


def test_a_page_in_its_declared_charset():
    text = "Взрыв прогремел в центре города, пять человек погибли, сообщила полиция."
    raw = f"<html><head><meta charset='windows-1251'></head><body><p>{text}</p></body></html>"
    document = to_document(
        RawInput(path="a.html", raw=raw.encode("cp1251"), media="html"), Settings()
    )
    assert document.text == text


def shared_reports():
    folder = SHARED / "reports"
    if not folder.is_dir():
        pytest.skip("the folder of real reports is not beside the checkout")
    return {
        Path(raw.path).name[:3]: to_document(raw, Settings())
        for raw in raw_inputs([str(folder)], Settings())
        if isinstance(raw, RawInput)
    }


@pytest.mark.shared
def test_the_two_real_reports():
    reports = shared_reports()
    first, second = reports["000"], reports["003"]
    assert (first.published_at, first.published_how) == (dt.date(2024, 7, 12), "stated")
    assert second.published_at in (dt.date(2022, 10, 15), dt.date(2022, 10, 16))
    assert second.published_how == "inferred"
    for report in (first, second):
        assert report.reposted_from == "Newsweek"
        assert report.publisher is None
        assert report.language == "en"
        assert report.text.startswith(report.title)
    words = [first.text[start:end] for start, end in first.furniture]
    assert words[0] == "War"
    assert any(piece.startswith("A self-defense") and piece.endswith("Images") for piece in words)
    assert not any("has contacted" in piece for piece in words)
    words = [second.text[start:end] for start, end in second.furniture]
    assert words == ["Share this:", "Source: Newsweek", "Share this:", "All comments."]


@pytest.mark.parametrize(
    ("publisher", "reposted"),
    [
        ("Associated Press", None),
        ("AP", None),
        ("The Gazette", "AP"),
        ("Apple Valley News", "AP"),
        ("apnews.com", None),
    ],
)
def test_an_agency_by_its_long_name_reposts_nothing_of_its_own(publisher, reposted):
    text = f"TESTVILLE, July 3 (AP) - {LEAD}"
    assert document_from_text(text, publisher=publisher).reposted_from == reposted


def test_what_a_person_says_goes_before_a_page_and_into_its_id():
    page = f"<html><head><title>Old</title></head><body><p>{LEAD}</p><p>{MORE}</p></body></html>"
    raw = RawInput(path="a.html", raw=page.encode(), media="html")
    plain = to_document(raw, Settings())
    told = to_document(
        raw, Settings(), provenance(publisher="Herald", published_at="2017-07-03", title="New")
    )
    assert (told.publisher, told.title, told.published_how) == ("Herald", "New", "stated")
    assert told.published_at == dt.date(2017, 7, 3)
    assert told.id != plain.id
    titled = to_document(raw, Settings(), provenance(title="New"))
    assert titled.id == plain.id


def test_a_file_and_a_text_in_hand_are_one_document():
    facts = {"publisher": "Herald", "url": "https://example.org/1", "published_at": "2017-07-03"}
    raw = RawInput(path="a.txt", raw=LEAD.encode(), media="text")
    assert (
        to_document(raw, Settings(), provenance(**facts)).id == document_from_text(LEAD, **facts).id
    )
