"""Who is told how far a long call has come."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from eventrisk.show.progress import TerminalProgress
from eventrisk.training.check import check
from eventrisk.training.convert import convert
from eventrisk.training.progress import Listener, Progress, listening

Told = list[tuple[int, int | None]]


def work(listener: Listener) -> None:
    """Two stages, of which the first has no known end."""
    listener.stage("learning")
    listener.figures(20, 3.5, None)
    listener.stage("measuring", 2)
    listener.advance(1)
    listener.advance(2)


def test_a_function_hears_what_is_done_of_how_much_from_the_beginning_of_each_stage() -> None:
    told: Told = []
    with listening(lambda done, total: told.append((done, total))) as listener:
        work(listener)
    assert told == [(0, None), (0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize("progress", [True, False])
def test_nothing_is_written_where_nobody_watches(
    progress: Progress, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening(progress) as listener:
        work(listener)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_each_stage_with_its_number() -> None:
    screen = io.StringIO()
    with TerminalProgress(Console(file=screen, force_terminal=True, width=100)) as listener:
        work(listener)
    shown = screen.getvalue()
    assert "learning" in shown
    assert "measuring" in shown
    assert "2/2" in shown


def test_an_error_of_the_function_ends_the_call() -> None:
    def stop(done: int, total: int | None) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        check([{"text": "The agency approved Velorin."}], progress=stop)


def test_a_check_counts_the_records_that_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "three.jsonl"
    texts = ["The agency approved Velorin.", "The trial of Norvex failed."]
    path.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts) + "no record\n")
    told: Told = []
    check(path, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_conversion_counts_the_records_as_they_are_read(tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": f"The agency approved Velorin {n} times."} for n in range(3)]
    told: Told = []
    convert(rows, tmp_path / "a.jsonl", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, None), (1, None), (2, None), (3, None)]
    told.clear()
    folder = tmp_path / "corpus"
    convert(
        [row | {"entities": [[20, 27, "drug"]]} for row in rows],
        folder,
        to="spacy-train",
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, None)]
