"""The disease lexicons keep their format, and every rule hits and misses what it says."""

from __future__ import annotations

import pytest

from eventrisk.lexicon import terms
from eventrisk.names.indications.dictionary import disease_lexicon
from eventrisk.names.indications.words import folded, keys

FILES = {
    "indications/indications.tsv": "term",
    "indications/heads.tsv": "head",
    "indications/modifiers.tsv": "term",
    "indications/contexts.tsv": "words",
}
SUFFIXES = [row for row in terms("indications/heads.tsv") if row["kind"] == "suffix"]


@pytest.mark.parametrize(("name", "column"), FILES.items())
def test_rows_are_sorted(name: str, column: str) -> None:
    words = [row[column].lower() for row in terms(name)]
    assert words == sorted(words)


def test_no_disease_is_listed_twice_under_any_spelling() -> None:
    forms = [keys(row["term"]) for row in terms("indications/indications.tsv")]
    assert len(forms) == len(set(forms))


def test_the_lexicon_is_broad() -> None:
    assert len(terms("indications/indications.tsv")) >= 2500
    assert len({row["area"] for row in terms("indications/indications.tsv")}) >= 15


def test_no_abbreviation_stands_for_two_diseases() -> None:
    short = [
        s.rstrip("?")
        for row in terms("indications/indications.tsv")
        for s in row["abbreviations"].split("|")
        if s
    ]
    assert len(short) == len(set(short))


@pytest.mark.parametrize("row", SUFFIXES, ids=lambda row: row["head"])
def test_endings_hit_and_miss(row: dict[str, str]) -> None:
    lexicon = disease_lexicon()
    assert lexicon.head(folded(row["hit"].split()[0])) != ""
    assert lexicon.head(folded(row["miss"])) == ""


@pytest.mark.parametrize(
    "row",
    [r for r in terms("indications/heads.tsv") if r["kind"] == "never"],
    ids=lambda r: r["head"],
)
def test_words_that_only_look_like_diseases_are_none(row: dict[str, str]) -> None:
    assert disease_lexicon().head(row["head"]) == ""


@pytest.mark.parametrize("row", terms("indications/spellings.tsv"), ids=lambda row: row["spelling"])
def test_spellings_fold_where_they_should(row: dict[str, str]) -> None:
    assert row["spelling"] in row["hit"].lower()
    assert folded(row["miss"]) in (row["miss"], row["miss"].removesuffix("s"))


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("leukaemia", "leukemia"),
        ("anaemia", "anemia"),
        ("oedema", "edema"),
        ("diarrhoea", "diarrhea"),
        ("tumours", "tumor"),
        ("haemophilia", "hemophilia"),
        ("oesophagitis", "esophagitis"),
        ("Sjögren's", "Sjogren"),
    ],
)
def test_british_and_american_spellings_are_one(british: str, american: str) -> None:
    assert folded(british) == folded(american)
