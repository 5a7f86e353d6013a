"""A label set that is not ours on text that is not ours: a part of a public corpus from outside of
the project.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from eventrisk.names.augment import Labelled
from eventrisk.nlp.pipeline import BEFORE_NER, assemble
from eventrisk.nlp.train.custom import train_custom
from eventrisk.training.data import records
from eventrisk.training.train.names import clean_texts

CORPUS = Path(__file__).parents[3] / "shared" / "bc5cdr"


def part(name: str, count: int) -> list[Labelled]:
    return clean_texts(records(CORPUS / name, "conll"))[:count]


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus lies beside the project")
def test_a_hundred_and_twenty_records_teach_chemicals_and_diseases() -> None:
    nlp = assemble(BEFORE_NER)
    trained = train_custom(nlp, part("train.tsv", 120), part("devel.tsv", 40))
    assert nlp.get_pipe("own").labels == ("Chemical", "Disease")  # type: ignore[attr-defined]
    assert trained.scores["f"] >= 0.70
