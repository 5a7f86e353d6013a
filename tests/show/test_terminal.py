"""The terminal page says what the card says, in plain characters."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from eventrisk.results import Entity, Event, Sentiment, Vote
from eventrisk.show import story
from eventrisk.show.terminal import highlighted, overview, summary
from factories import FAILURE, TEXT, analysis, bare, entity, risk


def printed(renderable: object, *, colour: bool = False, width: int = 100) -> str:
    out = io.StringIO()
    Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False
    ).print(renderable)
    return out.getvalue()


def test_the_page_shows_event_vote_scores_catalysts_and_risks() -> None:
    page = printed(summary(analysis()))
    for expected in (
        "Norvena & Sons, Inc. · Nasdaq: NRVN · 2021-05-04",
        "▼ Advisory vote  FDA  Corvastim  chronic wet cough",
        "reasons given: efficacy",
        "▼ Negative  4 yes, 10 no, 1 abstaining  Corvastim  chronic wet cough",
        "recommendation · not binding",
        "Negative -0.87",
        "negative 0.90 · neutral 0.07 · positive 0.03",
        "spin +1.28: management sounds better",
        "Approval         2021-05-04 to 2021-06-28  FDA  Corvastim",
        "Topline results  2022-07-01 to 2022-12-31  asthma",
        "Risk factors named (3)",
        "Regulatory approval    0.95",
    ):
        assert expected in page
    assert TEXT.splitlines()[4] not in page


def test_a_sentiment_the_model_would_not_rely_on_is_called_a_guess() -> None:
    unsure = analysis(sentiment=replace(analysis().sentiment, abstained=True))
    assert "not sure enough to rely on: best guess" in printed(summary(unsure))
    assert "best guess" not in printed(summary(analysis()))


def test_the_text_comes_on_request_and_is_the_text() -> None:
    assert highlighted(analysis()).plain == TEXT
    assert '"We are confident in Corvastim' in printed(summary(analysis(), text=True))


def test_what_can_come_first_stands_first() -> None:
    page = printed(summary(analysis()))
    assert page.index("2021-06-28") < page.index("2022-12-31")


def test_labels_and_classes_of_ones_own_are_shown_and_never_read_as_markup() -> None:
    evil = "[red]x[/red]\x1b"
    mine = (entity("chemical", "NRV-201"), entity(evil, "FDA"))
    made = analysis(
        entities=mine,
        sentiment=Sentiment(evil, 0.0, {"bullish": 0.25, evil: 0.75}),
        risk_factors=(risk(evil, "additional capital"),),
    )
    page = printed(summary(made, text=True))
    assert "0.75" in printed(overview([made]))
    assert "bullish 0.25 · [red]x[/red]\ufffd 0.75" in page
    assert "\x1b" not in page
    assert printed(highlighted(made), colour=True).count("\x1b[1;4;") == 2


def test_square_brackets_of_a_release_are_no_markup() -> None:
    made = bare(title="[bold]Norvena[/bold] [link=x]up[/link]", text="[red]text[/red]")
    page = printed(summary(made, text=True))
    assert "[bold]Norvena[/bold] [link=x]up[/link]" in page
    assert "[red]text[/red]" in page


def test_control_codes_of_a_release_do_not_reach_the_terminal() -> None:
    page = printed(summary(bare(title="a\x1b[2Jb", text="c\x1b]0;evil\x07d\u202e"), text=True))
    assert "\x1b" not in page
    assert "\x07" not in page
    assert "\u202e" not in page


def test_without_colour_there_are_no_escape_codes_and_with_colour_there_are() -> None:
    assert "\x1b" not in printed(summary(analysis()))
    assert "\x1b[" in printed(summary(analysis()), colour=True)


def test_the_overview_has_a_line_for_every_result() -> None:
    lines = printed(overview([analysis(), FAILURE, bare()]), width=160).splitlines()
    assert "▼ Advisory vote" in lines[1]
    assert "-0.87" in lines[1]
    assert "broken.txt" in lines[2]
    assert lines[3].split() == ["bare", "–", "–", "–", "+0.00", "0.00"]


def test_more_events_than_are_shown_are_counted() -> None:
    event = Event("submission", "positive", "occurred", None, None, (), (), (), 0.9, 0, 3)
    assert "and 3 more of today" in printed(summary(bare(events=(event,) * 7)))


@pytest.mark.parametrize(
    ("counts", "margin", "said"),
    [
        ((4, 10, 1), None, "4 yes, 10 no, 1 abstaining"),
        ((12, 0, None), None, "12 yes, 0 no"),
        ((None, None, None), "slight majority", "slight majority"),
        ((None, None, None), None, "no numbers given"),
    ],
)
def test_a_tally_is_said_in_numbers_or_in_the_words_there_are(
    counts, margin: str | None, said: str
) -> None:
    vote = Vote("chmp", None, "trend", "negative", *counts, None, margin, "occurred", 0, 1)
    assert story.tally(vote) == said
    assert story.voters(vote) == "CHMP"


@pytest.mark.parametrize(
    ("spin", "words"),
    [(0.9, "better than"), (-0.9, "worse than"), (0.1, "as the news is"), (0.5, "better than")],
)
def test_spin_is_said_in_words(spin: float, words: str) -> None:
    assert words in story.spin_words(analysis(spin=spin))


def test_where_nobody_of_the_sponsor_speaks_there_is_no_spin_and_the_page_says_so() -> None:
    made = analysis(spin=None)
    page = printed(summary(made))
    assert "Positive +0.41  no spin: management does not speak" in page
    assert "None" not in page


def test_without_a_risk_score_there_is_a_dash() -> None:
    made = analysis(risk_score=None)
    line = next(x for x in printed(summary(made)).splitlines() if x.startswith("Risk score"))
    assert line.split() == ["Risk", "score", "–"]
    assert printed(overview([made]), width=160).splitlines()[1].endswith("–")


def test_a_catalyst_stands_with_its_sentence() -> None:
    sentence = "The FDA is expected to decide on the New Drug Application by June 28, 2021."
    at = TEXT.index(sentence)
    plan = replace(analysis().catalysts[1], sentence_start=at, sentence_end=at + len(sentence))
    page = printed(summary(analysis(catalysts=(plan,))), width=140)
    assert f"“{sentence}”" in page


def test_the_text_of_an_exhibit_in_html_is_shown_as_a_reader_sees_it() -> None:
    text = '<p style="margin: 0">Norvena</p>\n\n<p>has <b>Lomera</b>&nbsp;approved</p>'
    at = text.index("Lomera")
    made = bare(text=text, entities=(Entity("drug", "Lomera", at, at + 6, "lomera", "body", 0.9),))
    assert highlighted(made).plain.strip() == "Norvena\n\nhas Lomera\xa0approved"
    assert [(s.start, s.end) for s in highlighted(made).spans if "blue" in str(s.style)] == [
        (highlighted(made).plain.index("Lomera"), highlighted(made).plain.index("Lomera") + 6)
    ]


def test_a_name_is_shown_as_the_release_writes_it() -> None:
    entities = (Entity("drug", "CORVASTIM", 0, 9, "corvastim", "headline", 0.9),)
    event = Event(
        "approval", "positive", "occurred", None, "FDA", ("corvastim", "unseen"), (), (), 0.9, 0, 3
    )
    made = bare(entities=entities, events=(event,))
    assert story.about(made, event) == [
        ("agency", "FDA"),
        ("drug", "CORVASTIM"),
        ("drug", "unseen"),
    ]
    assert "▲ Approval  FDA  CORVASTIM  unseen" in printed(summary(made))
