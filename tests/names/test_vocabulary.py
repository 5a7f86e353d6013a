"""Terms of the user's own: what is read, what is refused, and where they are found."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.errors import LexiconError
from eventrisk.names.vocabulary import TERM_SOURCE, Term, Vocabulary, vocabulary

HEADER = "term\tlabel\tcanonical\n"


def one(term: str, label: str = "drug", canonical: str = "") -> Vocabulary:
    return vocabulary([{"term": term, "label": label, "canonical": canonical}])


def words(terms: Vocabulary, text: str) -> list[str]:
    return [text[c.start : c.end] for c in terms.find(text)]


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "mine.tsv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_file_is_read_with_comments_blank_lines_and_a_mark_at_its_start(tmp_path: Path) -> None:
    rows = (
        "# mine\n\nterm\tlabel\tcanonical\tnote\nZorvane\tdrug\tzorvanimod\tof May\nGQX\tDrug\t\t\n"
    )
    terms = vocabulary(write(tmp_path, b"\xef\xbb\xbf" + rows.replace("\n", "\r\n").encode()))
    assert terms.terms == (Term("GQX", "drug", ""), Term("Zorvane", "drug", "zorvanimod"))


def test_a_file_and_the_same_mappings_in_another_order_are_one_vocabulary(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER}Zorvane\tdrug\tzorvanimod\nHalcyon Reach\tcompany\t\n")
    rows = [
        {"term": "Halcyon  Reach", "label": "company"},
        {"term": "Zorvane", "label": "drug", "canonical": "zorvanimod"},
    ]
    assert vocabulary(path) == vocabulary(str(path)) == vocabulary(rows)
    assert vocabulary(path).sha256 == vocabulary(rows).sha256 != one("Zorvane").sha256


def test_what_has_no_canonical_name_is_called_as_names_of_its_label_are() -> None:
    (agency,) = one("Norland Board of Medicines", "agency").find("Norland Board of Medicines")
    (company,) = one("Halcyon Reach", "company").find("HALCYON REACH")
    (drug,) = one("Zorvane").find("Zorvane")
    assert agency.canonical == "Norland Board of Medicines"
    assert company.canonical == "halcyon reach"
    assert (drug.canonical, drug.source, drug.probability) == ("", TERM_SOURCE, 0.99)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"mine\.tsv: no terms; the first line names the columns"),
        (HEADER, r"mine\.tsv: no terms below the header"),
        ("Zorvane\tdrug\n", r"line 1: the header lacks term and label"),
        ("# x\nterm\tkind\nZorvane\tdrug\n", r"line 2: the header lacks label"),
        ("term,label\nZorvane,drug\n", r"line 1: the header lacks term and label.*parted by tabs"),
        ("term\tlabel\tcanonicl\nA1\tdrug\tx\n", r"line 1: no column is called 'canonicl'"),
        (f"{HEADER}Zorvane\tdrug\n", r"line 2: 2 columns where 3 are declared"),
        (f"{HEADER}\tdrug\t\n", r"line 2: the term is empty"),
        (f"{HEADER}--\tdrug\t\n", r"line 2: the term '--' is too short"),
        (
            f"{HEADER}Zorvane\tmedicine\t\n",
            r"line 2: no label is called 'medicine'; there are drug",
        ),
        (
            f"{HEADER}Zorvane\tdrug\ta\n# no\nZORVANE\tdrug\tb\n",
            r"line 4: 'ZORVANE' is given as drug 'b', and as drug 'a' in .*mine\.tsv, line 2",
        ),
        (f"{HEADER}Zorvane\tdrug\t\nZorvane\tcompany\t\n", r"line 3: 'Zorvane' is given as comp"),
        (HEADER.encode() + b"Zorvane\tdrug\t\nCaf\xe9x\tdrug\t\n", r"line 3: not UTF-8"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(LexiconError, match=message) as told:
        vocabulary(write(tmp_path, content))
    assert "mine.tsv" in str(told.value)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.tsv: cannot read the terms: No such file"):
        vocabulary(tmp_path / "none.tsv")
    with pytest.raises(LexiconError, match="cannot read the terms: Is a directory"):
        vocabulary(tmp_path)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"term": "Zorvane"}], "terms, item 0: the header lacks label"),
        (["Zorvane"], "terms, item 0: a mapping with term and label is wanted, not str"),
        ([{"term": None, "label": "drug"}], "terms, item 0: the term is empty"),
        ({"Zorvane": "drug"}, "a file or a list of mappings, not dict"),
        (7, "a file or a list of mappings, not int"),
    ],
)
def test_a_mistake_in_mappings_is_told_with_its_place(rows: object, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        vocabulary(rows)  # type: ignore[arg-type]  # what users do


def test_a_term_given_twice_alike_is_one_term() -> None:
    rows = [{"term": "Zorvane", "label": "drug"}, {"term": "Zorvane ", "label": "drug"}]
    assert len(vocabulary(rows)) == 1


def test_an_empty_canonical_name_of_a_table_is_none() -> None:
    (term,) = vocabulary([{"term": "Zorvane", "label": "drug", "canonical": float("nan")}]).terms  # type: ignore[dict-item]  # as pandas writes an empty cell
    assert term.canonical == ""


@pytest.mark.parametrize(
    ("term", "found", "missed"),
    [
        (
            "Zorvane",
            ["Zorvane", "ZORVANE", "Zorvane's", "Zorvane-treated", "(Zorvane)"],
            ["zorvane"],
        ),
        ("Zorvane", ["Zorvane/Lomera"], ["Zorvanex", "anti-Zorvane", "xZorvane", "_Zorvane"]),
        ("halden syndrome", ["Halden Syndrome", "HALDEN SYNDROME", "halden\u00a0syndrome"], []),
        ("halden syndrome", ["halden  syndrome"], ["halden\nsyndrome", "haldensyndrome"]),
        ("GQX", ["GQX", "GQX-positive"], ["Gqx", "gqx", "GQX2", "GQX-2"]),
        ("ZV-77", ["ZV-77", "ZV\u201177", "ZV\u201377"], ["zv-77", "ZV-771", "ZV-77-2", "ZV77"]),
        ("mRNA-900", ["mRNA-900", "MRNA-900"], ["mrna-900", "Mrna-900"]),
        ("Halden's disease", ["Halden’s Disease", "HALDEN'S DISEASE"], ["halden's disease"]),
        ("Halcyon, Inc.", ["Halcyon, Inc."], ["Halcyon Inc."]),
    ],
)
def test_a_term_is_found_as_it_may_be_written(
    term: str, found: list[str], missed: list[str]
) -> None:
    for text in found:
        assert words(one(term), f"the {text} of today"), text
    for text in missed:
        assert words(one(term), f"the {text} of today") == [], text


def test_the_longer_of_two_terms_stands() -> None:
    terms = vocabulary(
        [{"term": "Zorvane", "label": "drug"}, {"term": "Zorvane Holdings", "label": "company"}]
    )
    text = "Zorvane Holdings sells Zorvane"
    assert [(text[c.start : c.end], c.label) for c in terms.find(text)] == [
        ("Zorvane Holdings", "company"),
        ("Zorvane", "drug"),
    ]


def test_vocabularies_are_added_and_may_not_contradict_one_another() -> None:
    both = one("Zorvane").plus(one("GQX", "indication"))
    assert {t.words for t in both.terms} == {"Zorvane", "GQX"}
    with pytest.raises(LexiconError, match="'Zorvane' is given as company"):
        one("Zorvane").plus(one("Zorvane", "company"))


TERMS = ("Zorvane", "ZV-77", "GQX", "halden syndrome", "Halcyon Reach", "Café-X")
FILLER = st.text(
    st.sampled_from(string.ascii_letters + string.digits + " .,-/()\n'®é–\u00a0İß"), max_size=20
)


@given(st.lists(st.one_of(FILLER, st.sampled_from(TERMS)), max_size=12).map(" ".join))
def test_offsets_are_exact_apart_and_hold_a_term_whatever_the_text(text: str) -> None:
    terms = vocabulary([{"term": term, "label": "drug"} for term in TERMS])
    end = 0
    for c in terms.find(text):
        assert end <= c.start < c.end <= len(text)
        end = c.end
        seen = " ".join(text[c.start : c.end].replace("–", "-").split()).casefold()
        assert seen in {term.casefold() for term in TERMS}


@given(FILLER.filter(lambda t: "-" not in t), FILLER)
def test_a_term_between_blanks_is_always_found(before: str, after: str) -> None:
    text = f"{before} Zorvane {after}"
    assert len(before) + 1 in [c.start for c in one("Zorvane").find(text)]
