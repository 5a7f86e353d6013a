"""Where the data lies that the scripts read and write."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
RELEASES = DATA / "releases"
MODELS = ROOT / "models"
