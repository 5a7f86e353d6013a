"""How good the tagger is on slices of the corpus that it was not trained on; writes
``ner_metrics.json``.

python -m scripts.models.held_out    trains on four fifths of the slices (minutes), reads the rest

Exact precision, recall and F1 of entities as the whole pipeline gives them (tagger, finders,
consistency), with 95 % intervals from a bootstrap over texts. The card prints the file.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eventrisk.labelled import Labelled
from eventrisk.labels import TRAINED_LABELS
from eventrisk.learn.evaluate.counting import Counted, counted
from eventrisk.learn.evaluate.intervals import GOLD
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.fit.folds import slice_of
from eventrisk.nlp.reader import Reader
from eventrisk.nlp.train import config
from eventrisk.sources.clean import clean
from eventrisk.training.train import names
from scripts.models import build, card
from scripts.models import records as corpus

EVERY = 5  # of the slices in order of their names, every fifth is held out
FORMS = ("headline", "lead", "whole")


def split(records: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Records to train on and to read, whole slices together."""
    slices = sorted({slice_of(r.id) for r in records})
    held = set(slices[EVERY - 1 :: EVERY])
    inside = [r for r in records if slice_of(r.id) not in held]
    return inside, [r for r in records if slice_of(r.id) in held and r.entities is not None]


def predicted(reader: Reader, record: Labelled) -> Prediction:
    """The core entities of one text beside its gold ones, each text a group of its own."""
    cleaned = clean(record.text)
    reading = reader.read(cleaned.text, marks=cleaned.marks, date=record.date)
    spans = {
        (*cleaned.raw_span(m.start, m.end), m.label): 1.0
        for m in reading.mentions
        if m.label in TRAINED_LABELS
    }
    gold = frozenset((s.start, s.end, s.label) for s in record.entities or ())
    form = record.form if record.form in FORMS else "whole"
    return Prediction(
        record.id,
        record.id,
        record.text,
        gold={"entities": gold},
        predicted={"entities": spans},
        slices={"form": str(form)},
    )


def metrics(predictions: Sequence[Prediction]) -> dict[str, dict[str, Any]]:
    """By label, over all labels, and over all labels by form of text."""
    labels = [str(label) for label in TRAINED_LABELS]
    of_forms = {
        f"all, {form}": [p for p in predictions if p.slices["form"] == form] for form in FORMS
    }
    return {
        **{label: figures(counted(predictions, "entities", [label])) for label in labels},
        "all": figures(counted(predictions, "entities", labels)),
        **{part: figures(counted(some, "entities", labels)) for part, some in of_forms.items()},
    }


def figures(count: Counted) -> dict[str, Any]:
    """Precision, recall and F1 (0…1), the number of gold entities, and the interval of F1."""
    measured = count.measured()
    return {
        **{key: round(measured[key], 4) for key in ("precision", "recall", "f1")},
        "n": int(count.counts[:, :, GOLD].sum()),
        "interval": measured["intervals"]["f1"],
    }


def main() -> None:
    """Trains, reads, writes."""
    with tempfile.TemporaryDirectory() as work:
        records, sha256 = corpus.labelled(Path(work))
    inside, held = split(records)
    build.say(f"{len(inside)} texts to train on, {len(held)} held out")
    nlp = config.train_pipeline(names.clean_texts(inside), config.NerConfig(), build.say_epoch)
    reader = Reader(nlp)
    entities = metrics([predicted(reader, record) for record in held])
    note = {
        "data_sha256": sha256,
        "trained_on": len(inside),
        "held_out": len(held),
        "slices": sorted({slice_of(r.id) for r in held}),
        "entities": entities,
    }
    card.TAGGER.write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
    json.dump(entities, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
