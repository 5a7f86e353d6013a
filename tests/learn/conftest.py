"""Classifiers of the small training set, and a bundle of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventrisk.learn.fit.heads import train_heads
from eventrisk.learn.heads import Heads
from training_set import examples


@pytest.fixture(scope="session")
def heads() -> Heads:
    return train_heads(examples())[0]


@pytest.fixture
def bundle_path(heads: Heads, tmp_path: Path) -> Path:
    from eventrisk.learn.save import save

    return save(
        tmp_path / "mine-1.2.0",
        pipeline=_pipeline,
        heads=heads,
        card="# mine\n",
        data_sha256="0" * 64,
        settings={"seed": 0},
        metrics={},
    ).path


def _pipeline(path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(path)
