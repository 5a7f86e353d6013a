"""Tags by token: every scheme by one rule, documents by marks or by tens, errors by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventrisk.checking import Problem
from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Span
from eventrisk.sources.formats.conll import CONLL
from eventrisk.training.check import check
from eventrisk.training.data import FORMATS, entries, records


def tagged(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def spans(path: Path, *tags: str) -> list[tuple[int, int, str]]:
    """The spans of tokens a, b, c … with these tags, counted in tokens."""
    tagged(path, "".join(f"{chr(97 + n)}\t{tag}\n" for n, tag in enumerate(tags)))
    return [(s.start // 2, (s.end + 1) // 2, s.label) for s in records(path)[0].entities or ()]


@pytest.mark.parametrize(
    ("scheme", "tags", "expected"),
    [
        ("IOB2", "B-x I-x O B-x B-x", [(0, 2, "x"), (3, 4, "x"), (4, 5, "x")]),
        ("IOB1", "I-x I-x O I-x B-x", [(0, 2, "x"), (3, 4, "x"), (4, 5, "x")]),
        ("IOB1 of two labels", "I-x I-y", [(0, 1, "x"), (1, 2, "y")]),
        (
            "BIOES",
            "B-x E-x S-x B-x I-x E-x I-x",
            [(0, 2, "x"), (2, 3, "x"), (3, 6, "x"), (6, 7, "x")],
        ),
        ("BILOU", "B-x L-x U-x O U-y", [(0, 2, "x"), (2, 3, "x"), (4, 5, "y")]),
        ("labels with dashes", "B-a-b I-a-b I-a", [(0, 2, "a-b"), (2, 3, "a")]),
        ("an end alone", "E-x O", [(0, 1, "x")]),
    ],
)
def test_every_scheme_gives_its_spans(
    scheme: str, tags: str, expected: list[tuple[int, int, str]], tmp_path: Path
) -> None:
    assert spans(tmp_path / "x.tsv", *tags.split()) == expected


def test_the_text_is_tokens_by_blanks_and_sentences_by_line_breaks(tmp_path: Path) -> None:
    path = tagged(tmp_path / "x.tsv", "Velorin\tB-drug\nfails\tO\n.\tO\n\nIn\tO\nAML\tB-disease\n")
    assert records(path) == [
        Labelled(
            "x-1", "Velorin fails .\nIn AML", entities=(Span(0, 7, "drug"), Span(19, 22, "disease"))
        )
    ]


def test_a_sentence_ends_an_entity(tmp_path: Path) -> None:
    path = tagged(tmp_path / "x.tsv", "a\tB-x\n\nb\tI-x\n")
    assert records(path)[0].entities == (Span(0, 1, "x"), Span(2, 3, "x"))


def test_marks_part_documents_and_name_them(tmp_path: Path) -> None:
    body = "a\tO\n\n"
    path = tagged(
        tmp_path / "x.conll", f"# doc_id = one\n{body * 30}# newdoc id = two\n# lang = en\n{body}"
    )
    assert [(r.id, r.text.count("a")) for r in records(path)] == [("one", 30), ("two", 1)]
    path = tagged(
        tmp_path / "y.conll",
        (
            f"-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\n-DOCSTART- -X- O "
            f"O\n\n{body}"
        ),
    )
    assert [(r.id, r.text) for r in records(path)] == [("y-1", "EU rejects"), ("y-6", "a")]
    assert records(path)[0].entities == (Span(0, 2, "ORG"),)


def test_without_marks_ten_sentences_in_a_row_are_a_record(tmp_path: Path) -> None:
    path = tagged(tmp_path / "x.tsv", "".join(f"s{n}\tO\n\n" for n in range(23)))
    found = records(path)
    assert [len(r.text.split("\n")) for r in found] == [10, 10, 3]
    assert [r.id for r in found] == ["x-1", "x-21", "x-41"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\tO\nb\n", "line 2: one column ('b') where a token and its tag are needed"),
        ("a\tO\nb\tdrug\n", "line 2: 'drug' is no tag"),
        ("a\tO\nb\tB-\n", "line 2: 'B-' is no tag"),
        ("a\tO\nb\tX-drug\n", "line 2: 'X-drug' is no tag"),
        ("a\tO\nb\t\n", "line 2: '' is no tag"),
        ("a\tO\n\tO\n", "line 2: the token is missing"),
    ],
)
def test_a_bad_line_is_one_error_and_the_next_document_is_read(
    content: str, message: str, tmp_path: Path
) -> None:
    path = tagged(tmp_path / "x.tsv", f"# doc_id = 1\n{content}c\n\n# doc_id = 2\nd\tO\n")
    bad, good = entries(path, "conll")
    assert isinstance(bad, DataError)
    assert str(bad).startswith(f"{path}, {message.replace('line 2', 'line 3')}")
    assert not isinstance(good, DataError)
    assert (good.record.text, good.line) == ("d", 6)


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes("a\tO\ncaf\u00e9\tO\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"x\.tsv, line 2: is not UTF-8"):
        records(path)


def write(held: list[Labelled], path: Path, name: str = "conll") -> list[tuple[str, str]]:
    """Writes a file and what stands beside it, as ``convert`` does; what was lost."""
    form = FORMATS[name]
    losses = form.write(held, path)
    assert form.side
    form.side.write(held, form.side.of(path))
    return [(loss.record, loss.what) for loss in losses]


def test_running_text_is_parted_into_words_and_signs_and_parted_text_is_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.conll"
    running = Labelled("a", "Velorin (NVL-1) fails.", entities=(Span(9, 14, "drug"),))
    assert CONLL.write([running], path) == []
    assert path.read_text(encoding="utf-8").split("\n")[:5] == [
        "Velorin\tO",
        "(\tO",
        "NVL\tB-drug",
        "-\tI-drug",
        "1\tI-drug",
    ]
    parted = Labelled(
        "a", "The U.S. trial didn't fail .\nIt paid 3.5 %", entities=(Span(4, 8, "place"),)
    )
    assert CONLL.write([parted], path) == []
    assert [(r.text, r.entities) for r in records(path)] == [(parted.text, parted.entities)]


def test_a_text_that_holds_the_mark_of_documents_is_one_document(tmp_path: Path) -> None:
    CONLL.write([Labelled("a", "-DOCSTART- is\na token", entities=())], tmp_path / "x.conll")
    assert [r.text for r in records(tmp_path / "x.conll")] == ["- DOCSTART - is\na token"]


def test_records_without_entity_labels_are_left_out_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    held = [Labelled("a", "One", sentiment="x"), Labelled("b", "Two", entities=(), tone="y")]
    assert write(held, path) == [("a", "the whole record")]
    assert records(path) == held[1:]


def test_labels_with_blanks_are_listed_as_lost_since_other_tools_part_columns_there(
    tmp_path: Path,
) -> None:
    held = Labelled("a", "One two", entities=(Span(0, 3, "own label"), Span(4, 7, "own-label")))
    assert write([held], tmp_path / "x.conll") == [("a", "entity [0, 3, 'own label']")]
    assert records(tmp_path / "x.conll")[0].entities == (Span(4, 7, "own-label"),)


def test_there_is_no_comment_and_a_mark_only_where_it_is_asked_for(tmp_path: Path) -> None:
    held = [Labelled("a", "One two", entities=()), Labelled("b", "Three", entities=())]
    write(held, tmp_path / "x.conll")
    assert (tmp_path / "x.conll").read_text(encoding="utf-8") == "One\tO\ntwo\tO\n\nThree\tO\n\n"
    write(held, tmp_path / "y.conll", "conll2003")
    mark = "-DOCSTART- -X- O O\n\n"
    marked = f"{mark}One\tO\ntwo\tO\n\n{mark}Three\tO\n\n"
    assert (tmp_path / "y.conll").read_text(encoding="utf-8") == marked
    assert records(tmp_path / "x.conll") == records(tmp_path / "y.conll") == held


def test_tags_changed_elsewhere_come_back_on_the_texts_as_they_were(tmp_path: Path) -> None:
    text = 'Velorin  (NVL-1)\r\n\tfails: "badly".'
    path = tmp_path / "x.conll"
    write([Labelled("a\tb", text, "2020-01-02", entities=(), tone="y", extra={"n": 1})], path)
    tags = path.read_text(encoding="utf-8").replace("NVL\tO", "NVL\tB-code")
    path.write_text(tags.replace("-\tO\n1\tO", "-\tI-code\n1\tI-code"), encoding="utf-8")
    spans = (Span(10, 15, "code"),)
    assert records(path) == [
        Labelled("a\tb", text, "2020-01-02", entities=spans, tone="y", extra={"n": 1})
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("two\tO\n", "too\tO\n", "line 1: the word 'too' is not the next of the text beside it"),
        ("two\tO\n", "two\tO\n\n", "has 3 sentences, and"),
    ],
)
def test_words_that_are_not_those_beside_them_are_an_error(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.conll"
    write([Labelled("a", "One two three", entities=()), Labelled("b", "B", entities=())], path)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        records(path)


def test_one_mark_that_leads_the_file_parts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    path.write_text("-DOCSTART- -X- O O\n\n" + "a\tO\n\n" * 23, encoding="utf-8")
    assert [len(r.text.split("\n")) for r in records(path)] == [10, 10, 3]
    path.write_text(
        "-DOCSTART- -X- O\nVelorin -X- _ B-own label\nfails -X- _ O\n\nIn -X- _ O\n\n",
        encoding="utf-8",
    )
    found = records(path)
    assert [r.text for r in found] == ["Velorin fails", "In"]
    assert found[0].entities == (Span(0, 7, "own label"),)


def test_a_text_that_goes_on_behind_the_last_word_is_an_error(tmp_path: Path) -> None:
    path, side = tmp_path / "x.conll", tmp_path / "x.docs"
    held = [Labelled("a", "One two.", entities=())]
    write(held, path)
    plain = side.read_text(encoding="utf-8")
    for behind in (" ", "\n", "\ufeff"):  # what holds no word
        side.write_text(plain.replace("two.", "two." + json.dumps(behind)[1:-1]), encoding="utf-8")
        assert records(path) == [Labelled("a", "One two." + behind, entities=())]
    side.write_text(plain.replace("two.", "two. Three"), encoding="utf-8")
    with pytest.raises(DataError, match="the text beside it goes on where the words end"):
        records(path)


def test_sentences_that_nothing_parts_into_releases_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    write([Labelled(name, f"{name} fails.", entities=()) for name in "ab"], path)

    def told() -> list[Problem]:
        return [p for p in check(path, quick=True).problems if p.kind == "as read"]

    assert told() == []
    (tmp_path / "x.docs").unlink()
    assert [r.text for r in records(path)] == ["a fails .\nb fails ."]
    (note,) = told()
    assert note.message.startswith("1 record (x-1): no documents are marked, so ten sentences")
    assert note.fix.startswith("keep the file .docs beside it, or mark documents with -DOCSTART-")
    for mark in ("-DOCSTART-\tO\n\n", "# doc_id = a\n"):
        path.write_text(f"{mark}a\tO\n\n{mark.replace('= a', '= b')}b\tO\n", encoding="utf-8")
        assert len(records(path)) == 2
        assert told() == []
    path.write_text("-DOCSTART-\tO\n\na\tO\n\nb\tO\n", encoding="utf-8")  # one for the file
    assert len(told()) == 1
