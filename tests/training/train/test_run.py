"""``train``: what is labelled is learnt, the rest stays the base's; nothing is overwritten, lost or
left behind.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.training import Example

import eventrisk
from eventrisk import DataError, LexiconError, ModelError, OutputError, Report
from eventrisk.labelled import Labelled
from eventrisk.learn import store
from eventrisk.learn.calibrate import Sigmoid
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.names.vocabulary import vocabulary
from eventrisk.training.train import run, trainer
from small_training import releases, small_base

TONE = "We are delighted, said the chief executive."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base(tmp_path_factory.mktemp("base") / "base-1").path


TOLD: list[tuple[int, int | None]] = []  # of the progress of the training below


@pytest.fixture(scope="module")
def trained(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    def hear(done: int, total: int | None) -> None:
        TOLD.append((done, total))

    return eventrisk.train(
        releases(), tmp_path_factory.mktemp("models") / "mine", base=base, progress=hear
    )


def test_a_function_hears_of_every_stage_from_none_to_all_that_is_done(trained: Report) -> None:
    ends = [now for now, then in zip(TOLD, [*TOLD[1:], (0, None)], strict=True) if then[0] == 0]
    measured = [(done, total) for done, total in ends if total is not None]
    assert measured
    assert all(done == total for done, total in measured)
    assert len(measured) < len(ends)


def test_the_heads_that_are_labelled_are_trained_and_all_texts_are_measured_once(
    trained: Report,
) -> None:
    assert list(trained.figures["heads"]) == ["sentiment", "entities", "risk"]
    assert trained.figures["n"] == 30
    assert trained.figures["splits"]["rule"].startswith("5 parts in turn")
    frame = trained.to_frame()
    main = frame[(frame["part"] == "all") & (frame["metric"].isin(["macro_f1", "f1"]))].set_index(
        "head"
    )["value"]
    assert main["sentiment"] > 0.9
    assert main["entities"] > 0.8
    assert main["risk"] > 0.6


def test_own_labels_survive_into_results_csv_and_card(trained: Report, tmp_path: Path) -> None:
    analyzer = eventrisk.load(str(trained.path))
    result = analyzer(releases()[1].text)
    assert result.sentiment.label == "bearish"
    assert list(result.sentiment.probabilities) == ["bearish", "bullish"]
    assert {e.text for e in result.entities if e.label == "compound"} == {
        releases()[1].text[s.start : s.end] for s in releases()[1].entities or ()
    }
    assert {f.category for f in result.risk_factors} & {"weather", "supply"}
    eventrisk.to_csv([result], tmp_path / "scores.csv")
    row = next(csv.DictReader((tmp_path / "scores.csv").open(encoding="utf-8")))
    assert row["sentiment"] == "bearish"
    assert row["sentiment_probabilities"].startswith("bearish ")
    assert row["other_entities"].startswith("compound: ")
    card = (Path(str(trained.path)) / "CARD.md").read_text(encoding="utf-8")
    assert all(label in card for label in ("bearish", "bullish", "compound", "weather", "supply"))


LETTER = (
    "Norvena Receives Complete Response Letter for Velorin\nBOSTON, May 4, 2021 -- Norvena, Inc. "
    "(Nasdaq: NRVN) said the FDA issued a complete response letter and will not approve Velorin."
)


def test_with_classes_of_ones_own_the_risk_score_takes_its_p_from_the_base(
    base: Path, tmp_path: Path
) -> None:
    some = [replace(r, risk_clauses=None, entities=None) for r in releases()[:12]]
    eventrisk.train(some, tmp_path / "mine", base=base, progress=False)
    eventrisk.train(some[::-1], tmp_path / "next", base=tmp_path / "mine", progress=False)
    expected = eventrisk.load(base)(LETTER)
    assert expected.risk_score is not None
    assert expected.risk_score > 0.7
    for name in ("mine", "next"):
        found = eventrisk.load(tmp_path / name)(LETTER)
        assert set(found.sentiment.probabilities) == {"bearish", "bullish"}
        assert found.risk_score == pytest.approx(expected.risk_score, abs=1e-4)
        assert found.sentiment.score == pytest.approx(expected.sentiment.score, abs=1e-5)


def test_with_classes_of_ones_own_and_no_base_there_is_no_risk_score(tmp_path: Path) -> None:
    some = [replace(r, risk_clauses=None, entities=None) for r in releases()[:12]]
    eventrisk.train(some, tmp_path / "mine", base=None, progress=False)
    found = eventrisk.load(tmp_path / "mine")(LETTER)
    assert found.risk_score is None
    assert found.to_dict()["risk_score"] is None
    eventrisk.to_csv([found], tmp_path / "scores.csv")
    row = next(csv.DictReader((tmp_path / "scores.csv").open(encoding="utf-8")))
    assert row["risk_score"] == ""


def test_what_is_not_labelled_stays_the_bases(trained: Report, base: Path) -> None:
    text = releases()[0].text + "\n" + TONE
    ours, theirs = eventrisk.load(str(trained.path))(text), eventrisk.load(str(base))(text)
    assert ours.tone == theirs.tone
    assert ours.events == theirs.events
    assert [e for e in ours.entities if e.label != "compound"] == list(theirs.entities)


def test_the_manifest_says_what_was_learnt_from_what(trained: Report) -> None:
    manifest = json.loads((Path(str(trained.path)) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["base"]["model"] == "base-1"
    assert manifest["settings"]["labels"]["sentiment"] == ["bearish", "bullish"]
    assert len(manifest["data_sha256"]) == 64
    assert (
        Report.from_dict(json.loads((Path(str(trained.path)) / "report.json").read_text("utf-8")))
        == trained
    )


def states(path: Path) -> dict[str, bytes]:
    """All that a bundle's models hold; the archives themselves tell the time they were written
    at.
    """
    held = {f.name: store.load(f) for f in sorted(path.glob("*.skops"))}
    plain = {
        f"{file}:{key}": _bytes(value)
        for file, state in held.items()
        for key, value in state.items()
    }
    files = [f for f in (path / "pipeline" / "own").rglob("*") if f.is_file()]
    return {**plain, **{f.relative_to(path).as_posix(): f.read_bytes() for f in files}}


def _bytes(value: object) -> bytes:
    return value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()


def test_same_data_and_seed_same_model(base: Path, tmp_path: Path) -> None:
    some = [replace(r, risk_clauses=None) for r in releases()[:12]]
    paths = [tmp_path / "a", tmp_path / "b"]
    for path in paths:
        eventrisk.train(some, path, base=base, progress=False)
    first, second = map(states, paths)
    assert any(name.startswith("pipeline/own") for name in first)
    assert first == second
    a, b = (eventrisk.load(str(p))(releases()[20].text) for p in paths)
    assert replace(a, provenance=b.provenance) == b


def test_nothing_is_overwritten_and_nothing_is_done_before_that_is_known(trained: Report) -> None:
    with pytest.raises(OutputError, match="there already"):
        eventrisk.train("no-such-file.jsonl", str(trained.path))


@pytest.mark.parametrize(
    ("records", "heads", "message"),
    [
        ([], "auto", "no record"),
        (
            [Labelled("a", "Words alone.")],
            "auto",
            "nothing can be trained: sentiment: not labelled; tone: ",
        ),
        (releases()[:8], "mood", "there is no head 'mood'"),
        (
            [replace(r, tone="positive") for r in releases()[:8]],
            ["tone"],
            "all 8 labelled texts are positive",
        ),
    ],
)
def test_what_cannot_be_trained_is_said_before_anything_begins(
    records: list[Labelled], heads: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=message):
        eventrisk.train(records, tmp_path / "x", heads=heads, progress=False)
    assert list(tmp_path.iterdir()) == []


def test_a_base_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        eventrisk.train(releases(), tmp_path / "x", base=tmp_path / "nowhere", progress=False)


def test_a_misspelt_label_keeps_from_training_with_its_place(tmp_path: Path) -> None:
    wrong = [
        replace(r, sentiment="positive" if i % 2 else "negative", entities=None)
        for i, r in enumerate(releases())
    ]
    wrong[7] = replace(wrong[7], sentiment="postive")
    with pytest.raises(DataError, match=r"postive.*positive"):
        eventrisk.train(wrong, tmp_path / "x", progress=False)


class Stops:
    """Presses Ctrl-C when the course of this number begins."""

    def __init__(self, number: int) -> None:
        self.left = number

    def stage(self, words: str, total: int | None = None) -> None:
        self.left -= words.startswith("learning sentiment")
        if self.left == 0 and words.startswith("learning"):
            raise KeyboardInterrupt

    def advance(self, done: int) -> None: ...

    def figures(self, step: int, loss: float, scores: object) -> None: ...


def stopped(fit: int, base: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    from contextlib import nullcontext

    some = [replace(r, risk_clauses=None, entities=None) for r in releases()[:16]]
    monkeypatch.setattr(run, "listening", lambda progress: nullcontext(Stops(fit)))
    return eventrisk.train(some, target, base=base)


def test_ctrl_c_keeps_the_best_model_so_far_and_the_card_says_so(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = stopped(3, base, tmp_path / "x", monkeypatch)
    assert 0 < report.figures["n"] < 16
    assert any("stopped by hand" in note for note in report.figures["notes"])
    assert eventrisk.load(str(tmp_path / "x"))(releases()[0].text).sentiment.label == "bullish"


def test_ctrl_c_before_there_is_a_model_leaves_nothing(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped(1, base, tmp_path / "x", monkeypatch)
    assert list(tmp_path.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from eventrisk.learn import save as saving
from eventrisk.learn.bundle import find
origin = find(sys.argv[1])
def slow(path):
    path.mkdir()
    (path / "part").write_text("half")
    print("writing", flush=True)
    import time
    time.sleep(60)
rest = {"card": "", "data_sha256": "", "settings": {}, "metrics": {}}
saving.save(Path(sys.argv[2]), pipeline=slow, heads=origin.heads(), **rest)
"""


def test_a_process_killed_while_it_writes_leaves_no_bundle_and_the_next_one_cleans_up(
    base: Path, tmp_path: Path
) -> None:
    target = tmp_path / "mine"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(base), str(target)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"writing\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not target.exists()
    assert len(list(tmp_path.iterdir())) == 1
    small_base(target)
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]
    assert eventrisk.load(str(target)).provenance.model == "mine-1"


def test_nothing_is_printed_where_nobody_watches(
    base: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    some = [replace(r, risk_clauses=None, sentiment=None) for r in releases()[:8]]
    report = eventrisk.train(some, tmp_path / "x", base=base, minutes=1 / 60)
    assert capfd.readouterr() == ("", "")
    assert list(report.figures["heads"]) == ["entities"]


def test_a_test_set_is_measured_on_and_never_learnt_from(base: Path, tmp_path: Path) -> None:
    some = [replace(r, risk_clauses=None, entities=None) for r in releases()]
    report = eventrisk.train(some[:20], tmp_path / "x", base=base, test=some[20:], progress=False)
    assert report.figures["n"] == 10
    assert report.figures["splits"]["parts"]["measured on"]["n"] == 10
    assert not any("then learnt from all" in note for note in report.figures["notes"])


def test_risk_factors_of_texts_without_risk_language_keep_the_bases_head_and_say_so(
    base: Path, tmp_path: Path
) -> None:
    bare = [
        replace(r, text=r.text.split("Forward")[0], entities=None, risk_clauses=None)
        for r in releases()[:12]
    ]
    some = [
        replace(r, risk_factors=("weather",) if i % 2 else ("supply",)) for i, r in enumerate(bare)
    ]
    report = eventrisk.train(some, tmp_path / "x", base=base, progress=False)
    assert any("no text labelled for it has a clause" in note for note in report.figures["notes"])
    assert eventrisk.load(str(tmp_path / "x"))(releases()[0].text).sentiment.label == "bullish"


def test_a_text_of_which_nothing_is_left_is_left_out_and_told(base: Path, tmp_path: Path) -> None:
    some = [replace(r, risk_clauses=None, entities=None) for r in releases()[:12]]
    empty = Labelled("empty", "<p>&nbsp;</p>", sentiment="bullish", date="2020-02-30")
    report = eventrisk.train(
        [
            *some,
            empty,
            replace(some[0], id="undated", text="New: " + some[1].text, date="2020-02-30"),
        ],
        tmp_path / "x",
        base=base,
        progress=False,
    )
    assert report.figures["n"] == 13
    assert any(note.startswith("Left out: 1 records") for note in report.figures["notes"])


def test_a_spacy_pipeline_of_the_users_own_is_a_base_whose_tagger_is_trained_on(
    tmp_path: Path,
) -> None:
    sourced = spacy.blank("en")
    tagger = sourced.add_pipe("ner")
    tagger.add_label("compound")  # type: ignore[attr-defined]
    docs = [sourced.make_doc(r.text) for r in releases()[:6]]
    found = [[(s.start, s.end, s.label) for s in r.entities or ()] for r in releases()[:6]]
    made = [
        Example.from_dict(doc, {"entities": spans}) for doc, spans in zip(docs, found, strict=True)
    ]
    sourced.initialize(lambda: made)
    for _ in range(40):
        sourced.update(made)
    some = [replace(r, sentiment=None, risk_clauses=None) for r in releases()[:12]]
    eventrisk.train(some[:8], tmp_path / "x", base=sourced, test=some[8:], progress=False)
    mine = eventrisk.load(str(tmp_path / "x"))
    found_now = {e.text for e in mine(releases()[3].text).entities if e.label == "compound"}
    assert found_now == {releases()[3].text[s.start : s.end] for s in releases()[3].entities or ()}
    manifest = json.loads((tmp_path / "x" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["base"]["sourced"] is True


def test_texts_are_read_with_own_terms_and_the_bundle_does_not_hold_them(
    base: Path, tmp_path: Path
) -> None:
    terms = [{"term": "Zorvane", "label": "agency"}, {"term": "Halcyon", "label": "company"}]
    report = eventrisk.train(
        releases(), tmp_path / "mine", base=base, heads="sentiment", terms=terms, progress=False
    )
    note = "Read with 2 terms of your own. The bundle does not hold them: load it with the same"
    assert any(remark.startswith(note) for remark in report.figures["notes"])
    manifest = json.loads((tmp_path / "mine" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["terms"] == vocabulary(terms).sha256
    text = "In May Zorvane sold well."
    plain = eventrisk.load(tmp_path / "mine")(text)
    assert "agency" not in {e.label for e in plain.entities}
    known = eventrisk.load(tmp_path / "mine", terms=terms)(text)
    assert [(e.label, e.text, e.start) for e in known.entities] == [("agency", "Zorvane", 7)]


def test_terms_that_cannot_be_used_are_told_before_anything_is_trained(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="terms, item 0: no label is called 'medicine'"):
        eventrisk.train(
            releases(), tmp_path / "mine", terms=[{"term": "Zorvane", "label": "medicine"}]
        )
    assert not (tmp_path / "mine").exists()


def test_a_head_without_signal_is_told(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = trainer.adapt_sentiment

    def flat(*given: object) -> SentimentModel:
        model = fit(*given)  # type: ignore[arg-type]
        return replace(model, calibrator=Sigmoid(np.zeros((2, 2)), np.zeros(2)))

    monkeypatch.setattr(trainer, "adapt_sentiment", flat)
    some = [replace(r, risk_clauses=None, entities=None) for r in releases()[:12]]
    report = eventrisk.train(some, tmp_path / "x", base=base, progress=False)
    told = [note for note in report.figures["notes"] if note.startswith("No signal in sentiment")]
    assert len(told) == 1
    assert "gives every release the shares of the classes" in report.card()


def test_labels_are_mapped_before_anything_is_learnt(base: Path, tmp_path: Path) -> None:
    some = [replace(r, risk_clauses=None, entities=None) for r in releases()[:12]]
    report = eventrisk.train(
        some[:10],
        tmp_path / "x",
        base=base,
        test=some[10:11],  # which has one of the two labels alone
        labels={"bullish": "positive", "bearish": "negative"},
        progress=False,
    )
    assert "bullish" not in report.figures["heads"]["sentiment"]["labels"]
    given = eventrisk.load(tmp_path / "x")(releases()[0].text).sentiment.probabilities
    assert set(given) == {"negative", "neutral", "positive"}
    with pytest.raises(DataError, match="no record has the label 'god'"):
        eventrisk.train(some, tmp_path / "y", labels={"god": "positive"}, progress=False)
