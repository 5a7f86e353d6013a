"""Rehearsal: texts of the base model that its bundle carries, a part of the fictional releases of
``data/``.

Some are learnt again, which keeps a model from forgetting; on others, of other slices, forgetting
is measured.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from eventrisk.errors import ModelError
from eventrisk.labelled import Labelled, parse_record, to_plain
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.fit.folds import slice_of

FILE = "rehearsal.jsonl.gz"
LEARN, MEASURE = "train", "test"
MEASURED_EVERY = 5  # of the slices in order of their names, every fifth is measured on
# how many texts of a form are taken to learn and to measure, and of all other forms
TEXTS = {"headline": (110, 30), "lead": (70, 30)}
OTHER_TEXTS = (140, 40)
UNUSED_KEYS = ("traps", "reasons", "era")  # of our corpus


@dataclass(frozen=True)
class Rehearsal:
    """Texts of the base: ``learn`` for training, ``measure`` to measure forgetting."""

    learn: tuple[Labelled, ...] = ()
    measure: tuple[Labelled, ...] = ()


def of_bundle(bundle: Bundle) -> Rehearsal:
    """The old texts of a bundle; none where it carries none. Raises ModelError for a broken
    file.
    """
    path = bundle.path / FILE
    if not path.is_file():
        return Rehearsal()
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
        records = [parse_record(json.loads(line), FILE) for line in lines]
    except (OSError, ValueError, EOFError) as error:
        raise ModelError(
            f"{path}: no readable texts ({error}); rebuild the bundle with `make models`"
        ) from error
    parts = {split: tuple(r for r in records if r.split == split) for split in (LEARN, MEASURE)}
    return Rehearsal(parts[LEARN], parts[MEASURE])


def packed(records: Iterable[Labelled]) -> bytes:
    """The file of chosen records. The same records give the same bytes."""
    lines = (json.dumps(to_plain(record), ensure_ascii=False) for record in records)
    return gzip.compress("\n".join(lines).encode("utf-8"), mtime=0)


def chosen(records: Sequence[Labelled]) -> list[Labelled]:
    """Some of the corpus, of every form, with ``split`` saying what for."""
    slices = sorted({slice_of(r.id) for r in records})
    measured = set(slices[MEASURED_EVERY - 1 :: MEASURED_EVERY])
    order = sorted(records, key=lambda r: hashlib.sha256(r.id.encode()).hexdigest())
    out: list[Labelled] = []
    for form in ("whole", *TEXTS):
        of_form = [r for r in order if (r.form if r.form in TEXTS else "whole") == form]
        for split, count in zip((LEARN, MEASURE), TEXTS.get(form, OTHER_TEXTS), strict=True):
            part = (r for r in of_form if (slice_of(r.id) in measured) == (split == MEASURE))
            out += [_slim(r, split) for r in islice(part, count)]
    return sorted(out, key=lambda r: r.id)


def _slim(record: Labelled, split: str) -> Labelled:
    return replace(
        record, split=split, extra={k: v for k, v in record.extra.items() if k not in UNUSED_KEYS}
    )
