"""Texts that are not English, damaged, empty or cut off; dates that are none or lie after the
text.
"""

from __future__ import annotations

from datetime import date

import pytest

from checked_records import kinds, placed, problems, record
from eventrisk.checking import find_problems, mended
from eventrisk.checking.dates import corrected_day
from eventrisk.checking.language import other_language
from eventrisk.dates.stated import whole_day
from eventrisk.lexicon import terms


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            (
                "Norvena gibt bekannt, dass die FDA das Mittel nicht zulässt und der Antrag mit "
                "weiteren Daten kommt."
            ),
            "German",
        ),
        (
            (
                "La société annonce que les autorités ont donné leur accord pour une étude dans "
                "cette maladie."
            ),
            "French",
        ),
        (
            (
                "La compañía anuncia que los resultados del ensayo fueron positivos según el "
                "estudio, pero también caros."
            ),
            "Spanish",
        ),
        (
            (
                "Bolaget meddelar att ansökan inte är godkänd och att den kan lämnas in igen "
                "efter sommaren."
            ),
            "Swedish",
        ),
        ("Компания сообщает о результатах исследования препарата.", "in Cyrillic letters"),
        ("当社は新薬の承認申請を行いましたのでお知らせいたします。", "in Hiragana letters"),
    ],
)
def test_a_text_in_another_language_is_recognised(text: str, language: str) -> None:
    assert other_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "NORVENA ANNOUNCES FDA APPROVAL OF PLUXELOR",
        "ORR 54% 32% DOR 12.1 8.4 mPFS 9.9 7.2 HR 0.61",
        "Pluxelor norvexinib tisocitinib velquradine",
        (
            "Laboratoires des Alpes SA and Compagnie des Eaux du Rhone said that the trial is "
            "under way."
        ),
        (
            "Norvena AG für den Menschen: the company said it has received the approval of the "
            "agency for its drug."
        ),
        "β-thalassaemia, α-synuclein, µg/mL",
        "Approved.",
    ],
)
def test_headlines_tables_names_and_short_texts_are_not_taken_for_another_language(
    text: str,
) -> None:
    assert other_language(text) is None


def test_no_function_word_stands_twice_in_the_list() -> None:
    words = [row["word"] for row in terms("checking/function_words.tsv")]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


def test_utf8_read_as_windows_is_named_and_mended() -> None:
    text = "Norvena’s drug for Sjögren’s – 5 µg"
    broken = text.encode().decode("cp1252")
    found = record(broken)
    (problem,) = problems(found)
    assert problem.kind == "encoding"
    assert mended(placed(found), [problem])[0].record.text == text


def test_lost_characters_are_named_and_right_accents_are_not() -> None:
    assert kinds(record("The company\ufffds drug.")) == ["encoding"]
    assert (
        kinds(record("Ménière’s disease, CÉ® mark, Ångström, naïve – “quoted” … 5 °C ± 1, Â, ÃO"))
        == []
    )


def test_a_text_of_markup_alone_is_taken_out() -> None:
    records = [
        record("-- ** --", id="a", tone="positive"),
        record("Words.", id="b", tone="positive"),
    ]
    assert kinds(*records) == ["text empty"]
    assert [p.record.id for p in mended(placed(*records), problems(*records))] == ["b"]


def test_several_texts_of_the_same_greatest_length_without_an_end_are_cut_off() -> None:
    cut = [record(f"{n} " + "word " * 9 + "wor", id=str(n)) for n in range(5)]
    assert set(kinds(*cut)) == {"text cut off"}
    assert kinds(*cut[:4]) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Feb 27, 2008", "2008-02-27"),
        ("February 27 2008", "2008-02-27"),
        ("27 Feb. 2008", "2008-02-27"),
        ("2008/02/27", "2008-02-27"),
        ("20080227", "2008-02-27"),
        ("2008-2-7", "2008-02-07"),
        ("2008-02-27T16:05:00Z", "2008-02-27"),
        ("27.02.2008", "2008-02-27"),
        ("02/27/2008", "2008-02-27"),
        ("27/02/2008", "2008-02-27"),
    ],
)
def test_a_date_in_another_form_is_read(written: str, meant: str) -> None:
    assert corrected_day(whole_day(written), None) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "written", ["02/03/2008", "soon", "Q3 2008", "2008", "2008-02-30", "31/31/2008"]
)
def test_a_date_that_may_mean_two_days_or_none_is_not_guessed(written: str) -> None:
    assert corrected_day(whole_day(written), None) is None


def test_other_dates_of_the_set_tell_whether_the_month_stands_first() -> None:
    open_, clear = (
        record("One.", id="a", date="02/03/2008"),
        record("Two.", id="b", date="02/27/2008"),
    )
    assert [p.edits for p in problems(open_)] == [()]
    records = placed(open_, clear)
    after = mended(records, find_problems(records))
    assert [p.record.date for p in after] == ["2008-02-03", "2008-02-27"]


def test_what_happened_cannot_lie_after_the_text() -> None:
    def event(day: str, assertion: str) -> list[str]:
        row = {"type": "approval", "direction": "positive", "date": day, "assertion": assertion}
        return kinds(record(date="2020-05-04", events=[row]))

    assert event("2020-06-01", "occurred") == ["date after the text"]
    assert event("2020-05-04", "occurred") == []
    assert event("2020-06-01", "scheduled") == []


def test_a_catalyst_is_not_over_before_the_release_and_its_days_are_in_order() -> None:
    def catalyst(earliest: str, latest: str) -> list[str]:
        row = {"type": "approval", "when": "x", "earliest": earliest, "latest": latest}
        return kinds(record(date="2020-05-04", catalysts=[row]))

    assert catalyst("2020-01-01", "2020-03-31") == ["catalyst in the past"]
    assert catalyst("2020-05-04", "2020-06-30") == []
    assert catalyst("2020-06-30", "2020-05-04") == ["dates the wrong way round"]
    assert catalyst("2020-06-30", "soon") == ["no date"]
