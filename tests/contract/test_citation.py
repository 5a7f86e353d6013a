"""``CITATION.cff`` is what the Citation File Format 1.2.0 asks for, and of the version there is."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

import eventrisk

FILE = Path(__file__).parents[2] / "CITATION.cff"
REQUIRED = {"cff-version", "message", "title", "authors"}
OPTIONAL = {"abstract", "keywords", "license", "type", "version"}


def test_it_names_software_version_licence_and_authors() -> None:
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert set(found) >= REQUIRED
    assert set(found) <= REQUIRED | OPTIONAL
    assert found["cff-version"] == "1.2.0"
    assert found["type"] == "software"
    assert found["version"] == eventrisk.__version__
    assert found["license"] == "Apache-2.0"
    assert found["authors"] == [{"name": "The eventrisk authors"}]  # an entity, not a person
    assert all(isinstance(word, str) for word in found["keywords"])
    assert len(set(found["keywords"])) == len(found["keywords"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", found["version"])
