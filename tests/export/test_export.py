"""Tables keep their columns, their types and every result, whatever the release says."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk import (
    DataError,
    MissingExtraError,
    OutputError,
    to_csv,
    to_frame,
    to_jsonl,
    to_parquet,
)
from eventrisk.export import TABLES, columns, rows
from eventrisk.export.writers import csv_cell
from eventrisk.results import Analysis, Entity, Event, Sentiment
from factories import FAILURE, TEXT, VOTE_WORDS, analysis, bare, entity, risk


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def scored(*results: object) -> list[dict[str, object]]:
    names = [column.name for column in columns()]
    return [dict(zip(names, row, strict=True)) for result in results for row in rows(result)]  # type: ignore[arg-type]


def test_the_columns_of_scores_stand_in_this_order() -> None:
    assert [column.name for column in columns()] == [
        "doc_id",
        "title",
        "date",
        "company_name",
        "company_ticker",
        "company_exchange",
        "sentiment",
        "sentiment_score",
        "p_negative",
        "p_neutral",
        "p_positive",
        "sentiment_probabilities",
        "sentiment_abstained",
        "tone",
        "tone_score",
        "spin",
        "risk_score",
        "relevance",
        "events_today",
        "event_type",
        "event_direction",
        "event_assertion",
        "event_date",
        "event_agency",
        "event_drugs",
        "event_indications",
        "event_reasons",
        "event_probability",
        "event_start",
        "event_end",
        "event_quote",
        "votes",
        "vote_body",
        "vote_committee",
        "vote_stage",
        "vote_direction",
        "vote_yes",
        "vote_no",
        "vote_abstain",
        "vote_binding",
        "vote_margin",
        "vote_assertion",
        "vote_start",
        "vote_end",
        "vote_drugs",
        "vote_indications",
        "vote_question",
        "vote_quote",
        "catalysts",
        "catalyst_type",
        "catalyst_when",
        "catalyst_earliest",
        "catalyst_latest",
        "catalyst_precision",
        "catalyst_start",
        "catalyst_end",
        "catalyst_sentence_start",
        "catalyst_sentence_end",
        "catalyst_drugs",
        "catalyst_indications",
        "catalyst_agency",
        "catalyst_quote",
        "risk_factors",
        "drugs",
        "indications",
        "agencies",
        "other_entities",
        "library",
        "model",
        "model_sha256",
        "settings_sha256",
        "error",
        "error_kind",
    ]


def test_the_row_of_a_release_holds_lead_event_vote_next_catalyst_and_names() -> None:
    (row,) = scored(analysis())
    assert (row["event_type"], row["event_direction"], row["event_drugs"]) == (
        "advisory_vote",
        "negative",
        "Corvastim",
    )
    assert row["event_quote"] == row["vote_quote"] == VOTE_WORDS
    assert (row["vote_yes"], row["vote_no"], row["vote_abstain"], row["vote_binding"]) == (
        4,
        10,
        1,
        False,
    )
    assert (row["catalyst_type"], row["catalyst_latest"]) == ("approval", "2021-06-28")
    assert (row["events_today"], row["votes"], row["catalysts"]) == (1, 1, 2)
    assert row["drugs"] == "Corvastim"
    assert row["agencies"] == "FDA; Pulmonary-Allergy Drugs Advisory Committee"
    assert row["risk_factors"] == "regulatory_approval; funding_liquidity; intellectual_property"
    assert row["error"] is None


def test_classes_and_labels_of_a_model_of_ones_own_have_cells() -> None:
    mood = Sentiment("bearish", 0.0, {"bullish": 0.1884, "bearish": 0.8116})
    mine = (
        entity("drug", "Corvastim"),
        entity("chemical", "NRV-201", "corvastim"),
        entity("disease", "chronic wet cough"),
        entity("chemical", "Corvastim", "corvastim", nth=1),
        entity("chemical", "FDA", "x"),
    )
    (row,) = scored(
        analysis(
            sentiment=mood, entities=mine, risk_factors=(risk("weather", "additional capital"),)
        )
    )
    assert row["sentiment"] == "bearish"
    assert (row["p_negative"], row["p_neutral"], row["p_positive"]) == (None, None, None)
    assert row["sentiment_probabilities"] == "bullish 0.188; bearish 0.812"
    assert row["other_entities"] == "chemical: corvastim, x; disease: chronic wet cough"
    assert (row["drugs"], row["risk_factors"]) == ("Corvastim", "weather")


def test_without_labels_of_ones_own_there_are_no_other_entities() -> None:
    (row,) = scored(analysis())
    assert row["other_entities"] is None
    assert row["sentiment_probabilities"] == "negative 0.900; neutral 0.070; positive 0.030"


def test_an_abstention_is_a_cell_of_truth() -> None:
    unsure = replace(bare().sentiment, abstained=True)
    sure, doubted = scored(bare(), bare(sentiment=unsure))
    assert (sure["sentiment_abstained"], doubted["sentiment_abstained"]) == (False, True)


def test_a_failure_is_a_row_with_its_error_and_nothing_else() -> None:
    (row,) = scored(FAILURE)
    filled = {name: value for name, value in row.items() if value is not None}
    assert filled == {
        "doc_id": "broken.txt",
        "error": FAILURE.error,
        "error_kind": "EmptyTextError",
    }


@pytest.mark.parametrize("table", TABLES)
def test_the_header_stands_even_when_there_are_no_results(table: str, tmp_path: Path) -> None:
    assert to_csv([], tmp_path / "x.csv", table=table) == 0
    header = ",".join(column.name for column in columns(table))
    assert (tmp_path / "x.csv").read_bytes() == (header + "\n").encode()


@pytest.mark.parametrize(
    ("table", "count"),
    [("entities", 8), ("events", 2), ("votes", 1), ("catalysts", 2), ("risk_factors", 3)],
)
def test_a_long_table_has_a_row_for_every_record_joined_by_doc_id(
    table: str, count: int, tmp_path: Path
) -> None:
    assert to_csv([analysis(), FAILURE, bare()], tmp_path / "x.csv", table=table) == count
    found = read_csv(tmp_path / "x.csv")
    assert {row["doc_id"] for row in found} == {"norvena.txt"}
    if table == "risk_factors":
        assert found[0]["quote"] == "The FDA may not approve Corvastim"
        assert found[0]["specific"] == "true"


def test_an_unknown_table_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match="no table 'vote'; choose one of scores, entities, events"
    ):
        to_csv([], tmp_path / "x.csv", table="vote")
    assert not (tmp_path / "x.csv").exists()


def test_a_list_of_tables_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no table \['votes'\]; choose one of scores, entities"):
        to_frame([], table=["votes"])  # type: ignore[arg-type]


def test_floats_are_rounded_to_six_places_in_csv_and_whole_in_json(tmp_path: Path) -> None:
    third = analysis(risk_score=1 / 3, spin=-1e-9)
    to_csv([third], tmp_path / "x.csv")
    to_jsonl([third], tmp_path / "x.jsonl")
    (row,) = read_csv(tmp_path / "x.csv")
    assert (row["risk_score"], row["spin"]) == ("0.333333", "0.0")
    assert json.loads((tmp_path / "x.jsonl").read_text())["risk_score"] == 1 / 3


def test_json_lines_hold_whole_results_and_failures_in_order(tmp_path: Path) -> None:
    assert to_jsonl([analysis(), FAILURE], tmp_path / "x.jsonl") == 2
    first, second = map(json.loads, (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines())
    assert Analysis.from_dict(first, analysis().text) == analysis()
    assert second == {
        "schema": 1,
        "doc_id": "broken.txt",
        "error": FAILURE.error,
        "kind": "EmptyTextError",
    }


@given(st.text(max_size=60))
def test_any_title_comes_back_from_csv(title: str) -> None:
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"eventrisk-{os.getpid()}.csv"
    try:
        to_csv([bare(title=title), FAILURE], path)
        found = read_csv(path)
    finally:
        path.unlink(missing_ok=True)
    assert len(found) == 2
    assert found[0]["title"] == title
    assert found[1]["error_kind"] == "EmptyTextError"


def test_half_a_surrogate_pair_does_not_stop_any_file(tmp_path: Path) -> None:
    odd = bare(title="Norvena \ud800 up", doc_id="\udfff")
    to_csv([odd], tmp_path / "x.csv")
    to_jsonl([odd], tmp_path / "x.jsonl")
    to_parquet([odd], tmp_path / "x.parquet")
    assert read_csv(tmp_path / "x.csv")[0]["title"] == "Norvena \ufffd up"
    assert (
        json.loads((tmp_path / "x.jsonl").read_text(encoding="utf-8"))["title"]
        == "Norvena \ud800 up"
    )
    assert to_frame([odd])["title"][0] == "Norvena \ufffd up"


@pytest.mark.parametrize("title", ["=1+1", "+12%", "-- In brief --", "@x", "'quoted'"])
def test_cells_like_formulas_are_left_alone_unless_a_spreadsheet_is_to_open_them(
    title: str, tmp_path: Path
) -> None:
    to_csv([bare(title=title)], tmp_path / "plain.csv")
    to_csv([bare(title=title)], tmp_path / "sheet.csv", spreadsheet=True)
    assert read_csv(tmp_path / "plain.csv")[0]["title"] == title
    assert read_csv(tmp_path / "sheet.csv")[0]["title"] == f"'{title}"


def test_numbers_are_never_taken_for_formulas() -> None:
    assert csv_cell(-0.5, guard=True) == -0.5
    assert csv_cell("Norvena", guard=True) == "Norvena"


@pytest.mark.parametrize("table", TABLES)
def test_dtypes_are_the_same_for_nothing_for_failures_and_for_results(table: str) -> None:
    empty, failed, full = (
        to_frame([], table=table),
        to_frame([FAILURE], table=table),
        to_frame([analysis(), bare()], table=table),
    )
    assert empty.dtypes.to_dict() == failed.dtypes.to_dict() == full.dtypes.to_dict()
    assert "object" not in {str(dtype) for dtype in empty.dtypes}


def test_a_frame_holds_numbers_as_numbers() -> None:
    frame = to_frame([analysis(), FAILURE])
    assert frame["vote_no"].sum() == 10
    assert pd.isna(frame["vote_no"][1])
    assert frame.loc[0, "sentiment_score"] == pytest.approx(-0.87)


def test_parquet_holds_the_declared_types_and_every_row(tmp_path: Path) -> None:
    many = [analysis() for _ in range(2_500)]
    assert to_parquet(many, tmp_path / "x.parquet") == 2_500
    table = pq.read_table(tmp_path / "x.parquet")
    assert table.num_rows == 2_500
    assert table.column_names == [column.name for column in columns()]
    assert str(table.schema.field("vote_yes").type) == "int64"
    assert to_parquet([], tmp_path / "empty.parquet") == 0
    assert pq.read_table(tmp_path / "empty.parquet").schema.equals(table.schema)


def test_results_are_written_as_they_come(tmp_path: Path) -> None:
    held: list[int] = []

    def results():
        for number in range(3):
            held.append(number)
            yield bare(doc_id=str(number))

    assert to_csv(results(), tmp_path / "x.csv") == 3
    assert [row["doc_id"] for row in read_csv(tmp_path / "x.csv")] == ["0", "1", "2"]


@pytest.mark.parametrize("write", [to_csv, to_jsonl, to_parquet])
def test_what_breaks_midway_leaves_the_old_file_and_no_scraps(write, tmp_path: Path) -> None:
    target = tmp_path / "scores"
    target.write_text("old")

    def results():
        yield analysis()
        raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        write(results(), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["scores"]


@pytest.mark.parametrize("write", [to_csv, to_jsonl, to_parquet])
def test_a_folder_that_does_not_exist_is_named(write, tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"nowhere/scores: cannot be written .* does not exist: create it first"
    ):
        write([analysis()], tmp_path / "nowhere" / "scores")


def test_a_folder_as_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder; name a file in it"):
        to_csv([], tmp_path)


def test_an_error_of_the_results_is_not_called_an_error_of_the_output(tmp_path: Path) -> None:
    def results():
        raise FileNotFoundError("input gone")
        yield

    with pytest.raises(FileNotFoundError, match="input gone"):
        to_csv(results(), tmp_path / "x.csv")


def test_a_link_keeps_pointing_at_the_file_that_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    to_csv([], link)
    assert link.is_symlink()
    assert real.read_text().startswith("doc_id,")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    to_csv([], "/dev/null")
    assert not Path("/dev/null").is_file()


def test_a_missing_package_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        MissingExtraError, match=r"pandas; install it with: pip install 'eventrisk\[frame\]'"
    ):
        to_frame([])
    with pytest.raises(MissingExtraError, match=r"pip install 'eventrisk\[parquet\]'"):
        to_parquet([], tmp_path / "x.parquet")
    assert list(tmp_path.iterdir()) == []


def test_every_long_table_says_of_each_record_when_and_by_whom(tmp_path: Path) -> None:
    for table in TABLES[1:]:
        frame = to_frame(analysis(), table=table)
        assert list(frame)[:5] == [
            "doc_id",
            "release_date",
            "company_name",
            "company_ticker",
            "company_exchange",
        ]
        assert frame.loc[0, "release_date"] == pd.Timestamp("2021-05-04")
        assert {*frame["company_ticker"]} == {"NRVN"}


def test_days_are_days_in_frames_and_parquet_and_iso_in_csv(tmp_path: Path) -> None:
    for results in ([analysis(), bare()], []):
        frame = to_frame(results, table="catalysts")
        to_parquet(results, tmp_path / "x.parquet", table="catalysts")
        schema = pq.read_table(tmp_path / "x.parquet").schema
        for name in ("release_date", "earliest", "latest"):
            assert frame[name].dtype.kind == "M"
            assert str(schema.field(name).type) == "date32[day]"
    to_csv(analysis(), tmp_path / "x.csv", table="catalysts")
    assert [row["earliest"] for row in read_csv(tmp_path / "x.csv")] == ["2022-07-01", "2021-05-04"]


def test_days_of_a_frame_join_prices_by_time(tmp_path: Path) -> None:
    prices = pd.DataFrame(
        {"day": pd.to_datetime(["2021-05-03", "2021-05-05"]), "close": [10.0, 4.0]}
    )
    joined = pd.merge_asof(
        to_frame(analysis()), prices, left_on="date", right_on="day", direction="forward"
    )
    assert joined["close"].tolist() == [4.0]


def test_days_of_parquet_can_be_compared_with_days(tmp_path: Path) -> None:
    days = ["2019-12-31", "2020-06-01", "2021-01-01", None]
    to_parquet([bare(date=day) for day in days], tmp_path / "x.parquet")
    within = [("date", ">=", date(2020, 1, 1)), ("date", "<=", date(2020, 12, 31))]
    found = pq.read_table(tmp_path / "x.parquet", filters=within)
    assert found["date"].to_pylist() == [date(2020, 6, 1)]


def test_a_single_result_is_a_table_of_one(tmp_path: Path) -> None:
    assert to_frame(analysis())["doc_id"].tolist() == ["norvena.txt"]
    assert to_frame(FAILURE)["error_kind"].tolist() == ["EmptyTextError"]
    assert to_csv(analysis(), tmp_path / "x.csv", table="entities") == 8
    assert to_jsonl(FAILURE, tmp_path / "x.jsonl") == 1


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ("scores.csv", "the str 'scores.csv'; they come first, "),
        ({"text": "A"}, "not a dict"),
        (None, "not a NoneType"),
        (["FDA Approves Lomera"], "the str 'FDA Approves Lomera'; texts and records go through"),
        ([{"text": "A"}], "not a dict; texts and records go through analyze_many first"),
    ],
)
def test_what_is_no_result_is_refused_with_the_way(results, said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=re.escape(said)):
        to_csv(results, tmp_path / "x.csv")
    with pytest.raises(DataError, match=re.escape(said)):
        to_frame(results)
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_speaks_the_cell_of_spin_is_empty(tmp_path: Path) -> None:
    silent = bare(spin=None, risk_score=None)
    to_csv([silent], tmp_path / "x.csv")
    (row,) = read_csv(tmp_path / "x.csv")
    assert (row["spin"], row["risk_score"], row["tone"]) == ("", "", "neutral")
    assert to_frame([silent])["spin"].dtype == to_frame([bare()])["spin"].dtype == "Float64"
    to_parquet([silent, bare()], tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet")["spin"].to_pylist() == [None, 0.0]


def test_the_quote_of_a_catalyst_is_its_sentence_in_both_tables() -> None:
    sentence = "The FDA is expected to decide on the New Drug Application by June 28, 2021."
    plan = replace(
        analysis().catalysts[1],
        sentence_start=TEXT.index(sentence),
        sentence_end=TEXT.index(sentence) + len(sentence),
    )
    made = analysis(catalysts=(plan,))
    assert scored(made)[0]["catalyst_quote"] == sentence
    frame = to_frame(made, table="catalysts")
    assert (frame["quote"][0], frame["when"][0]) == (sentence, "by June 28, 2021")
    assert TEXT[frame["start"][0] : frame["end"][0]] == "by June 28, 2021"


def test_quotes_and_names_of_marked_up_text_are_words() -> None:
    text = 'The FDA <font style="size: 10pt">approved</font>&nbsp;Lo<b>mera</b>.'
    event = Event("approval", "positive", "occurred", None, None, (), (), (), 0.9, 4, len(text))
    at = text.index("Lo<b>")
    name = Entity("drug", text[at:-5], at, len(text) - 5, "lomera", "body", 0.9)
    made = bare(text=text, events=(event,), entities=(name,))
    assert to_frame(made, table="events")["quote"].tolist() == ["FDA approved Lomera."]
    assert scored(made)[0]["event_quote"] == "FDA approved Lomera."
    assert to_frame(made, table="entities")["text"].tolist() == ["Lomera"]


def test_a_stream_that_was_read_before_is_no_empty_table(tmp_path: Path) -> None:
    stream = (result for result in [analysis()])
    assert len(to_frame(stream)) == 1
    with pytest.raises(DataError, match=r"read to its end before; .* list\(analyze_many\(records"):
        to_frame(stream, table="events")
    with pytest.raises(DataError, match="read to its end before"):
        to_csv(stream, tmp_path / "x.csv")
    assert len(to_frame(result for result in list[Analysis]())) == 0
