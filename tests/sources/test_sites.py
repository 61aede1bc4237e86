"""Whose page an address is."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.attribution.registry import load_registry
from dateline.sources.document import document_from_text
from dateline.sources.sites import named_publisher, site_owner

REPORT = "A bomb killed three people in Baghdad on Monday, police said."


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://edition.cnn.com/2017/10/02/x", "CNN"),
        ("http://www.bbc.co.uk/news/1", "BBC"),
        ("https://www.bbc.com/russian/news-1", "BBC Russian Service"),
        ("https://timesofindia.indiatimes.com/city/1.cms", "Times of India"),
        ("https://t.me/s/rybar/12", "Rybar"),
        ("https://www.springfieldpost.example/a?b=c", "springfieldpost.example"),
        ("https://bbc.com.example/a", "bbc.com.example"),
        ("https://notbbc.co.uk/a", "notbbc.co.uk"),
        ("https://t.me/somebody/12", None),
        ("https://www.facebook.com/somebody/posts/1", None),
        ("https://web.archive.org/web/2017/http://www.bbc.co.uk/news/1", None),
        ("https://news.yahoo.com/a", None),
        ("https://192.0.2.7/a", None),
        ("http://localhost:8000/a", None),
        ("ftp://bbc.co.uk/a", None),
        ("https://[::1", None),
        ("no address", None),
        (None, None),
    ],
)
def test_owner_of_a_page(url, owner):
    assert site_owner(url) == owner


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("www.nytimes.com", "The New York Times"),
        ("https://www.nytimes.com/", "The New York Times"),
        ("news.sky.com", "Sky News"),
        ("www.springfieldpost.example", "springfieldpost.example"),
        ("Breaking911.com", "Breaking911.com"),
        ("Lenta.ru", "Lenta.ru"),
        ("BBC News", "BBC News"),
        ("St. Louis Post", "St. Louis Post"),
        (None, None),
    ],
)
def test_publisher_given_as_a_site(given, name):
    assert named_publisher(given) == name


@given(st.text(max_size=60))
def test_any_words_are_borne(words):
    site_owner(words)
    site_owner(f"https://{words}/")
    named_publisher(words)


def test_the_address_tells_the_publisher_where_nobody_else_does():
    page = "https://www.theguardian.com/world/2017/oct/02/x"
    assert document_from_text(REPORT, url=page).publisher == "The Guardian"
    assert document_from_text(REPORT, url=page, publisher="The Observer").publisher == (
        "The Observer"
    )
    wire = document_from_text(f"BAGHDAD (Reuters) - {REPORT}", url=page)
    assert (wire.publisher, wire.reposted_from) == ("The Guardian", "Reuters")
    own = document_from_text(f"BAGHDAD (Reuters) - {REPORT}", url="https://www.reuters.com/a")
    assert (own.publisher, own.reposted_from) == ("Reuters", None)
    tweeted = document_from_text(REPORT, url="https://twitter.com/somebody/status/1")
    assert tweeted.publisher is None


def test_every_site_is_one_source_of_the_registry():
    registry = load_registry()
    text = (files("dateline.sources") / "data" / "sites.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    hosts = [host for listed in table["outlets"].values() for host in listed]
    assert len(hosts) == len(set(hosts))
    assert all(host == host.lower() for host in [*hosts, *table["anybodys"]["hosts"]])
    unknown = [n for n in table["outlets"] if (s := registry.lookup(n)) is None or s.name != n]
    assert not unknown
