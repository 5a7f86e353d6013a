"""How well names are found in slices of the corpus that the NER was not trained on; writes
``ner_metrics.json``.

python -m scripts.models.held_out    trains on four fifths of the slices (minutes), reads the rest

Exact precision, recall and F1 of entities as the whole pipeline gives them (NER, finders,
consistency), with 95 % intervals from a bootstrap over texts. The card prints the file.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eventrisk.labelled import Labelled
from eventrisk.learn.fit.folds import slice_of
from eventrisk.nlp.entities import CORE
from eventrisk.nlp.reader import Reader
from eventrisk.nlp.train import config
from eventrisk.sources.clean import clean
from eventrisk.training.train import names
from scripts.models import build
from scripts.paths import MODELS

OUT = MODELS / "ner_metrics.json"
EVERY = 5  # of the slices in order of their names, every fifth is held out
ROUNDS = 500
KINDS = ("headline", "lead", "whole")

Counts = Counter[tuple[str, str]]  # (label, "hit" | "gold" | "found") → number


def split(records: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Records to train on and to read, whole slices together."""
    slices = sorted({slice_of(r.id) for r in records})
    held = set(slices[EVERY - 1 :: EVERY])
    inside = [r for r in records if slice_of(r.id) not in held]
    return inside, [r for r in records if slice_of(r.id) in held and r.entities is not None]


def counts(reader: Reader, record: Labelled) -> Counts:
    """Hits, gold and found entities of one text, by label."""
    cleaned = clean(record.text)
    reading = reader.read(cleaned.text, marks=cleaned.marks, date=record.date)
    found = {
        (m.label, *cleaned.raw_span(m.start, m.end)) for m in reading.mentions if m.label in CORE
    }
    gold = {(s.label, s.start, s.end) for s in record.entities or ()}
    out: Counts = Counter()
    for name, spans in (("hit", found & gold), ("gold", gold), ("found", found)):
        out.update((str(label), name) for label, *_ in spans)
    return out


def f1(total: Counts, labels: Sequence[str]) -> dict[str, float]:
    """Precision, recall, F1 and n over some labels."""
    hit, gold, found = (
        sum(total[label, name] for label in labels) for name in ("hit", "gold", "found")
    )
    values = {"precision": hit / found if found else 0.0, "recall": hit / gold if gold else 0.0}
    both = gold + found
    return {
        **{k: round(v, 4) for k, v in values.items()},
        "f1": round(2 * hit / both if both else 0.0, 4),
        "n": gold,
    }


def interval(texts: Sequence[Counts], labels: Sequence[str], rng: random.Random) -> list[float]:
    """95 % interval of F1 from ``ROUNDS`` draws of texts with replacement."""
    drawn = []
    for _ in range(ROUNDS):
        total: Counts = Counter()
        for text in rng.choices(texts, k=len(texts)):
            total.update(text)
        drawn.append(f1(total, labels)["f1"])
    drawn.sort()
    return [drawn[int(ROUNDS * 0.025)], drawn[int(ROUNDS * 0.975) - 1]]


def metrics(reader: Reader, held: Sequence[Labelled]) -> dict[str, object]:
    """By label, and over all labels by form."""
    rng = random.Random(0)
    read = [(record, counts(reader, record)) for record in held]
    labels = [str(label) for label in CORE]
    rows: dict[str, object] = {}
    for name, chosen in (*((label, [label]) for label in labels), ("all", labels)):
        texts = [c for _, c in read]
        rows[name] = {**f1(sum(texts, Counter()), chosen), "interval": interval(texts, chosen, rng)}
    for kind in KINDS:
        texts = [c for r, c in read if (r.form if r.form in KINDS else "whole") == kind]
        rows[f"all, {kind}"] = {
            **f1(sum(texts, Counter()), labels),
            "interval": interval(texts, labels, rng),
        }
    return rows


def main() -> None:
    """Trains, reads, writes."""
    with tempfile.TemporaryDirectory() as work:
        records, sha256 = build.records(Path(work))
        inside, held = split(records)
        build.say(f"{len(inside)} texts to train on, {len(held)} held out")
        texts = names.clean_texts(inside)
        nlp = config.train_pipeline(texts, config.NerPlan(), build.say_epoch)
        rows = metrics(Reader(nlp), held)
    slices = sorted({slice_of(r.id) for r in held})
    note = {
        "data_sha256": sha256,
        "trained_on": len(inside),
        "held_out": len(held),
        "slices": slices,
        "entities": rows,
    }
    OUT.write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
    json.dump(rows, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
