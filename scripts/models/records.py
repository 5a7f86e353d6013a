"""The labelled releases as records that a model is trained on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from eventrisk.heads import HEADS
from eventrisk.labelled import Labelled
from eventrisk.learn.seen_texts import SeenTexts
from eventrisk.training import data
from scripts.corpus import build


def labelled(work: Path) -> tuple[list[Labelled], str]:
    """All records, and the sha256 of their JSON Lines, which are written into the folder ``work``.

    Stops with the corpus's problems if it has any.
    """
    path = work / "corpus.jsonl"
    try:
        path.write_text(build.to_jsonl(build.corpus()), encoding="utf-8")
    except build.CorpusError as error:
        raise SystemExit(f"data/releases has problems:\n{error}") from error
    return data.records(path), hashlib.sha256(path.read_bytes()).hexdigest()


def seen_texts(records: Sequence[Labelled]) -> SeenTexts:
    """What the default model has learnt from: all heads from all texts, since its rules were mended
    on them too.
    """
    return SeenTexts.of([record.text for record in records], [HEADS] * len(records))
