"""The built wheel, installed apart from the source, does the main job offline from its own
model.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
import eventrisk
assert eventrisk.__file__.startswith(sys.argv[1]), eventrisk.__file__
text = "FDA Lifts Hold on Ravexin\\nBOSTON, May 4, 2021 -- The FDA lifted the hold on Ravexin."
r = eventrisk.analyze(text)
print(r.news[0].type, r.sentiment.label, r.provenance.model)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(out),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_lexicons_one_model_and_no_pickle(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "eventrisk/py.typed" in names
    assert any(n.startswith("eventrisk/lexicons/") and n.endswith(".tsv") for n in names)
    assert len({n.split("/")[2] for n in names if n.startswith("eventrisk/models/")}) == 1
    assert not [n for n in names if n.endswith((".pkl", ".pickle", ".joblib"))]
    assert not [n for n in names if n.startswith(("tests", "data", "scripts"))]


def test_the_model_in_the_wheel_stays_below_twenty_megabytes(wheel: Path) -> None:
    entries = zipfile.ZipFile(wheel).infolist()
    assert 0 < sum(e.file_size for e in entries if "/models/" in e.filename) <= 20_000_000


def test_the_wheel_reads_a_release_out_of_reach_of_the_source(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(home)
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run = [sys.executable, "-I", "-c", SCRIPT, str(home)]
    out = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, env=clean, check=False)
    assert out.returncode == 0, out.stderr
    assert out.stdout.split()[:2] == ["clinical_hold_lifted", "positive"]
