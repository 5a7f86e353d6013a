"""Reads the corpus once for all tests of it."""

import pytest

from scripts.corpus import build
from scripts.paths import RELEASES


@pytest.fixture(scope="session")
def read():
    """All records, and the problems found on the way."""
    return build.read_all(RELEASES.glob("*.txt"))
