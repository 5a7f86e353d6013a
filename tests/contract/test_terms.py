"""``load(terms=...)``: what is named there is found, by every verb, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import eventrisk
from eventrisk import Analysis, LexiconError
from eventrisk.cli import main

ROWS = (
    "term\tlabel\tcanonical\n"
    "Zorvane\tdrug\tzorvanimod\n"
    "ZV-77\tdrug\tzorvanimod\n"
    "Halden syndrome\tindication\t\n"
    "GQX\tindication\t\n"
    "Norland Board of Medicines\tagency\t\n"
    "Halcyon Reach\tcompany\tHalcyon Reach AS\n"
)
TEXT = (
    "Halcyon Reach: Norland Board of Medicines Approves Zorvane in GQX\n"
    "OSLO, May 4, 2021 -- Halcyon Reach said that Zorvane (ZV-77) has been approved for adults "
    "with severe Halden syndrome. The gqx pathway is a word. ZORVANE's label is broad."
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("terms") / "mine.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def known(file: Path) -> Analysis:
    return eventrisk.load(terms=file)(TEXT)


def named(result: Analysis, label: str) -> list[tuple[str, str]]:
    return [(e.text, e.canonical) for e in result.entities if e.label == label]


def test_terms_are_found_in_headline_and_body_with_their_canonical_names(known: Analysis) -> None:
    zorvane = ("Zorvane", "zorvanimod")
    assert named(known, "drug") == [
        zorvane,
        zorvane,
        ("ZV-77", "zorvanimod"),
        ("ZORVANE", "zorvanimod"),
    ]
    assert named(known, "company") == [("Halcyon Reach", "Halcyon Reach AS")] * 2
    board = "Norland Board of Medicines"
    assert named(known, "agency") == [(board, board)]


def test_a_longer_name_of_the_same_label_stands_instead_of_the_term(known: Analysis) -> None:
    assert [text for text, _ in named(known, "indication")] == ["GQX", "severe Halden syndrome"]


def test_offsets_are_exact_also_in_marked_up_text(file: Path, known: Analysis) -> None:
    assert all(TEXT[e.start : e.end] == e.text for e in known.entities)
    page = "<h1>Halcyon Reach</h1><p>Sales of <b>Zorvane</b>&reg; in Halden&nbsp;syndrome rose.</p>"
    marked = eventrisk.load(terms=file)(page)
    found = {(e.label, page[e.start : e.end]) for e in marked.entities}
    assert {("drug", "Zorvane"), ("indication", "Halden&nbsp;syndrome")} <= found


def test_events_are_linked_to_terms(file: Path) -> None:
    lead = eventrisk.load(terms=file)("FDA Approves Zorvane for GQX").news[0]
    assert (lead.type, lead.drugs, lead.indications) == ("approval", ("zorvanimod",), ("gqx",))


def test_a_company_of_the_terms_is_the_issuer_where_no_other_is_found(file: Path) -> None:
    text = "quarterly update from zorba reach and others\nSales rose."
    assert eventrisk.analyze(text).company is None
    terms = [{"term": "zorba reach", "label": "company"}]
    company = eventrisk.load(terms=terms)(text).company
    assert company is not None
    assert company.name == "zorba reach"


def test_a_drug_inside_the_name_of_a_company_is_none() -> None:
    text = "Zorvane Therapeutics, Inc. (Nasdaq: ZRVN) today reported sales of Zorvane."
    result = eventrisk.load(terms=[{"term": "Zorvane", "label": "drug"}])(text)
    assert [(e.start, e.text) for e in result.entities if e.label == "drug"] == [(66, "Zorvane")]


def test_a_term_stands_before_what_the_model_says_of_the_same_words() -> None:
    text = "FDA Approves Zorvane for Plaque Psoriasis"
    assert named(eventrisk.analyze(text), "drug") == [("Zorvane", "zorvane")]
    result = eventrisk.load(terms=[{"term": "Zorvane", "label": "company"}])(text)
    assert named(result, "drug") == []
    assert named(result, "company") == [("Zorvane", "zorvane")]


def test_a_canonical_name_that_was_given_stands_before_the_one_in_brackets() -> None:
    text = "The FDA approved Zorvane (zorvatinib) for psoriasis."
    terms = [{"term": "Zorvane", "label": "drug", "canonical": "zrv"}]
    names = {e.text: e.canonical for e in eventrisk.load(terms=terms)(text).entities}
    assert (names["Zorvane"], names["zorvatinib"]) == ("zrv", "zrv")


def test_the_model_without_terms_answers_as_before(file: Path) -> None:
    before = eventrisk.analyze(TEXT).to_dict()
    eventrisk.load(terms=file)(TEXT)
    assert eventrisk.analyze(TEXT).to_dict() == before


def test_the_provenance_tells_the_terms_and_not_their_order(file: Path) -> None:
    def settings(terms: object) -> str:
        return eventrisk.load(terms=terms).provenance.settings_sha256  # type: ignore[arg-type]

    plain = eventrisk.load().provenance
    first, *rest = [{"term": t, "label": "drug"} for t in ("Zorvane", "ZV-77")]
    assert settings([first, *rest]) == settings([*rest, first])
    assert len({plain.settings_sha256, settings([first]), settings([first, *rest])}) == 3
    known = eventrisk.load(terms=[first]).provenance
    assert (known.model, known.model_sha256) == (plain.model, plain.model_sha256)


def test_the_same_terms_are_loaded_once_and_changed_ones_anew(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("term\tlabel\nZorvane\tdrug\n", encoding="utf-8")
    first = eventrisk.load(terms=path)
    assert eventrisk.load("default", terms=[{"term": "Zorvane", "label": "drug"}]) is first
    path.write_text("term\tlabel\nZorvane\tcompany\n", encoding="utf-8")
    assert eventrisk.load(terms=path) is not first


def test_terms_are_added_to_those_an_analyzer_has(file: Path) -> None:
    more = [{"term": "Quibrex", "label": "drug"}]
    both = eventrisk.load(eventrisk.load(terms=file), terms=more)
    assert {e.text for e in both("Quibrex Beats Zorvane").entities if e.label == "drug"} == {
        "Quibrex",
        "Zorvane",
    }
    together = eventrisk.load(terms=more).with_terms(file)
    assert together.provenance == both.provenance
    with pytest.raises(LexiconError, match="'Quibrex' is given as company"):
        both.with_terms([{"term": "Quibrex", "label": "company"}])


def test_evaluate_compare_and_suggest_read_with_the_terms(file: Path) -> None:
    start = TEXT.index("GQX")
    labelled = [{"id": "a", "text": TEXT, "entities": [[start, start + 3, "indication"]]}]
    options = {"heads": "entities", "progress": False}
    plain = eventrisk.evaluate(labelled, **options)
    known = eventrisk.evaluate(labelled, terms=file, **options)
    assert known.figures != plain.figures
    found = eventrisk.suggest([TEXT], n=1, terms=file, progress=False)
    spans = [(s.start, s.label) for s in found[0].record.entities or ()]
    assert (start, "indication") in spans
    same = eventrisk.compare("default", "default", labelled, terms=file, **options)
    assert same.figures["heads"]["entities"]["a"] == known.figures["heads"]["entities"]["f1"]


def test_analyze_and_score_take_terms(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = tmp_path / "news.txt"
    release.write_text(TEXT, encoding="utf-8")
    command(["analyze", str(release), "--terms", str(file), "--format", "json"])
    printed = json.loads(capsys.readouterr().out)
    assert ("company", "Halcyon Reach AS") in {
        (e["label"], e["canonical"]) for e in printed["entities"]
    }
    command(["score", str(release), "--terms", str(file), "--out", str(tmp_path / "s.csv")])
    assert "zorvanimod" in (tmp_path / "s.csv").read_text(encoding="utf-8")


def command(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0


def test_terms_that_cannot_be_used_end_with_two_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.tsv").write_text("term\tlabel\nZorvane\tmedicine\n", encoding="utf-8")
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["analyze", str(tmp_path / "news.txt"), "--terms", str(tmp_path / "mine.tsv")])
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "mine.tsv, line 2: no label is called 'medicine'" in line
