"""The labelled releases as records that a model is trained on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from eventrisk.labelled import Labelled
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
