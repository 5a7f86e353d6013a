"""What is skimmed is what is read: sections and sentences of title and lead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eventrisk.labels import TITLE_SECTIONS
from eventrisk.learn import lead, passages
from eventrisk.reading import Reading
from eventrisk.sources.clean import clean
from eventrisk.structure.sections import find_sections
from eventrisk.structure.sentences import split_sentences
from eventrisk.structure.skim import LEAD_CHARS, NEWS, skim
from eventrisk.training.train.large_text import title_and_lead, titles_and_leads

RELEASES = sorted((Path(__file__).parents[2] / "data" / "releases").glob("*.txt"))[::12]
MARKUP = re.compile(r"[⟦⟪][^|⟦⟪]*\||[⟧⟫]")
TEXTS = [MARKUP.sub("", path.read_text(encoding="utf-8").split("---\n", 2)[2]) for path in RELEASES]
LONG = [text for text in TEXTS if len(text) > 2500]


def whole(text: str) -> Reading:
    """Sections and sentences of all of a clean text."""
    sections = find_sections(text)
    return Reading(text, None, tuple(sections), tuple(split_sentences(text, sections)))


def sentences_of(reading: Reading) -> list[tuple[str, str]]:
    return [(reading.text[s.start : s.end], s.section) for s in reading.sentences]


@pytest.mark.parametrize("shape", ["as it is", "one line", "three times"])
def test_skimmed_sentences_are_those_of_the_whole_reading(shape):
    for raw in TEXTS:
        text = clean(raw).text
        text = {
            "as it is": text,
            "one line": text.replace("\n", " "),
            "three times": f"{text}\n" * 3,
        }[shape]
        read = whole(text)
        first = next((s.start for s in read.sentences if s.section in NEWS), len(text))
        wanted = [
            s
            for s in read.sentences
            if s.section in (*NEWS, *TITLE_SECTIONS) and s.start < first + LEAD_CHARS
        ]
        assert list(skim(text).sentences) == wanted, text[:100]


def test_terms_of_title_and_lead_are_those_of_the_whole_reading():
    for raw in TEXTS:
        text = clean(raw).text
        assert lead.features(skim(text), masking=False) == lead.features(
            whole(text), masking=False
        ), text[:100]


def test_the_front_of_a_text_cleaned_alone_gives_the_sentences_of_the_text_cleaned_whole():
    assert len(LONG) > 10
    for raw in [*TEXTS, *(text.replace("\n", "\r\n") for text in LONG)]:
        assert sentences_of(title_and_lead(raw)) == sentences_of(skim(clean(raw).text)), raw[:100]


def test_what_a_comment_hides_beyond_the_front_stays_hidden():
    raw = (
        "Orlo Pharma hires<!--"
        + "x " * 4000
        + "-->\nORLO, May 5, 2020 - Orlo Pharma today announced a new hire. "
        + "y " * 3000
    )
    assert sentences_of(title_and_lead(raw)) == sentences_of(skim(clean(raw).text))
    assert not any("x x" in words for words, _ in sentences_of(title_and_lead(raw)))


@pytest.mark.parametrize(
    "text", ["", "FDA approves Velorin", "FDA approves Velorin\n", "a" * 5000, "\n\n\n", "1. 2. 3."]
)
def test_a_headline_alone_and_what_is_hardly_a_text_are_skimmed_too(text):
    assert sentences_of(title_and_lead(text)) == sentences_of(skim(clean(text).text))
    assert titles_and_leads([text])[0].text == (
        clean(text).text.strip() if text.startswith("FDA") else titles_and_leads([text])[0].text
    )


def test_a_skimmed_title_is_the_title():
    read = skim(
        "FDA Approves Velorin for Gout\nORLO, May 5, 2020 - Orlo Pharma today announced the "
        "approval."
    )
    assert read.title == (0, 29)


def test_a_skimmed_text_reaches_as_far_as_the_classifiers_read():
    assert LEAD_CHARS >= passages.LEAD_CHARS
    assert tuple(NEWS) == tuple(passages.NEWS)
