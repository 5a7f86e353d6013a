"""Spans: their ends, whole words, overlaps; mended spans are trimmed, whole and apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checked_records import TEXT, entity, kinds, placed, problems, record
from eventrisk.checking import find_problems, mended
from eventrisk.checking.spans import trim
from eventrisk.labelled import Labelled, Span


def fixed(*entities: list[object], text: str = TEXT) -> list[str]:
    """The words of the spans after one round of edits."""
    records = placed(record(text, entities=list(entities)))
    spans = mended(records, find_problems(records))[0].record.entities or ()
    return [text[s.start : s.end] for s in spans]


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        (" Pluxelor ", "span with spaces", "Pluxelor"),
        ("(NRV-201", "span with stray signs", "NRV-201"),
        ("NRV-201)", "span with stray signs", "NRV-201"),
        ("(NRV-201)", "span with stray signs", "NRV-201"),
        ("uxelor", "span off words", "Pluxelor"),
        ("chronic wet cou", "span off words", "chronic wet cough"),
    ],
)
def test_an_end_that_is_off_is_named_and_mended(given: str, kind: str, words: str) -> None:
    (problem,) = problems(record(entities=[entity(given)]))
    assert (problem.kind, problem.file, problem.line, problem.record) == (kind, "x.jsonl", 1, "a")
    assert repr(words) in problem.fix
    assert fixed(entity(given)) == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the poly(ADP-ribose) polymerase", "poly(ADP-ribose)"),
        ("gave (R)-norvexin twice", "(R)-norvexin"),
        ("made by Norvena Inc. of Basel", "Norvena Inc."),
        ("in Crohn's disease today", "Crohn's disease"),
        ("hepatitis (B) or (C) in adults", "(B) or (C)"),
        ("a 5mg dose", "5mg"),
    ],
)
def test_brackets_and_stops_that_belong_to_a_name_stay(text: str, words: str) -> None:
    assert kinds(record(text, entities=[entity(words, text=text)])) == []


def test_a_span_without_a_word_is_taken_out() -> None:
    assert fixed(entity(" ("), entity("Pluxelor")) == ["Pluxelor"]


def test_a_span_over_two_paragraphs_is_named_and_one_over_a_wrapped_line_is_not() -> None:
    for gap, expected in (("\n\n", ["span over paragraphs"]), ("\n", [])):
        text = f"We study wet{gap}cough in adults."
        assert kinds(record(text, entities=[entity(f"wet{gap}cough", text=text)])) == expected


def test_overlapping_spans_of_one_label_become_one() -> None:
    assert fixed(entity("chronic wet", "indication"), entity("wet cough", "indication")) == [
        "chronic wet cough"
    ]
    assert fixed(entity("Pluxelor"), entity("Pluxelor")) == ["Pluxelor"]


def test_spans_that_touch_do_not_overlap() -> None:
    text = "Pluxelor/Norvex"
    assert (
        kinds(record(text, entities=[entity("Pluxelor/", text=text), entity("Norvex", text=text)]))
        == []
    )


def test_two_labels_on_the_same_words_are_an_error_that_a_person_decides() -> None:
    (problem,) = problems(record(entities=[entity("Pluxelor"), entity("Pluxelor", "agency")]))
    assert (problem.kind, problem.severity, problem.edits) == ("two labels on a span", "error", ())


def test_a_custom_label_may_overlap_one_of_ours_since_two_taggers_learn_them() -> None:
    assert (
        kinds(record(entities=[entity("Pluxelor"), entity("Pluxelor (NRV-201)", "product")])) == []
    )
    assert kinds(record(entities=[entity("wet cough", "disease"), entity("cough", "symptom")])) == [
        "spans overlap"
    ]


def test_risk_clauses_are_trimmed_and_their_overlap_is_named() -> None:
    text = "It may fail. It may be late. "
    found = record(text, risk_clauses=[[0, 13, ["safety"]], [13, 28, ["safety"]]])
    assert kinds(found) == ["span with spaces"]
    records = placed(found)
    after = mended(records, find_problems(records))[0].record
    assert [(c.start, c.end) for c in after.risk_clauses or ()] == [(0, 12), (13, 28)]
    assert kinds(record(text, risk_clauses=[[0, 12, ["safety"]], [8, 28, ["safety"]]])) == [
        "spans overlap"
    ]


ALPHABET = st.text(alphabet='ab1 ()[]",.\n-é', min_size=1, max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> Labelled:
    text = draw(ALPHABET.filter(lambda t: t.strip()))
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    rows = draw(
        st.lists(
            st.tuples(ends, st.sampled_from(["drug", "DRUG", "agency", "Chemical"])), max_size=6
        )
    )
    return Labelled("a", text, entities=tuple(Span(s, e, label) for (s, e), label in rows))


@given(marked())
def test_what_is_mended_lies_in_the_text_trimmed_and_apart_and_needs_no_further_mending(
    found: Labelled,
) -> None:
    records = placed(found)
    for _ in range(8):
        problems = find_problems(records)
        if not any(p.edits for p in problems):
            break
        records = mended(records, problems)
    else:
        pytest.fail("mending does not end")
    for entry in records:
        spans = sorted(entry.record.entities or (), key=lambda s: (s.start, s.end))
        for span in spans:
            assert trim(found.text, span.start, span.end) == (span.start, span.end)
        for label in {span.label for span in spans}:
            of_label = [s for s in spans if s.label == label]
            assert all(a.end <= b.start for a, b in pairwise(of_label))
