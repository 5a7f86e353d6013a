"""Builds the default model bundle from ``data/``: corpus, NER, readings, classifiers, card. Run by
``make models``.

python -m scripts.models.build                     everything
python -m scripts.models.build --pipeline DIR --readings FILE
    keep a trained pipeline and what it read; rebuild the classifiers
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(
        variable, "1"
    )  # one thread: sums in one order, so that two builds agree to the last bit

import eventrisk  # noqa: E402
from eventrisk.labelled import Labelled  # noqa: E402
from eventrisk.learn import seen_texts  # noqa: E402
from eventrisk.learn.fit import heads as fitting  # noqa: E402
from eventrisk.learn.save import save  # noqa: E402
from eventrisk.nlp.reader import Reader  # noqa: E402
from eventrisk.nlp.train import config  # noqa: E402
from eventrisk.training.train import names, rehearsal  # noqa: E402
from eventrisk.training.train.examples import examples  # noqa: E402
from scripts.models import card, first_looks, readings, records  # noqa: E402
from scripts.models.learning_curve import learning_curves  # noqa: E402
from scripts.paths import MODELS  # noqa: E402


def pipeline(
    labelled: list[Labelled], how: config.NerConfig, work: Path, given: Path | None
) -> Path:
    """A copy of the pipeline given, or a newly trained one, in the working directory."""
    target = work / "pipeline"
    if given is not None:
        shutil.copytree(given, target)
        return target
    nlp = config.train_pipeline(
        names.clean_texts(labelled),
        how,
        say_epoch,
    )
    nlp.to_disk(target)
    return target


def build(args: argparse.Namespace, work: Path) -> None:
    """All steps in order."""
    labelled, data_sha256 = records.labelled(work)
    say(f"{len(labelled)} labelled texts")
    place = pipeline(labelled, config.NerConfig(), work, args.pipeline)
    read = readings.Readings(Reader.load(place), place, args.readings)
    looks = first_looks.known()
    texts = [replace(e, unseen=e.group in looks) for e in examples(labelled, read.read)]
    read.keep()
    say(f"{len(texts)} texts read, shortened copies included")
    heads, metrics = fitting.train_heads(texts)
    metrics["learning_curve"] = learning_curves(texts, metrics)
    settings: dict[str, Any] = {
        "ner": json.loads((place / "meta.json").read_text(encoding="utf-8")).get(
            "ner_plan", "unknown"
        ),
        "sentiment": asdict(fitting.SENTIMENT),
        "tone": asdict(fitting.TONE),
    }
    say(json.dumps({head: brief(figures) for head, figures in metrics.items()}, indent=1))
    text = card.card(
        name=args.name,
        version=args.version,
        records=labelled,
        data=data_sha256,
        metrics=metrics,
        settings=settings,
        names=card.measured(card.TAGGER),
        real=card.measured(card.REAL),
        looks=looks,
    )
    bundle = save(
        args.out / f"{args.name}-{args.version}",
        pipeline=lambda target: copied(place, target),
        heads=heads,
        card=text,
        files={
            **card.pictures(metrics),
            rehearsal.FILE: rehearsal.packed(rehearsal.chosen(labelled)),
            seen_texts.FILE: records.seen_texts(labelled).packed(),
        },
        data_sha256=data_sha256,
        settings=settings,
        metrics=metrics,
        overwrite=True,
    )
    size = sum(entry["size"] for entry in bundle.manifest["files"].values())
    say(f"{bundle.path}: {size / 1e6:.1f} MB, sha256 {bundle.sha256}")


def copied(place: Path, target: Path) -> None:
    """Copies a pipeline's folder."""
    shutil.copytree(place, target)


def brief(figures: dict[str, Any]) -> dict[str, Any]:
    """The plain numbers of a head's metrics."""
    return {key: value for key, value in figures.items() if isinstance(value, int | float)}


STARTED = time.monotonic()


def say(message: str) -> None:
    """One line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.0f} s] {message}", flush=True)


def say_epoch(epoch: int, loss: float) -> None:
    """One line of the NER's progress; epochs count from 0."""
    say(f"NER, epoch {epoch + 1}: loss {loss:.0f}")


def main() -> None:
    """Reads the command line."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument(
        "--pipeline", type=Path, help="use this trained pipeline instead of training one"
    )
    ap.add_argument("--readings", type=Path, help="keep readings in this file between builds")
    ap.add_argument("--name", default="default")
    ap.add_argument("--version", default=eventrisk.__version__)
    ap.add_argument("--out", type=Path, default=MODELS, help="directory the bundle is written to")
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as work:
        build(args, Path(work))


if __name__ == "__main__":
    main()
