"""The notebooks run from top to bottom, and are stored without their outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TABLES = {
    "01_quickstart.ipynb": "scores.csv",
    "02_train_on_your_releases.ipynb": "02_work/scores.csv",
}
SLOWEST = 600  # seconds for one cell; training takes half a minute on an idle core


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert not [
        cell
        for cell in cells
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count)
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_a_notebook_runs_and_shows_a_card_and_a_picture(path: Path, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(tmp_path / "notebooks")}}
    NotebookClient(notebook, timeout=SLOWEST, resources=resources).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output.get("data", {}) for output in outputs]
    assert any("er-card" in data.get("text/html", "") for data in shown)
    assert any("image/png" in data for data in shown)
    assert (tmp_path / "notebooks" / TABLES[path.name]).read_text(encoding="utf-8").count("\n") >= 9
    assert not [
        output for output in outputs if str(tmp_path) in str(output) or str(ROOT) in str(output)
    ]
    assert not [output for output in outputs if output.get("name") == "stderr"]


def test_the_training_shows_its_report_and_what_tools_give_back() -> None:
    """What a reader must find in the second notebook; that it runs is tested above."""
    path = ROOT / "notebooks" / "02_train_on_your_releases.ipynb"
    code = "\n".join(
        cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
    )
    calls = ("check", "train", "load", "to_csv", "evaluate", "compare", "suggest", "convert")
    assert [name for name in calls if f"eventrisk.{name}(" not in code] == []
