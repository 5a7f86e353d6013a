"""The card says what the result says, and nothing of a release ever becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrisk.results import Company, Entity, Event, Sentiment, Tone
from eventrisk.show.html import card
from factories import FAILURE, TEXT, VOTE_WORDS, analysis, bare, entity, risk

VOID = {"br", "hr", "img", "meta"}


class Reader(HTMLParser):
    """Collects tags and words, and fails where tags do not close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data


def test_the_card_shows_event_vote_scores_catalysts_and_risks() -> None:
    words = Reader(card(analysis())).words
    for expected in (
        "Norvena & Sons, Inc. · Nasdaq: NRVN · 2021-05-04",
        'FDA Panel Votes 10-4 Against Corvastim for "Chronic <Wet>',
        "▼ Advisory vote",
        VOTE_WORDS,
        "Reasons given: efficacy",
        "4 yes, 10 no, 1 abstaining",
        "recommendation · not binding",
        "negative 0.90 · neutral 0.07 · positive 0.03",
        "against Corvastim (NRV-201)",
        "spin +1.28: management sounds better than the news",
        "2021-05-04 to 2021-06-28",
        "Regulatory approval",
        "The FDA may not approve Corvastim",
        "model default a1b2c3d4",
    ):
        assert expected in words


def test_a_sentiment_the_model_would_not_rely_on_is_called_a_guess() -> None:
    unsure = analysis(sentiment=replace(analysis().sentiment, abstained=True))
    assert "not sure enough to rely on: best guess" in Reader(card(unsure)).words
    assert "best guess" not in Reader(card(analysis())).words


def test_the_notebook_gets_this_card() -> None:
    assert analysis()._repr_html_() == card(analysis())


def test_a_release_in_which_nothing_was_found_has_a_card() -> None:
    words = Reader(card(bare())).words
    assert "No event of today" in words
    assert "undated" in words
    assert "Votes and opinions" not in words
    assert "Risk factors" not in words


def test_the_highlighted_text_is_the_text_with_every_entity_marked() -> None:
    page = card(analysis())
    assert TEXT in Reader(page).words
    marks = [attrs for tag, attrs in Reader(page).tags if tag == "mark"]
    assert len(marks) == len(analysis().entities)
    assert marks[6] == {"class": "er-drug", "title": "drug: Corvastim (0.97)"}


EVIL = '</div><script>alert("x")</script><img src=x onerror=alert(1)>\' onmouseover="1'


def test_nothing_that_a_release_says_becomes_markup() -> None:
    event = Event(EVIL, EVIL, "occurred", None, EVIL, (EVIL,), (EVIL,), (EVIL,), 0.5, 0, 9)
    entities = (Entity(EVIL, EVIL, 0, len(EVIL), EVIL, "body", 1.0),)
    who = Company(EVIL, EVIL, EVIL)
    made = analysis(
        title=EVIL,
        doc_id=EVIL,
        date=EVIL,
        company=who,
        events=(event,),
        entities=entities,
        text=EVIL * 9,
    )
    page = card(made)
    tags = Reader(page).tags
    assert {tag for tag, _ in tags} <= {
        "div",
        "style",
        "span",
        "table",
        "tr",
        "td",
        "details",
        "summary",
        "mark",
        "strong",
        "b",
    }
    assert not [
        name
        for _, attrs in tags
        for name in attrs
        if name not in ("class", "style", "title", "open")
    ]


def test_nothing_that_a_label_says_becomes_markup() -> None:
    mood = Sentiment(EVIL, 0.0, {EVIL: 0.75, "x\x1b\u202e": 0.25})
    entities = tuple(
        Entity(label, "FDA", 0, 3, "fda", "body", 1.0) for label in (EVIL, "x\x1b\u202e", "drug")
    )
    risks = (risk(EVIL, "additional capital"),)
    page = card(
        analysis(sentiment=mood, tone=Tone(EVIL, 0.1), entities=entities, risk_factors=risks)
    )
    tags = Reader(page).tags
    assert {tag for tag, _ in tags} <= {
        "div",
        "style",
        "span",
        "table",
        "tr",
        "td",
        "details",
        "summary",
        "mark",
        "strong",
        "b",
    }
    assert not [
        name
        for _, attrs in tags
        for name in attrs
        if name not in ("class", "style", "title", "open")
    ]
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_labels_of_ones_own_have_a_colour_that_stays_and_stand_in_the_legend() -> None:
    mine = (
        entity("drug", "Corvastim"),
        entity("chemical", "NRV-201"),
        entity("disease", "chronic wet cough"),
    )
    one, two = Reader(card(analysis(entities=mine))), Reader(card(analysis(entities=mine[1:2])))
    marks = [(attrs["class"], attrs.get("style")) for tag, attrs in one.tags if tag == "mark"]
    assert marks[0] == ("er-drug", None)
    assert marks[1][0] == marks[2][0] == "er-own"
    assert marks[1][1] != marks[2][1]
    assert marks[1] == next(
        (attrs["class"], attrs.get("style")) for tag, attrs in two.tags if tag == "mark"
    )
    assert one.words.count("vote outcomechemicaldisease") == 1
    assert "vote outcomechemical" in two.words


def test_a_name_under_two_labels_is_told_as_both() -> None:
    both = (entity("drug", "Corvastim"), entity("chemical", "Corvastim", "x"))
    (mark,) = [attrs for tag, attrs in Reader(card(analysis(entities=both))).tags if tag == "mark"]
    assert mark["title"] == "chemical: x (0.97) · drug (0.97)"


def test_classes_of_ones_own_have_their_place_in_the_bar() -> None:
    mood = Sentiment("bearish", 0.0, {"bullish": 0.25, "bearish": 0.75})
    page = Reader(card(analysis(sentiment=mood)))
    assert "Bearish" in page.words
    assert "bullish 0.25 · bearish 0.75" in page.words
    assert "Bearish 0.75" in page.words
    shares = [
        attrs["style"] or "" for tag, attrs in page.tags if "width" in (attrs.get("style") or "")
    ][:2]
    assert [share.split(";")[-1] for share in shares] == ["width:25.0%", "width:75.0%"]
    assert all(share.startswith("--er-dir:hsl(") for share in shares)


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_a_card_whose_tags_close(text: str) -> None:
    entities = (Entity("drug", text, 0, len(text), text, "body", 0.5),)
    made = analysis(title=text, text=text + TEXT, entities=entities, votes=())
    assert {tag for tag, _ in Reader(card(made)).tags} >= {"div", "style"}


def test_the_card_needs_nothing_from_outside() -> None:
    page = card(analysis())
    assert not re.search(r"https?:|url\(|@import|<script|<link", page)


def test_what_is_beyond_the_shown_text_is_counted() -> None:
    page = card(bare(text="a" * 100_250))
    assert "250 further characters are not shown here" in Reader(page).words


@pytest.mark.parametrize("sign", ["\u202e", "\x1b", "\x00", "\ud800"])
def test_signs_that_steer_a_screen_are_not_passed_on(sign: str) -> None:
    page = card(bare(title=f"Nor{sign}vena", text=f"Nor{sign}vena"))
    assert sign not in page
    assert page.count("Nor\ufffdvena") == 2


def test_a_quote_from_html_is_shown_without_its_tags() -> None:
    text = "<p>The FDA&nbsp;has <b>approved</b> it</p>"
    event = Event("approval", "positive", "occurred", None, None, (), (), (), 0.9, 3, len(text) - 4)
    assert '<div class="er-quote"><b>The FDA has approved it</b></div>' in card(
        bare(text=text, events=(event,))
    )


def test_a_failure_has_no_card() -> None:
    assert not hasattr(FAILURE, "_repr_html_")


def test_where_nobody_of_the_sponsor_speaks_the_card_says_so() -> None:
    words = Reader(card(analysis(spin=None, risk_score=None))).words
    assert "no spin: management does not speak" in words
    assert "Risk score– " in words
    assert "– of 1" not in words
    assert "None" not in words
