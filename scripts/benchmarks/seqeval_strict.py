"""Entities of a model in the tokens of a tagged corpus, scored by seqeval's strict scheme (IOB2).

python -m scripts.benchmarks.seqeval_strict MODEL TEST.tsv

The text is the file's tokens with a blank between them; a span that the model finds covers the
tokens it touches.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

import eventrisk
from eventrisk.labelled import Labelled, Span
from eventrisk.training import data

TOKEN = re.compile(r"\S+")


def tags(text: str, spans: list[Span]) -> Iterator[list[str]]:
    """The tags of each line's tokens; of spans over one token the first counts."""
    at = 0
    for line in text.split("\n"):
        line_tags = []
        for token in TOKEN.finditer(line):
            start, end = at + token.start(), at + token.end()
            span = next((s for s in spans if s.start < end and start < s.end), None)
            line_tags.append(
                "O" if span is None else f"{'B' if span.start >= start else 'I'}-{span.label}"
            )
        yield line_tags
        at += len(line) + 1


def main() -> None:
    """Reads, compares, prints seqeval's report."""
    analyzer = eventrisk.load(sys.argv[1])
    records: list[Labelled] = data.records(Path(sys.argv[2]), "conll")
    labels = {span.label for record in records for span in record.entities or ()}
    gold: list[list[str]] = []
    predicted: list[list[str]] = []
    for record in records:
        spans = [
            Span(e.start, e.end, e.label)
            for e in analyzer(record.text).entities
            if e.label in labels
        ]
        gold += tags(record.text, list(record.entities or ()))
        predicted += tags(record.text, spans)
    print(classification_report(gold, predicted, mode="strict", scheme=IOB2, digits=4))


if __name__ == "__main__":
    main()
