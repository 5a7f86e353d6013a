"""The default model's card: what the bundle is, how it was made, how good it is where it was not
trained.

python -m scripts.models.card [BUNDLE]

Writes card and pictures of a bundle once more from what its manifest holds as measured, from
``ner_metrics.json`` and ``real_metrics.json``, and the sketches of the texts it learnt from;
nothing is trained, and of other files the manifest alone changes.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eventrisk.labelled import Labelled
from eventrisk.learn.bundle import CARD, MANIFEST, Bundle, files_of, find, opened
from eventrisk.learn.evaluate.abstention import TARGET_ACCURACY
from eventrisk.learn.evaluate.intervals import RESAMPLES
from eventrisk.learn.fit.folds import FOLDS
from eventrisk.learn.risk import CATEGORIES
from eventrisk.learn.seen_texts import FILE
from eventrisk.learn.sentiment import CLASSES
from eventrisk.show import report
from eventrisk.show.blocks import Block, Picture, Table, table
from eventrisk.show.markdown import markdown
from scripts.models import measured_apart, records
from scripts.paths import MODELS

HEADS = ("sentiment", "tone", "risk")
# Measured apart: the tagger's held-out figures need a training, those on real releases a finished
# model.
TAGGER, REAL = MODELS / "ner_metrics.json", MODELS / "real_metrics.json"
LOOKS = MODELS / "first_looks.json"


def card(
    *,
    name: str,
    version: str,
    records: Sequence[Labelled],
    data: str,
    metrics: Mapping[str, Any],
    settings: Mapping[str, Any],
    names: Mapping[str, Any] | None = None,
    real: Mapping[str, Sequence[float]] | None = None,
    looks: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """The card as Markdown. ``data`` is the sha256 of the records, ``metrics`` what ``train_heads``
    measured, with the learning curves; ``names``, ``real`` and ``looks`` are what was measured
    apart, if it was.
    """
    apart = [
        *measured_apart.names(names),
        *measured_apart.first_looks(looks),
        *measured_apart.real(real),
    ]
    return (
        Path(__file__)
        .with_name("card.md")
        .read_text(encoding="utf-8")
        .format(
            name=name,
            version=version,
            n=len(records),
            data=data,
            composition=markdown([composition(records)]).rstrip(),
            folds=FOLDS,
            resamples=RESAMPLES,
            overview=markdown([report.overview(_report(metrics))]).rstrip(),
            categories=len(CATEGORIES),
            threshold=metrics["risk"]["threshold"],
            apart=markdown(apart).rstrip(),
            heads=markdown(report.heads(_report(metrics))).rstrip(),
            confidence=metrics["sentiment"]["confidence"],
            target=TARGET_ACCURACY,
            lead=_lead(metrics.get("lead", {})),
            relevance=_relevance(metrics.get("relevance", {})),
            settings=json.dumps(settings, indent=1, sort_keys=True),
        )
    )


def pictures(metrics: Mapping[str, Any]) -> dict[str, str]:
    """The SVG files that the card shows, by name."""
    blocks: Iterator[Block] = report.heads(_report(metrics))
    return {block.name: block.svg for block in blocks if isinstance(block, Picture)}


def composition(records: Sequence[Labelled]) -> Table:
    """How many texts of each form, decade and sentiment there are."""
    forms = sorted({str(record.form) for record in records})
    decades = sorted({_decade(record) for record in records})
    counts = Counter(
        (key, str(r.sentiment)) for r in records for key in (str(r.form), _decade(r), "all")
    )
    rows = [(key, [counts[key, c] for c in CLASSES]) for key in (*forms, *decades, "all")]
    return table(("texts", *CLASSES, "all"), ((key, *row, sum(row)) for key, row in rows))


def measured(path: Path) -> Any:
    """What was measured apart, or None where it was not."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def rewrite(bundle: Bundle, files: Mapping[str, str | bytes]) -> Bundle:
    """The bundle with these files in place of its card and pictures, and the manifest that lists
    them; all others stay as they are.
    """
    for file in files_of(bundle.path):
        if file == CARD or file.endswith(".svg"):
            (bundle.path / file).unlink()
    for file, content in files.items():
        (bundle.path / file).write_bytes(
            content.encode("utf-8") if isinstance(content, str) else content
        )
    entries = {file: _entry((bundle.path / file).read_bytes()) for file in files_of(bundle.path)}
    manifest = {**bundle.manifest, "files": entries}
    listed = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
    (bundle.path / MANIFEST).write_text(listed, encoding="utf-8")
    return opened(bundle.path)


def _entry(content: bytes) -> dict[str, Any]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _report(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """The heads as a report has them."""
    heads = {head: metrics[head] for head in HEADS}
    return {"heads": heads, "curve": metrics.get("learning_curve")}


def _decade(record: Labelled) -> str:
    return f"{record.date[:3]}0s" if record.date else "undated"


def _lead(m: Mapping[str, Any]) -> str:
    if "accuracy" not in m:
        return "Not measured: no model of events was trained."
    return (
        "Rules propose events, a linear model over what they found and over the words of title and "
        "first paragraph decides which leads. On held-out slices the type is right in "
        f"{m['accuracy']:.3f} of {m['n']} texts, type and direction in "
        f"{m['accuracy_with_direction']:.3f} (the rules alone: {m['rules_alone']:.3f} and "
        f"{m['rules_alone_with_direction']:.3f}); its probability is off by "
        f"{m['calibration_error']:.3f} on average."
    )


def _relevance(m: Mapping[str, Any]) -> str:
    if "auc" not in m:
        return "Not measured: no model of relevance was trained."
    return (
        f"Below a relevance of **{m['bound']:.3f}** a text is taken for one of another field. On "
        f"held-out slices ({m['n']} texts, {m['n_relevant']} of them of the field) the area under "
        f"the ROC curve is {m['auc']:.4f}; {m['lost']:.2%} of the texts of the field fall below "
        f"the bound, {m['kept_of_others']:.1%} of the others stay above it. Calibration error "
        f"{m['calibration_error']:.3f}."
    )


def main(arguments: Sequence[str]) -> int:
    """Writes the card of a bundle, of the default model where none is named."""
    bundle = find(arguments[0] if arguments else "default")
    with tempfile.TemporaryDirectory() as work:
        labelled, data = records.labelled(Path(work))
    manifest = bundle.manifest
    if manifest["data_sha256"] != data:
        print(
            "data/releases is not what this model was trained on; build it again", file=sys.stderr
        )
        return 1
    text = card(
        name=manifest["name"],
        version=manifest["version"],
        records=labelled,
        data=data,
        metrics=manifest["metrics"],
        settings=manifest["settings"],
        names=measured(TAGGER),
        real=measured(REAL),
        looks=measured(LOOKS),
    )
    seen = records.seen_texts(labelled).packed()
    written = rewrite(bundle, {CARD: text, **pictures(manifest["metrics"]), FILE: seen})
    print(f"{written.path / CARD}, manifest sha256 {written.sha256}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
