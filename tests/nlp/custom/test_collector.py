"""Labels of the user's own are found beside ours, and change nothing else."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from eventrisk.api import Analyzer
from eventrisk.learn.bundle import find
from eventrisk.names.candidates import Candidate
from eventrisk.nlp.custom.collector import (
    add_custom_tagger,
    custom_labels,
    set_precision,
    trimmed,
    with_definitions,
    with_repeats,
)
from eventrisk.nlp.reader import Reader

TEXT = (
    "Norvena Reports on Naloxone\n"
    "BOSTON, May 4, 2021 -- Norvena, Inc. (Nasdaq: NRVN) said that the FDA approved naloxone "
    "(clonidine is not) "
    "for low blood pressure (LBP). LBP was rare with naloxone and aspirin."
)
PATTERNS = [
    {"label": "chemical", "pattern": "naloxone"},
    {"label": "chemical", "pattern": "(clonidine"},
    {"label": "disease", "pattern": "low blood pressure"},
    {"label": "drug", "pattern": "aspirin"},
]


def ruled(nlp: Language) -> Language:
    """The pipeline with a tagger of own labels that is made of rules."""
    add_custom_tagger(nlp)
    nlp.replace_pipe("own", "entity_ruler").add_patterns(PATTERNS)  # type: ignore[attr-defined]
    return nlp


@pytest.fixture(scope="module")
def plain() -> Reader:
    return Reader.load(find().pipeline)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(ruled(Reader.load(find().pipeline).nlp))


@pytest.fixture(scope="module")
def analyzer(reader: Reader) -> Analyzer:
    made = Analyzer.of(find())
    made._reader = reader
    return made


def own(reader: Reader, text: str) -> list[tuple[str, str, str]]:
    reading = reader.read(text)
    return [(m.label, reading.text[m.start : m.end], m.canonical) for m in reading.custom]


def test_own_labels_are_found_trimmed_repeated_and_named(reader: Reader) -> None:
    assert own(reader, TEXT) == [
        ("chemical", "Naloxone", "naloxone"),
        ("chemical", "naloxone", "naloxone"),
        ("chemical", "clonidine", "clonidine"),
        ("disease", "low blood pressure", "low blood pressure"),
        ("disease", "LBP", "low blood pressure"),
        ("disease", "LBP", "low blood pressure"),
        ("chemical", "naloxone", "naloxone"),
    ]


def test_nothing_else_of_the_reading_changes(plain: Reader, reader: Reader) -> None:
    before, after = plain.read(TEXT), reader.read(TEXT)
    assert before.custom == ()
    assert replace(after, custom=()) == before


def test_entities_of_both_kinds_stand_in_order_of_the_text_and_may_overlap(
    analyzer: Analyzer,
) -> None:
    entities = analyzer(TEXT).entities
    assert [e.start for e in entities] == sorted(e.start for e in entities)
    assert {e.label for e in entities if e.text == "low blood pressure"} >= {"disease"}
    assert {e.label for e in entities if e.text == "naloxone"} == {"drug", "chemical"}
    assert [e.label for e in entities if e.text == "aspirin"] == ["drug"]


WORDS = (
    "naloxone",
    "Naloxone",
    "(clonidine",
    "<b>naloxone</b>",
    "naloxone&reg;",
    "low blood\npressure",
    "said",
    ")",
    "—",
    "low <i>blood</i> pressure",
    "\n\n",
    "R&amp;D",
    "“",
    "é",
    "𝛽",
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), st.sampled_from((" ", "", ", ")))
@settings(max_examples=60, deadline=None)
def test_offsets_lie_in_the_text_as_it_was_passed_in(
    analyzer: Analyzer, words: list[str], between: str
) -> None:
    text = "Norvena Reports" + between.join(words)
    result = analyzer(text)
    for entity in result.entities:
        assert text[entity.start : entity.end] == entity.text
        marked = {"<", "&", "\n"} & set(entity.text)
        assert "<" not in result.quote(entity)
        assert marked or result.quote(entity) == entity.text
        if entity.label == "chemical":
            assert entity.text.casefold() in ("naloxone", "clonidine")


def test_own_labels_survive_the_disk_with_their_precision(tmp_path: Path) -> None:
    nlp = ruled(Reader.load(find().pipeline).nlp)
    set_precision(nlp, 0.71239, {"chemical": 0.9})
    nlp.to_disk(tmp_path)
    again = Reader.load(tmp_path)
    assert custom_labels(again.nlp) == ("chemical", "disease")
    assert again.read(TEXT) == Reader(nlp).read(TEXT)
    chances = {m.label: m.probability for m in again.read(TEXT).custom}
    assert chances == {"chemical": 0.9, "disease": 0.7124}
    set_precision(again.nlp, None)
    assert {m.probability for m in again.read(TEXT).custom} == {0.8}


def test_a_doc_with_own_labels_goes_through_bytes_and_pickle(reader: Reader) -> None:
    doc = reader.doc(TEXT)
    for copy in (Doc(reader.nlp.vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc))):
        assert [(s.text, s.label_) for s in copy.spans["own"]] == [
            (s.text, s.label_) for s in doc.spans["own"]
        ]
        assert copy._.eventrisk_own == doc._.eventrisk_own
        assert len(doc.spans["own"]) == 7


def test_workers_give_the_same_answer(reader: Reader) -> None:
    alone = reader.doc(TEXT)._.eventrisk_own
    assert [
        doc._.eventrisk_own for doc in reader.nlp.pipe([TEXT] * 4, n_process=2, batch_size=2)
    ] == [alone] * 4


def test_the_main_tagger_finds_what_it_finds_without_the_second(
    plain: Reader, reader: Reader
) -> None:
    assert [(e.text, e.label_) for e in reader.doc(TEXT).ents] == [
        (e.text, e.label_) for e in plain.doc(TEXT).ents
    ]


def test_a_pipeline_without_a_second_tagger_knows_no_own_labels(plain: Reader) -> None:
    assert custom_labels(plain.nlp) == ()
    assert "own" not in plain.doc(TEXT).spans


def test_the_second_tagger_is_added_once_and_is_spacys_ner() -> None:
    nlp = add_custom_tagger(add_custom_tagger(Reader.load(find().pipeline).nlp))
    at = nlp.pipe_names.index("own")
    assert nlp.pipe_names[at - 1 : at + 3] == ["eventrisk_hints", "own", "eventrisk_own", "ner"]
    assert nlp.pipe_names.count("own") == 1
    assert nlp.get_pipe_meta("own").factory == "ner"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("(naloxone", "naloxone"),
        (" naloxone) ", "naloxone"),
        ("(R)-warfarin", "(R)-warfarin"),
        ("poly(lactic acid)", "poly(lactic acid)"),
        ("poly(lactic acid))", "poly(lactic acid)"),
        ("[x", "x"),
        (")x(", "x"),
        ("(naloxone)", "(naloxone)"),
        ("( )", "( )"),
        (")", ""),
        (" ", ""),
    ],
)
def test_stray_brackets_and_blanks_are_no_part_of_a_name(words: str, kept: str) -> None:
    start, end = trimmed(f"a {words} b", 2, 2 + len(words))
    assert f"a {words} b"[start:end] == kept


@given(st.text(alphabet="() []{}ab\n", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_trimming_stays_inside_and_is_done_at_once(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    low, high = trimmed(text, start, end)
    assert start <= low <= high <= end
    assert trimmed(text, low, high) == (low, high)


def spotted(text: str, *spans: tuple[str, int]) -> list[Candidate]:
    """The nth place of each word, as found."""
    out = []
    for word, nth in spans:
        at = -1
        for _ in range(nth + 1):
            at = text.index(word, at + 1)
        out.append(Candidate(at, at + len(word), "chemical", "", "own", 0.8))
    return out


def places(text: str, found: list[Candidate]) -> list[str]:
    return [f"{text[f.start : f.end]}@{f.start}" for f in found]


def test_a_name_found_in_half_of_its_places_is_found_in_all() -> None:
    text = "Zolin helps. zolin and zolin; zolins"
    assert places(text, with_repeats(text, spotted(text, ("zolin", 0)), 0.5)) == ["zolin@13"]
    both = with_repeats(text, spotted(text, ("zolin", 0), ("zolin", 1)), 0.5)
    assert places(text, both) == ["Zolin@0", "zolin@13", "zolin@23"]


def test_names_of_two_signs_are_repeated_if_they_are_capitals() -> None:
    text = "AZ and AZ, it is it"
    assert places(text, with_repeats(text, spotted(text, ("AZ", 0), ("it", 0)), 0.3)) == [
        "AZ@0",
        "AZ@7",
        "it@11",
    ]


def test_a_place_inside_a_longer_name_is_not_a_place() -> None:
    text = "zolin. zolin sulfate, zolin sulfate"
    found = spotted(text, ("zolin", 0), ("zolin sulfate", 0), ("zolin sulfate", 1))
    assert with_repeats(text, found, 1.0) == found


def test_names_with_capitals_inside_are_repeated_as_written_only() -> None:
    text = "AB-12 and ab-12 and AB-12"
    assert places(text, with_repeats(text, spotted(text, ("AB-12", 0)), 0.5)) == [
        "AB-12@0",
        "AB-12@20",
    ]


@pytest.mark.parametrize("known", ["acid zolin", "AZ"])
def test_both_sides_of_a_definition_are_what_one_is(known: str) -> None:
    text = "acid zolin (AZ)"
    found: Callable[[list[Candidate]], list[str]] = lambda spans: places(text, spans)  # noqa: E731
    assert found(
        with_definitions(spotted(text, (known, 0)), [["AZ", "acid zolin", 12, 14, 0, 10]])
    ) == [
        "acid zolin@0",
        "AZ@12",
    ]
