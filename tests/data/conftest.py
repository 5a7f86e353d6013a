"""Puts ``data/`` on the path, and reads the corpus once for all tests of it."""

import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
sys.path.insert(0, str(DATA))  # data/ holds scripts, not a package


@pytest.fixture(scope="session")
def read():
    """All records, and the problems found on the way."""
    import build

    return build.read_all(sorted(build.RELEASES.glob("*.txt")))
