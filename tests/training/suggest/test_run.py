"""Which releases to label next: unsure and unlike ones first, the same on every run and in every
order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import factories
from eventrisk.errors import DataError, EmptyTextError, OutputError
from eventrisk.labelled import Labelled
from eventrisk.results import Analysis, Failure, Sentiment, Tone
from eventrisk.training.data import records
from eventrisk.training.suggest.run import suggest

SURE, TORN, WAVERING = (
    "committee votes for the tablet",
    "agency writes a letter",
    "trial of an injection ends",
)


class Fake:
    """A model that is as unsure of a text as ``chances`` says, and fails where there is none."""

    def __init__(self, chances: Mapping[str, float]) -> None:
        self.chances, self.asked = chances, list[str]()

    def many(
        self, records: Iterable[Mapping[str, Any]], *, progress: bool = True
    ) -> Iterator[Analysis | Failure]:
        for record in records:
            self.asked.append(record["text"])
            if record["text"] not in self.chances:
                yield Failure(str(record["id"]), "cannot be read", EmptyTextError.__name__)
                continue
            p = self.chances[record["text"]]
            sentiment = Sentiment("positive", p, {"negative": 1 - p, "neutral": 0.0, "positive": p})
            yield factories.bare(
                doc_id=record["id"],
                text=record["text"],
                sentiment=sentiment,
                tone=Tone("positive", 1.0),
            )


MODEL = Fake({SURE: 1.0, TORN: 0.5, WAVERING: 0.8, f"{TORN} again": 0.5})


def chosen(texts: Any, n: int = 50, **options: Any) -> list[str]:
    return [item.record.text for item in suggest(texts, n=n, model=MODEL, **options)]


def test_the_least_sure_comes_first_whatever_the_order() -> None:
    assert (
        chosen([SURE, TORN, WAVERING]) == chosen([WAVERING, SURE, TORN]) == [TORN, WAVERING, SURE]
    )
    assert chosen([SURE, TORN, WAVERING], 1) == [TORN]


def test_more_than_there_are_gives_all() -> None:
    assert len(suggest([SURE, TORN], n=50, model=MODEL)) == 2


def test_the_same_words_twice_are_suggested_once() -> None:
    found = suggest([TORN, f"  {TORN}\n", {"text": TORN, "id": "again"}], n=3, model=MODEL)
    assert (len(found), found.pool, found.duplicates) == (1, 1, 2)
    assert repr(found) == "<Suggestions 1 of 1 releases; 2 duplicates left out>"


def test_score_is_uncertainty_times_novelty_and_the_reasons_say_why() -> None:
    first = suggest([SURE, TORN], n=1, model=MODEL, heads=["sentiment"])[0]
    assert first.uncertainty == pytest.approx(0.63, abs=0.01)
    assert first.score == pytest.approx((0.01 + 0.99 * first.uncertainty) * first.novelty)
    assert [(r.head, r.share) for r in first.reasons] == [("sentiment", 1.0)]
    assert first.why == "sentiment unsure: negative 0.50, positive 0.50 (100%)"


def test_where_the_model_is_sure_of_all_the_varied_ones_come() -> None:
    only = suggest([SURE], n=1, model=MODEL, heads=["tone"])[0]
    assert (only.uncertainty, only.score) == (0.0, pytest.approx(0.01))
    assert only.why == "the model is sure of it; unlike the others"


def test_what_is_labelled_already_is_not_suggested_again_and_says_what_is_labelled(
    tmp_path: Path,
) -> None:
    found = suggest(
        [TORN, SURE], n=2, model=MODEL, labelled=[{"text": TORN, "sentiment": "negative"}]
    )
    assert [item.record.text for item in found] == [SURE]
    assert found[0].proposed == ("sentiment",)
    assert found.labels == {"sentiment": ("negative", "neutral", "positive")}
    found.export(tmp_path / "next.jsonl", to="prodigy")
    task = json.loads((tmp_path / "next.jsonl").read_text(encoding="utf-8"))
    assert len(task["options"]) == 3
    assert "spans" not in task


def test_of_too_many_the_varied_ones_are_read_and_the_result_says_so() -> None:
    model = Fake(MODEL.chances)
    found = suggest([SURE, TORN, f"{TORN} again", WAVERING], n=1, model=model, max_texts=3)
    assert len(model.asked) == 3
    assert SURE in model.asked
    assert WAVERING in model.asked
    assert repr(found) == "<Suggestions 1 of 4 releases; 3 of them read, chosen for variety>"


def test_at_least_as_many_are_read_as_are_asked_for() -> None:
    model = Fake(MODEL.chances)
    assert len(suggest([SURE, TORN, WAVERING], n=3, model=model, max_texts=1)) == 3


def test_what_cannot_be_read_is_listed_and_all_of_it_is_an_error() -> None:
    found = suggest(["unknown", TORN, ""], n=5, model=MODEL)
    assert [f.kind for f in found.failures] == ["DataError", "EmptyTextError"]
    assert [item.record.text for item in found] == [TORN]
    with pytest.raises(DataError, match="not one release could be read"):
        suggest(["unknown"], n=5, model=MODEL)


@pytest.mark.parametrize("n", [0, -1])
def test_none_at_all_cannot_be_asked_for(n: int) -> None:
    with pytest.raises(DataError, match=f"n={n}"):
        suggest([TORN], n=n, model=MODEL)


def test_progress_is_called_after_each_reading() -> None:
    calls: list[tuple[int, int | None]] = []
    suggest(
        [SURE, TORN], n=1, model=MODEL, progress=lambda done, total: calls.append((done, total))
    )
    assert calls == [(0, 2), (1, 2), (2, 2)]


def test_a_slice_is_a_tuple_and_each_is_a_record_with_the_models_labels() -> None:
    found = suggest(
        [Labelled("own", TORN, company="Norvena", sentiment="hawkish")], n=1, model=MODEL
    )
    assert found[:1] == (found[0],)
    assert (found[0].record.company, found[0].record.sentiment, found[0].record.tone) == (
        "Norvena",
        "hawkish",
        "positive",
    )
    assert "sentiment" not in found[0].proposed
    assert "tone" in found[0].proposed


def test_as_a_frame_each_is_a_row_with_its_rank() -> None:
    frame = suggest([SURE, TORN], n=2, model=MODEL).to_frame()
    assert frame["text"].tolist() == [TORN, SURE]
    assert frame["rank"].tolist() == [1, 2]
    assert list(frame.columns) == [
        "rank",
        "id",
        "score",
        "uncertainty",
        "novelty",
        "why",
        "sentiment",
        "text",
    ]


def test_our_own_format_holds_all_labels_and_says_which_are_the_models(tmp_path: Path) -> None:
    assert suggest([TORN], n=1, model=MODEL).export(tmp_path / "next.jsonl") == []
    plain = json.loads((tmp_path / "next.jsonl").read_text(encoding="utf-8"))
    assert plain["sentiment"] == "positive"
    assert plain["events"] == []
    assert plain["suggested"]["proposed"] == [
        "entities",
        "sentiment",
        "tone",
        "risk_clauses",
        "risk_factors",
        "events",
        "votes",
        "catalysts",
    ]
    assert plain["suggested"]["score"] > 0


@pytest.mark.parametrize("tool", ["prodigy", "doccano", "label_studio"])
def test_a_tool_gets_no_label_that_nobody_can_correct_there(tmp_path: Path, tool: str) -> None:
    target = tmp_path / ("next.json" if tool == "label_studio" else "next.jsonl")
    suggest([TORN], n=1, model=MODEL).export(target, to=tool)
    text = target.read_text(encoding="utf-8")
    assert TORN in text
    assert "positive" in text
    for key in ("events", "votes", "catalysts", "risk_clauses"):
        assert f'"{key}"' not in text


def test_proposals_are_no_answers(tmp_path: Path) -> None:
    found = suggest([TORN], n=1, model=MODEL)
    found.export(tmp_path / "next.json")
    task = json.loads((tmp_path / "next.json").read_text(encoding="utf-8"))[0]
    assert "annotations" not in task
    assert task["predictions"][0]["result"]
    found.export(tmp_path / "tasks.jsonl", to="prodigy")
    assert "answer" not in json.loads((tmp_path / "tasks.jsonl").read_text(encoding="utf-8"))


def test_predictions_are_not_read_as_labelled(tmp_path: Path) -> None:
    suggest([TORN], n=1, model=MODEL).export(tmp_path / "next.json")
    read = records(tmp_path / "next.json")[0]
    assert (read.sentiment, read.entities, read.tone, read.risk_factors) == (None, None, None, None)


def test_what_nobody_has_answered_is_not_read_as_labelled(tmp_path: Path) -> None:
    target = tmp_path / "tasks.jsonl"
    suggest([TORN], n=1, model=MODEL).export(target, to="prodigy")
    read = records(target)[0]
    assert (read.sentiment, read.entities, read.tone, read.risk_factors) == (None, None, None, None)
    suggest([{"text": TORN, "sentiment": "hawkish"}], n=1, model=MODEL).export(
        target, to="prodigy", overwrite=True
    )
    assert (records(target)[0].sentiment, records(target)[0].entities) == ("hawkish", None)
    task = json.loads(target.read_text(encoding="utf-8"))
    corrected = {**task, "accept": ["sentiment:negative"], "answer": "accept"}
    target.write_text(json.dumps(corrected), encoding="utf-8")
    read = records(target)[0]
    assert (read.sentiment, read.tone, read.entities, read.events) == ("negative", None, (), None)


def test_every_label_is_offered_and_not_only_those_proposed(tmp_path: Path) -> None:
    found = suggest([TORN], n=1, model=MODEL)
    assert found.labels["sentiment"] == ("negative", "neutral", "positive")
    assert found.labels["entities"] == ("drug", "indication", "agency", "vote_outcome")
    assert len(found.labels["risk_factors"]) == 20
    found.export(tmp_path / "next.jsonl", to="prodigy")
    task = json.loads((tmp_path / "next.jsonl").read_text(encoding="utf-8"))
    options = [option["id"] for option in task["options"]]
    assert options[:4] == [
        "sentiment:negative",
        "sentiment:neutral",
        "sentiment:positive",
        "tone:negative",
    ]
    assert "risk_factors:safety" in options
    assert task["accept"] == ["sentiment:positive", "tone:positive"]


def test_label_studio_gets_the_interface_whose_controls_the_predictions_name(
    tmp_path: Path,
) -> None:
    suggest([TORN], n=1, model=MODEL).export(tmp_path / "next.json")
    controls = {
        element.get("name"): element for element in ElementTree.parse(tmp_path / "next.xml").iter()
    }
    task = json.loads((tmp_path / "next.json").read_text(encoding="utf-8"))[0]
    assert {result["from_name"] for result in task["predictions"][0]["result"]} <= set(controls)
    assert [choice.get("value") for choice in controls["sentiment"]] == [
        "negative",
        "neutral",
        "positive",
    ]
    assert controls["label"].get("toName") == controls["text"].get("name") == "text"
    assert controls["risk_factors"].get("choice") == "multiple"


def test_what_was_exported_reads_back_with_its_text_and_id(tmp_path: Path) -> None:
    found = suggest([TORN, SURE], n=2, model=MODEL)
    for tool, name in (
        ("prodigy", "p.jsonl"),
        ("doccano", "d.jsonl"),
        ("jsonl", "j.jsonl"),
        ("label_studio", "l.json"),
    ):
        found.export(tmp_path / name, to=tool)
        read = records(tmp_path / name)
        assert [(r.id, r.text) for r in read] == [
            (item.record.id, item.record.text) for item in found
        ], tool


@pytest.mark.parametrize(("name", "to"), [("next.txt", None), ("next.jsonl", "brat")])
def test_an_unknown_tool_is_refused_before_anything_is_written(
    tmp_path: Path, name: str, to: str | None
) -> None:
    with pytest.raises((OutputError, DataError), match=r"prodigy.*, doccano.*, label_studio"):
        suggest([TORN], n=1, model=MODEL).export(tmp_path / name, to=to)
    assert list(tmp_path.iterdir()) == []


def test_a_file_somebody_may_have_labelled_in_is_not_overwritten_by_chance(tmp_path: Path) -> None:
    target, found = tmp_path / "next.jsonl", suggest([TORN], n=1, model=MODEL)
    target.write_text("labelled by hand", encoding="utf-8")
    with pytest.raises(OutputError, match="exists"):
        found.export(target)
    assert target.read_text(encoding="utf-8") == "labelled by hand"
    found.export(target, overwrite=True)
    assert TORN in target.read_text(encoding="utf-8")


def test_a_table_is_read_and_written_by_its_own_names(tmp_path: Path) -> None:
    (tmp_path / "pool.csv").write_text(f"key,body\na,{TORN}\nb,{SURE}\n", encoding="utf-8")
    found = suggest(
        [tmp_path / "pool.csv"], n=2, model=MODEL, columns={"body": "text", "key": "id"}
    )
    assert [item.record.id for item in found] == ["a", "b"]
    found.export(tmp_path / "next.csv")
    read = records(tmp_path / "next.csv")
    assert [(r.id, r.sentiment, r.events) for r in read] == [
        ("a", "positive", None),
        ("b", "positive", None),
    ]
