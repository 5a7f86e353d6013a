"""The corpus covers the genre and varies, as ``scripts.corpus.diversity`` measures; ``-s`` prints
the table.
"""

from __future__ import annotations

from collections import Counter

import pytest

from eventrisk.labels import EventType
from scripts.corpus import diversity

TWO_DIRECTIONS = {
    "chmp_trend_vote",
    "chmp_opinion",
    "advisory_vote",
    "topline_results",
    "data_presentation",
    "trial_status",
    "manufacturing_inspection",
    "regulatory_feedback",
    "programme_decision",
}
ERAS = {"1990s", "2000s", "2010s", "2020s"}
FORMS = {"wire", "exhibit", "stripped", "markdown", "html", "lead", "headline"}
FIRST = {"whole": 217, "lead": 176, "headline": 470}  # texts the corpus began with


@pytest.fixture(scope="module")
def records(read):
    found, problems = read
    assert problems == []
    print(diversity.table(found))
    return found


@pytest.fixture(scope="module")
def long_parts(records):
    return [(record["id"], *diversity.parts(record)) for record in diversity.whole(records)]


def test_it_has_grown_by_300_releases_300_leads_and_600_headlines(records):
    forms = Counter(record["form"] for record in records)
    assert len(diversity.whole(records)) >= FIRST["whole"] + 300
    assert forms["lead"] >= FIRST["lead"] + 300
    assert forms["headline"] >= FIRST["headline"] + 600


def test_whole_releases_are_neither_snippets_nor_reports(records):
    words = [len(record["text"].split()) for record in diversity.whole(records)]
    assert min(words) >= 150
    assert max(words) <= 1_300


@pytest.mark.parametrize("event", list(EventType))
def test_every_event_type_leads_twenty_texts_and_in_each_of_its_directions(records, event):
    counted = diversity.leads(records)[event]
    assert counted.total() >= 20
    if event in TWO_DIRECTIONS:
        assert min(counted["positive"], counted["negative"]) >= 5


def test_bad_and_neutral_news_of_the_field_have_their_share(records):
    of_field = [record for record in records if record.get("relevance") != "no"]
    counted = Counter(record["sentiment"] for record in of_field)
    assert counted["negative"] / len(of_field) >= 0.35
    assert counted["neutral"] / len(of_field) >= 0.20


def test_other_fields_have_six_hundred_texts(records):
    assert sum(record.get("relevance") == "no" for record in records) >= 600


def test_committees_voted_in_at_least_eighty(records):
    assert sum(bool(record["votes"]) for record in records) >= 80


def test_all_eras_and_forms_are_there(records):
    assert {record["era"] for record in records} == ERAS
    assert {record["form"] for record in records} == FORMS


def test_every_trap_is_built_in_at_least_five_times(records):
    assert {name: n for name, n in diversity.traps(records).items() if n < 5} == {}


def test_words_vary(long_parts):
    assert diversity.distinct_share([body for _, body, _ in long_parts]) >= 0.75


def test_no_two_releases_share_more_than_three_per_cent_of_their_runs_of_words(long_parts):
    share, *names = diversity.closest(
        [name for name, _, _ in long_parts], [body for _, body, _ in long_parts]
    )
    assert share <= 0.03, names


def test_safe_harbours_differ(long_parts):
    assert diversity.harbours([legal for _, _, legal in long_parts]) >= 120
