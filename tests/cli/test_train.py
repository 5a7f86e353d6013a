"""``eventrisk train``: its options mean what those of ``train`` in Python do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eventrisk.cli import main
from eventrisk.errors import DataError
from eventrisk.training.predictions import predictions_of
from eventrisk.training.report import Report, report_of
from eventrisk.training.train import run
from report_records import RECORDS, Reads


def test_options_are_handed_on_as_they_are_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: dict[str, Any] = {}

    def train(data: object, out: object, **options: object) -> Report:
        told.update(options, data=data, out=out)
        return report_of(predictions_of(RECORDS, Reads("m")), model="m", data="d")  # type: ignore[arg-type]

    monkeypatch.setattr(run, "train", train)
    with pytest.raises(SystemExit) as ended:
        main(
            [
                *("train", "a.csv", "--out", "mine", "--minutes", "1.5", "--folds", "7"),
                *("--label", "good=positive", "--label", "a=b=negative", "--seed", "3"),
            ]
        )
    assert int(ended.value.code or 0) == 0
    assert told["minutes"] == 1.5
    assert (told["folds"], told["seed"]) == (7, 3)
    assert told["labels"] == {"good": "positive", "a=b": "negative"}
    assert "saved mine" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("heads", "last"),
    [
        (["tone"], "saved mine; its card is mine/CARD.md"),
        ([], "saved mine; its card is mine/CARD.md; nothing was measured, the report says why"),
    ],
)
def test_the_last_line_says_where_nothing_was_measured(
    heads: list[str],
    last: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = predictions_of(RECORDS, Reads("m"))  # type: ignore[arg-type]
    report = report_of(rows, model="m", data="d", heads=heads)
    monkeypatch.setattr(run, "train", lambda *_, **__: report)
    with pytest.raises(SystemExit):
        main(["train", "a.csv", "--out", "mine"])
    assert capsys.readouterr().err.splitlines()[-1] == f"eventrisk: {last}"


@pytest.mark.parametrize("minutes", [0, -1.5, float("nan"), float("inf"), "ten"])
def test_minutes_in_which_nothing_can_be_learnt_are_refused(minutes: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=f"minutes: a number above 0 is needed, not {minutes!r}"):
        run.train("nowhere.csv", tmp_path / "mine", minutes=minutes, progress=False)


def test_minutes_are_minutes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def trained(plan: object, name: str, listener: object, budget: float | None) -> None:
        raise Stop(budget)

    monkeypatch.setattr(run, "_trained", trained)
    some = [
        {"text": f"{r.text} {n} times.", "sentiment": r.sentiment} for n, r in enumerate(RECORDS)
    ]
    with pytest.raises(Stop) as stopped:
        run.train(some, tmp_path / "mine", minutes=1.5, progress=False)
    assert stopped.value.args == (90.0,)
