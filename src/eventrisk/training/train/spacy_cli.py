"""The tagger by plain spaCy: labelled releases out as a corpus with its config, a trained pipeline
back as a bundle.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError, OutputError
from eventrisk.labelled import LABEL_KEYS, Labelled
from eventrisk.learn.bundle import CARD, Bundle, files_of, find
from eventrisk.learn.save import refuse_existing, save
from eventrisk.nlp.custom.sourced import Pipeline, SourcedTagger, source_tagger
from eventrisk.nlp.reader import Reader
from eventrisk.nlp.train import corpus
from eventrisk.show.blocks import Block, Heading, Paragraph, table
from eventrisk.show.comparison import FIGURES
from eventrisk.show.markdown import markdown
from eventrisk.sources.formats import Loss
from eventrisk.training.overlap import KNOWN
from eventrisk.training.train.names import labelled

TRAIN, DEV, TEST, CONFIG, README = (
    "train.spacy",
    "dev.spacy",
    "test.spacy",
    "config.cfg",
    "README.md",
)
DEV_SHARE = 0.2  # share (0…1) of the texts, at least, where the set does not come divided
HOW = """# A corpus for `spacy train`

    python -m spacy train {config} --output trained

in this folder, then, to use what it learnt: `eventrisk convert trained/model-best --to bundle OUT`.
eventrisk must be installed: the config names its tokenizer and its finders, whose gazetteer
features the tagger reads.

{parts} Labels: {labels}. The texts are without markup, as the tagger will see them. They have {all}
entities. {lost} of the entities cannot be learnt from, since they are no whole tokens of one
sentence, or overlap; their words count as not labelled.
"""
NOT_WHOLE = (
    "no whole tokens of one sentence; spaCy cannot learn it, and its words count as not labelled"
)
OVERLAP = "they overlap others, or markup stands where they are"
OTHERS = tuple(key for key in LABEL_KEYS if key != "entities")


def export_corpus(
    records: Iterable[Labelled], out_dir: str | Path, labels: Sequence[str] | None = None
) -> list[Loss]:
    """Writes ``config.cfg``, ``train.spacy``, ``dev.spacy``, a ``README.md``, and ``test.spacy``
    where there are such.

    Records without labelled entities are left out; ``labels`` are those to be learnt, without them
    all. A set that does not come with texts for ``dev`` is divided by company, so that none stands
    on both sides. Returns what the corpus does not hold. Raises DataError for too few texts or a
    label that no text has, and OutputError for a folder that holds something.
    """
    given = list(records)
    usable = [_only(record, labels) for record in given if record.entities is not None]
    found = _labels(usable, labels)
    folder = Path(out_dir)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: there already, and not empty; name a new folder")
    parts = {name: part for name, part in divided(usable).items() if part}
    try:
        lost = _written(parts, found, folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error})") from error
    return [*(loss for record in given for loss in _left_out(record)), *lost]


def _labels(records: Sequence[Labelled], wanted: Sequence[str] | None) -> list[str]:
    """The labels of the records' entities. Raises DataError where one that is wanted is missing, or
    all are.
    """
    found = sorted({span.label for record in records for span in record.entities or ()})
    missing = sorted(set(wanted or ()) - set(found))
    if missing or not found:
        raise DataError(
            f"no record has an entity labelled {', '.join(missing) or 'at all'}; nothing to train"
        )
    return found


def _written(
    parts: Mapping[str, Sequence[Labelled]], labels: Sequence[str], folder: Path
) -> list[Loss]:
    """Writes all files; returns the entities that cannot be learnt from."""
    writer = corpus.Writer()
    made = {name: [_doc(writer, record) for record in part] for name, part in parts.items()}
    lost = [loss for docs in made.values() for _, losses in docs for loss in losses]
    folder.mkdir(parents=True, exist_ok=True)
    for name, docs in made.items():
        corpus.write_docs([doc for doc, _ in docs], folder / name)
    corpus.write_config(writer.nlp, folder / CONFIG, TRAIN, DEV)
    (folder / README).write_text(_readme(parts, labels, len(lost)), encoding="utf-8")
    return lost


def _doc(writer: corpus.Writer, record: Labelled) -> tuple[Any, list[Loss]]:
    """The record as spaCy's Doc, and its entities that cannot be learnt from."""
    source = labelled(record)
    doc, lost = writer.doc(source)
    losses = [
        Loss(record.id, f"entity {source.text[start:end]!r} ({label})", NOT_WHOLE)
        for start, end, label in lost
    ]
    gone = len(record.entities or ()) - len(source.spans)
    return doc, [*losses, *([Loss(record.id, f"{gone} of its entities", OVERLAP)] if gone else [])]


def _left_out(record: Labelled) -> Iterator[Loss]:
    if record.entities is None:
        yield Loss(record.id, "the whole record", "its entities are not labelled")
        return
    for key in OTHERS:
        if getattr(record, key) is not None:
            yield Loss(record.id, key, "a corpus for the tagger holds entities only")


def divided(records: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    """The records by file: as ``split`` says, and where none is for ``dev``, whole companies of
    ``train`` go there.

    Raises DataError where ``train`` or ``dev`` would stay empty.
    """
    parts: dict[str, list[Labelled]] = {TRAIN: [], DEV: [], TEST: []}
    names = {"dev": DEV, "test": TEST}
    for record in records:
        parts[names.get(record.split or "", TRAIN)].append(record)
    if not parts[DEV]:
        parts[TRAIN], parts[DEV] = _set_aside(parts[TRAIN])
    if not parts[TRAIN] or not parts[DEV]:
        raise DataError(
            f"{len(records)} labelled records cannot be divided into train and dev; at least "
            f"2 are needed"
        )
    return parts


def _set_aside(records: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    groups = sorted({_group(r) for r in records}, key=_digest)
    by_group = len(groups) > 1
    if not by_group:
        groups = sorted((r.id for r in records), key=_digest)
    chosen: set[str] = set()
    dev: list[Labelled] = []
    for group in groups[:-1]:
        if len(dev) >= DEV_SHARE * len(records):
            break
        chosen.add(group)
        dev = [r for r in records if (_group(r) if by_group else r.id) in chosen]
    return [r for r in records if r not in dev], dev


def _group(record: Labelled) -> str:
    return record.company.casefold() if record.company else record.id


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def _only(record: Labelled, labels: Sequence[str] | None) -> Labelled:
    if labels is None:
        return record
    return replace(
        record, entities=tuple(span for span in record.entities or () if span.label in labels)
    )


def _readme(parts: Mapping[str, Sequence[Labelled]], labels: Sequence[str], lost: int) -> str:
    files = "".join(f"- `{name}`: {len(part)} texts\n" for name, part in parts.items())
    count = sum(len(record.entities or ()) for part in parts.values() for record in part)
    return HOW.format(config=CONFIG, parts=files, labels=", ".join(labels), lost=lost, all=count)


def source_bundle(pipeline: Pipeline, out: str | Path, base: str | Path = "default") -> Bundle:
    """Makes a bundle of a pipeline that spaCy trained, with the classifiers and the finders of
    ``base``.

    Its ``ner`` becomes the main tagger where its labels are ours, and the second one where they are
    the user's own. The bundle's name and version are those of the folder ``out``. Raises ModelError
    for a pipeline that cannot be taken over (no trained ``ner``, a missing package) or a base that
    is none, and OutputError where ``out`` exists or cannot be written.
    """
    target = Path(out)
    refuse_existing(target)
    origin = find(base)
    nlp = Reader.load(origin.pipeline).nlp
    sourced = source_tagger(pipeline, nlp)
    return save(
        target,
        pipeline=nlp.to_disk,
        heads=origin.heads(),
        card=_card(target.name, origin, sourced),
        files={name: (origin.path / name).read_bytes() for name in _further_files(origin)},
        data_sha256=str(origin.manifest.get("data_sha256", "")),
        settings={
            "base": origin.name,
            "base_sha256": origin.sha256,
            "adopted": sourced.facts(),
            KNOWN: False,
        },
        metrics={**origin.manifest.get("metrics", {}), "adopted": sourced.performance},
    )


def _further_files(origin: Bundle) -> list[str]:
    """The files of a bundle but its card, pipeline and classifiers: pictures, texts to rehearse."""
    return [
        name
        for name in files_of(origin.path)
        if "/" not in name and name != CARD and not name.endswith(".skops")
    ]


def _card(name: str, origin: Bundle, sourced: SourcedTagger) -> str:
    """What was put together, spaCy's own figures of the tagger, and the base's card below."""
    base = (origin.path / CARD).read_text(encoding="utf-8")
    return f"{markdown(_blocks(name, origin.name, sourced))}\n{base}"


def _blocks(name: str, base: str, sourced: SourcedTagger) -> Iterator[Block]:
    places = {"ner": "the main tagger", "own": "the tagger of custom labels"}
    yield Heading(name, 1)
    yield Paragraph(
        f"A tagger that spaCy trained ({sourced.name}) within {base}: it is "
        f"{' and '.join(places[pipe] for pipe in sourced.pipes)}; everything else is the base "
        f"model's."
    )
    yield Paragraph(f"Labels: {', '.join(sourced.labels)}.")
    if sourced.unknown:
        yield Paragraph(
            f"This tagger was not taught {', '.join(sourced.unknown)}, which the base's one knew: "
            f"these are found by lexicons and rules alone now."
        )
    yield Heading("The tagger, as spaCy measured it on the texts held out there")
    rows = [(label, *_figures(got)) for label, got in sourced.scores()]
    head = ("label", *(FIGURES[figure] for figure in ("precision", "recall", "f1")))
    yield table(head, rows) if rows else Paragraph("It carries no figures.")
    yield Heading("The base model")


def _figures(scores: Mapping[str, Any]) -> Iterator[float | None]:
    """Precision, recall and F1 (0…1), None where spaCy gives none."""
    for key in "prf":
        value = scores.get(key)
        yield float(value) if isinstance(value, int | float) else None
