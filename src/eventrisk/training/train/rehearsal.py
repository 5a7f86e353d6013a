"""Texts of the base model's own that travel in its bundle, a part of the fictional releases of
``data/``.

Some are learnt again, so that old skills stay; others, of other slices, show whether they did.
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
EVERY = 5  # of the slices in order of their names, every fifth is measured on
SHARES = {
    "headline": (110, 30),
    "lead": (70, 30),
}  # how many of a form are taken, to learn and to measure
WHOLE = (140, 40)
KEPT = ("traps", "reasons", "era")  # keys of ours that training has no use for


@dataclass(frozen=True)
class Rehearsal:
    """Old texts: ``learn`` for training, ``measure`` for what became of old skills."""

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
    measured = set(slices[EVERY - 1 :: EVERY])
    order = sorted(records, key=lambda r: hashlib.sha256(r.id.encode()).hexdigest())
    out: list[Labelled] = []
    for form in ("whole", *SHARES):
        of_form = [r for r in order if (r.form if r.form in SHARES else "whole") == form]
        for split, count in zip((LEARN, MEASURE), SHARES.get(form, WHOLE), strict=True):
            part = (r for r in of_form if (slice_of(r.id) in measured) == (split == MEASURE))
            out += [_slim(r, split) for r in islice(part, count)]
    return sorted(out, key=lambda r: r.id)


def _slim(record: Labelled, split: str) -> Labelled:
    return replace(
        record, split=split, extra={k: v for k, v in record.extra.items() if k not in KEPT}
    )
