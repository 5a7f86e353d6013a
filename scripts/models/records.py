"""The labelled releases as records that a model is trained on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eventrisk.heads import HEADS
from eventrisk.labelled import Labelled
from eventrisk.learn.seen_texts import SeenTexts
from eventrisk.training import data
from scripts.corpus import build

BUSINESS = "business_other"


def labelled(work: Path) -> tuple[list[Labelled], str]:
    """All records, and the sha256 of their JSON Lines, which are written into the folder ``work``.

    Stops with the corpus's problems if it has any.
    """
    path = work / "corpus.jsonl"
    try:
        path.write_text(build.to_jsonl(build.corpus()), encoding="utf-8")
    except build.CorpusError as error:
        raise SystemExit(f"data/releases has problems:\n{error}") from error
    return [_judged(record) for record in data.records(path)], hashlib.sha256(
        path.read_bytes()
    ).hexdigest()


def _judged(record: Labelled) -> Labelled:
    """The record with its relevance: a text that tells or plans an event of the field is of it,
    whoever labelled it; of others it is known only where the label says so.
    """
    told = [event for event in record.events or () if event["type"] != BUSINESS]
    if record.relevance is None and (told or record.votes or record.catalysts):
        return replace(record, relevance="yes")
    return record


def seen_texts(records: Sequence[Labelled]) -> SeenTexts:
    """What the default model has learnt from: all heads from all texts, since its rules were mended
    on them too.
    """
    return SeenTexts.of([record.text for record in records], [HEADS] * len(records))
