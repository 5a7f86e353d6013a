"""What looks like a problem and is none, with twins that are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checked_records import TEXT, entity, kinds, placed, problems, record
from eventrisk.checking import Severity, mended
from eventrisk.checking.encoding import encoding_problems
from eventrisk.checking.labels import nearest
from eventrisk.checking.language import other_language
from eventrisk.checking.problem import Entry
from eventrisk.checking.trim import trim
from eventrisk.labelled import Clause, Labelled, Span
from eventrisk.training.text_view import text_viewer


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            (
                "La empresa dijo hoy que la agencia aceptó la solicitud del medicamento para los "
                "pacientes."
            ),
            "Spanish",
        ),
        (
            "A empresa anunciou hoje que a agência não aceitou o pedido pelo medicamento.",
            "Portuguese",
        ),
        ("La società ha detto oggi che la domanda della cura nei pazienti è accolta.", "Italian"),
        ("Spółka poinformowała dzisiaj, że wniosek nie został przyjęty przez agencję.", "Polish"),
        (
            "Compania spune că și cererea pentru medicament a fost primită după evaluare.",
            "Romanian",
        ),
        (
            "Selskabet oplyser i dag, at ansøgningen ikke blev godkendt, og studiet er slut.",
            "Danish",
        ),
    ],
)
def test_one_sentence_tells_languages_that_share_words_apart(text: str, language: str) -> None:
    assert other_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Juan de la Cruz and Maria del Carmen joined the board of Para Bio in San Diego.",
        "Dose 10 mg 20 mg N 100 120 ORR 45% 50% Headache 3 5 Nausea 2 8",
        "norvexinib, tisocitinib, velquradine, headache, nausea, rash, cough, fever, pain, anemia",
    ],
)
def test_names_tables_and_lists_are_no_language(text: str) -> None:
    assert other_language(text) is None


@pytest.mark.parametrize("words", ["Sant&eacute;", "caf&#233;", "x &amp; y&#xE9;"])
def test_the_stop_of_a_character_that_is_spelt_out_stays(words: str) -> None:
    assert trim(words, 0, len(words)) == (0, len(words))


@pytest.mark.parametrize("words", ["asthma;", "R&D x;", "&;a;"])
def test_another_semicolon_goes(words: str) -> None:
    trimmed = trim(words, 0, len(words))
    assert trimmed is not None
    assert trimmed[1] == len(words) - 1


def test_a_release_published_again_on_another_day_is_a_copy_and_no_contradiction() -> None:
    one = record(id="a", sentiment="positive", date="2021-05-04")
    again = record(id="b", sentiment="positive", date="2021-05-06")
    assert kinds(one, again) == ["duplicate"]
    other = record(id="b", sentiment="negative", date="2021-05-06")
    assert kinds(one, other) == ["duplicate with other labels"]


def test_a_day_that_ends_a_headline_is_no_dateline() -> None:
    look = text_viewer()
    headline = "Norvena Learns FDA Action Date for Pluxelor: April 19, 2013"
    assert look(headline).stated_date() is None
    dated = f"Norvena Learns FDA Action Date\n\nBOSTON, May 4, 2012 -- {TEXT}"
    assert look(dated).stated_date() == "2012-05-04"


def test_a_full_stop_that_the_tokenizer_keeps_with_a_letter_is_no_problem() -> None:
    text = "Norvena studies hepatitis B."
    found = record(text, entities=[entity("hepatitis B", "indication", text)])
    start, end = found.entities[0].start, found.entities[0].end
    assert text_viewer()(text).whole(start, end) == (start, end + 1)
    assert kinds(found) == []


@pytest.mark.parametrize(
    ("rare", "frequent"),
    [
        ("decrease", "increase"),
        ("hypotension", "hypertension"),
        ("arm_a", "arm_b"),
        ("grade A", "grade B"),
        ("GradeA", "GradeB"),
        ("stage_ii", "stage_iii"),
        ("type 1", "type 2"),
        ("male", "female"),
        ("insignificant", "significant"),
    ],
)
def test_custom_labels_that_differ_in_a_letter_may_be_opposites(rare: str, frequent: str) -> None:
    assert nearest(rare, {rare: 1, frequent: 500}, ("drug",)) is None


@pytest.mark.parametrize("rare", ["chemcial", "chemicals", "Chemical", "chemikal", "chmical"])
def test_a_rare_custom_label_with_one_edit_is_the_frequent_one(rare: str) -> None:
    assert nearest(rare, {rare: 1, "chemical": 500}, ("drug",)) == "chemical"
    assert nearest(rare, {rare: 1, "chemical": 9}, ("drug",)) == (
        "chemical" if rare == "Chemical" else None
    )


def test_a_small_set_with_custom_labels_has_no_errors() -> None:
    words = ("pos", "neg", "neu")
    own = [record(f"{TEXT} {n}", id=str(n), sentiment=words[n % 3]) for n in range(12)]
    found = [p for p in problems(*own) if p.kind == "label misspelt"]
    assert len(found) == 12
    assert {p.severity for p in found} == {Severity.WARNING}
    mixed = [*own, record("Another text altogether.", id="x", sentiment="positive")]
    severities = {p.severity for p in problems(*mixed) if "'pos'" in p.message}
    assert severities == {Severity.ERROR}


UNUSED = b"\x81\x8d\x8f\x90\x9d"
PIECES = st.lists(
    st.sampled_from(["Ménière’s", "“x”", "µg", " ", "a", "Velorin", "5 €", "β-", "…", "."]),
    min_size=1,
)


def as_windows(text: str) -> str:
    """UTF-8 read as Windows-1252, whose five empty places browsers fill with control characters."""
    return "".join(
        bytes([b]).decode("cp1252") if b not in UNUSED else chr(b) for b in text.encode()
    )


@given(PIECES.map("".join).filter(str.strip), st.data())
def test_spans_keep_their_words_when_the_text_is_repaired(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, words, after = map(as_windows, (text[:start], text[start:end], text[end:]))
    span = Span(len(before), len(before) + len(words), "drug")
    clause = Clause(span.start, span.end, ("safety",))
    found = Labelled("a", before + words + after, entities=(span,), risk_clauses=(clause,))
    (mended_one,) = mended(placed(found), encoding_problems(Entry(0, *placed(found))))
    assert mended_one.record.text == text
    assert mended_one.record.entities == (Span(start, end, "drug"),)
    assert mended_one.record.risk_clauses == (Clause(start, end, ("safety",)),)


def test_text_and_spans_are_mended_one_after_the_other() -> None:
    text = "Norvenaâ€™s drug Pluxelor, isnâ€™t it"
    found = record(text, entities=[entity("Pluxelor,", text=text)], sentiment="positive")
    assert kinds(found) == ["span with stray signs", "encoding"]
    once = mended(placed(found), problems(found))
    assert once[0].record.text == "Norvena’s drug Pluxelor, isn’t it"
    twice = mended(once, problems(once[0].record))
    assert twice[0].record.entities == (Span(15, 23, "drug"),)
    assert kinds(twice[0].record) == []
