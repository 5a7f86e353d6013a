"""spaCy's DocBin: text to the character, what it can hold, and what it says of a file that is
none.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from eventrisk.errors import DataError
from eventrisk.labelled import Clause, Labelled, Span
from eventrisk.nlp import docbin
from eventrisk.training.data import FORMATS, entries, records

TEXT = "  Velorin\u200b failed 🙂\r\nin AML.\n"


def test_other_programs_find_entities_and_categories_where_spacy_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    docbin.write(
        [
            Labelled("a", TEXT, entities=(Span(24, 27, "disease"),), sentiment="bad"),
            Labelled("b", "Two", sentiment="good"),
            Labelled("c", "Three", entities=()),
        ],
        path,
    )
    a, b, c = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    assert a.text == TEXT
    assert [(ent.start_char, ent.end_char, ent.label_) for ent in a.ents] == [(24, 27, "disease")]
    assert (a.cats, b.cats, c.cats) == ({"bad": 1.0, "good": 0.0}, {"bad": 0.0, "good": 1.0}, {})
    assert [doc.has_annotation("ENT_IOB") for doc in (a, b, c)] == [True, False, True]


def test_everything_else_goes_along(tmp_path: Path) -> None:
    record = Labelled(
        "a",
        TEXT,
        "2020-01-02",
        "lead",
        "Norvena",
        "dev",
        None,
        None,
        "cool",
        (Clause(0, 9, ("x",)),),
        (),
        ({"type": "y", "n": None},),
        extra={"big": 2**70, "list": [1, {"a": None}]},
    )
    assert docbin.write([record], tmp_path / "x.spacy") == []
    assert records(tmp_path / "x.spacy") == [record]


def test_entities_within_tokens_and_over_others_are_lost_and_listed(tmp_path: Path) -> None:
    record = Labelled(
        "a", "Velorin trial", entities=(Span(0, 3, "x"), Span(0, 7, "drug"), Span(0, 13, "trial"))
    )
    losses = FORMATS["docbin"].write([record], tmp_path / "x.spacy")
    assert [tuple(loss) for loss in losses] == [
        ("a", "entity [0, 7, 'drug']", "it overlaps [0, 13, 'trial']"),
        ("a", "entity [0, 3, 'x']", "it begins or ends within a token"),
    ]
    assert records(tmp_path / "x.spacy")[0].entities == (Span(0, 13, "trial"),)


def test_a_docbin_of_others_is_read(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Velorin failed")
    doc.ents = [doc.char_span(0, 7, "CHEMICAL")]
    doc.cats = {"POSITIVE": 0.0, "NEGATIVE": 1.0}
    doc.user_data["note"] = "x"
    DocBin(docs=[doc, nlp("Plain")], store_user_data=True).to_disk(tmp_path / "x.spacy")
    assert records(tmp_path / "x.spacy") == [
        Labelled("x-1", "Velorin failed", entities=(Span(0, 7, "CHEMICAL"),), sentiment="NEGATIVE"),
        Labelled("x-2", "Plain"),
    ]


def test_what_does_not_fit_names_the_document(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    two, empty = nlp("Two"), nlp("")
    two.cats = {"a": 1.0, "b": 1.0}
    path = tmp_path / "x.spacy"
    DocBin(docs=[nlp("One"), two, empty]).to_disk(path)
    _, second, third = entries(path)
    assert str(second).startswith(f"{path}, document 2: the categories ['a', 'b'] are all likely")
    assert str(third).startswith(f"{path}, document 3: text: a string with words")


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-9], lambda data: b"", lambda data: b"text", lambda data: data[9:]],
)
def test_a_file_that_is_no_docbin_or_cut_off_is_one_error(damage: object, tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    docbin.write([Labelled("a", "One two three")], path)
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    (error,) = entries(path)
    assert isinstance(error, DataError)
    assert str(error).startswith(f"{path}: is not a DocBin of spaCy, or not all of it")
    with pytest.raises(DataError, match=r"none\.spacy: cannot be read"):
        records(tmp_path / "none.spacy")
