"""Of overlapping candidates one stands; what was found once is found everywhere."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.names.candidates import Candidate
from eventrisk.names.overlaps import beside_terms, free_of, repeats, without_overlaps


def found(start: int, end: int, label: str = "drug", probability: float = 0.9) -> Candidate:
    return Candidate(start, end, label, "", "test", probability)


def test_the_longer_candidate_stands_whatever_its_label() -> None:
    assert without_overlaps([found(0, 4, "agency", 0.99), found(0, 20, "vote_outcome", 0.6)]) == [
        found(0, 20, "vote_outcome", 0.6)
    ]


def test_of_equal_length_the_surer_stands() -> None:
    assert without_overlaps([found(0, 4, "drug", 0.6), found(0, 4, "indication", 0.8)]) == [
        found(0, 4, "indication", 0.8)
    ]


def test_touching_candidates_do_not_overlap() -> None:
    both = [found(0, 4), found(4, 8)]
    assert without_overlaps(both) == both
    assert free_of([found(4, 8)], [found(0, 4)]) == [found(4, 8)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=20))
def test_nothing_kept_ever_overlaps_and_order_is_that_of_the_text(
    spans: list[tuple[int, int]],
) -> None:
    kept = without_overlaps(found(start, start + length) for start, length in spans)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert bool(kept) == bool(spans)


def test_a_name_is_found_at_every_mention_but_not_inside_words() -> None:
    text = "Ceplene works. Ceplene's label; Ceplenex is another; anti-Ceplene is none."
    hits = repeats(text, {"Ceplene": found(0, 7)}, ignore_case=False)
    assert [h.start for h in hits] == [0, 15]


def test_a_disease_is_found_in_any_case() -> None:
    text = "Asthma is common. ASTHMA hurts."
    hits = repeats(text, {"asthma": found(0, 6, "indication")}, ignore_case=True)
    assert [(h.start, h.end) for h in hits] == [(0, 6), (18, 24)]


def test_very_short_names_are_not_looked_for() -> None:
    assert repeats("MS and MS", {"MS": found(0, 2)}, ignore_case=False) == []


@given(
    st.text(alphabet="aAbB1- ()\n'", max_size=40),
    st.lists(st.text(alphabet="aAbB1- (')", min_size=1, max_size=5), max_size=6),
    st.booleans(),
)
def test_names_are_found_as_one_pattern_of_them_all_would(
    text: str, names: list[str], ignore_case: bool
) -> None:
    known = {
        (n.lower() if ignore_case else n).strip(): found(0, 1) for n in names if len(n.strip()) >= 2
    }
    flags = re.IGNORECASE if ignore_case else 0
    longest = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    spans = (
        [m.span() for m in re.finditer(rf"(?<![\w-])(?:{longest})(?!\w)(?!-\d)", text, flags)]
        if known
        else []
    )
    hits = repeats(text, known, ignore_case=ignore_case, min_chars=2)
    assert [(h.start, h.end) for h in hits] == spans


def test_thousands_of_names_in_a_long_text_take_no_longer_than_a_few() -> None:
    words = [f"name{number}" for number in range(20_000)]
    text = " ".join(words)
    started = time.perf_counter()
    hits = repeats(text, {word: found(0, 1) for word in words[::4]}, ignore_case=True)
    assert len(hits) == 5_000
    assert time.perf_counter() - started < 2


TERM = Candidate(10, 17, "drug", "zorvanimod", "own term", 0.99)


@pytest.mark.parametrize(
    ("start", "end", "label", "stands"),
    [
        (0, 10, "drug", True),  # before it
        (17, 20, "drug", True),  # behind it
        (10, 17, "drug", False),  # the same words
        (10, 17, "company", False),
        (12, 15, "drug", False),  # a part
        (12, 30, "company", False),  # a part and more
        (5, 17, "drug", True),  # a longer name
        (10, 30, "company", True),
        (10, 30, "agency", True),
        (10, 30, "vote_outcome", True),
        (10, 30, "indication", False),
    ],
)
def test_beside_a_term_of_the_user_stands_what_is_apart_or_a_longer_name(
    start: int, end: int, label: str, stands: bool
) -> None:
    other = Candidate(start, end, label, "other", "x", 0.9)
    assert bool(beside_terms([other], [TERM])) is stands


def test_a_longer_name_of_the_label_is_called_as_the_term_is() -> None:
    longer = Candidate(5, 17, "drug", "new zorvane", "x", 0.9)
    company = Candidate(5, 30, "company", "zorvane inc", "x", 0.9)
    assert [c.canonical for c in beside_terms([longer, company], [TERM])] == [
        "zorvanimod",
        "zorvane inc",
    ]
    unnamed = [TERM._replace(canonical="")]
    assert [c.canonical for c in beside_terms([longer], unnamed)] == ["new zorvane"]


def test_a_name_that_holds_one_term_and_cuts_another_does_not_stand() -> None:
    second = Candidate(20, 30, "drug", "", "own term", 0.99)
    assert beside_terms([Candidate(5, 25, "drug", "", "x", 0.9)], [TERM, second]) == []
