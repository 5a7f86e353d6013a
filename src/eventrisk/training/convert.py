"""From any format to any other, with a list of what was lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from eventrisk.errors import DataError, OutputError
from eventrisk.export.target import replacing, writing
from eventrisk.sources.formats import AS_NAMED, WHOLE, Columns, Format, Loss
from eventrisk.sources.formats.guess import known
from eventrisk.training.data import FORMATS, Data, records


def convert(
    data: Data,
    out: str | Path,
    *,
    to: str | None = None,
    format: str | None = None,
    columns: Columns = AS_NAMED,
    overwrite: bool = False,
) -> list[Loss]:
    """Writes labelled releases to ``out`` and returns what the format could not hold, an empty list
    for nothing.

    ``data``, ``format`` (of the files read) and ``columns`` are those of ``check``. ``to`` names
    the format to write: jsonl, csv, parquet, docbin, prodigy, doccano, label_studio or conll; else
    the ending of ``out`` tells. Two more are folders: ``spacy-train`` is all that ``spacy train``
    needs, and ``bundle`` a model made of a spaCy pipeline, whose folder is then ``data``. The file
    is there as a whole or not at all. Raises DataError for what cannot be read, OutputError for
    what cannot be written and for what exists, unless ``overwrite`` (a folder is never replaced).
    """
    target = Path(out)
    if to is not None and to in FOLDERS:
        refuse_existing(target, overwrite=False)
        return FOLDERS[to](data, target, format, columns)
    wanted = format_for(target, to)
    refuse_existing(target, overwrite)
    held = records(data, format, columns)
    with replacing(target) as part, writing(target):
        losses = wanted.write(held, part)
        gone = [loss for loss in losses if loss.what == WHOLE]
        if len(gone) == len(held):
            raise OutputError(
                f"{target}: {wanted.name} can hold none of the records; of the first, {gone[0].why}"
            )
    return losses


def format_for(target: Path, to: str | None = None) -> Format:
    """The format to be written. Raises OutputError or DataError that lists what is known."""
    if to is not None:
        return FORMATS[known(to, FORMATS.values())]
    by_ending = {ending: form for form in FORMATS.values() for ending in form.suffixes}
    if target.suffix.lower() not in by_ending:
        listed = ", ".join((*FORMATS, *FOLDERS))
        raise OutputError(
            f"{target}: the ending tells no format; name one of {listed} (to=…, --to …)"
        )
    return by_ending[target.suffix.lower()]


def refuse_existing(target: Path, overwrite: bool) -> None:
    """Raises OutputError for what exists, unless it is to be overwritten."""
    if target.exists() and not overwrite:
        raise OutputError(
            f"{target}: exists; choose another name, or overwrite it on purpose "
            f"(overwrite=True, --overwrite)"
        )


def _spacy_train(data: Data, target: Path, format: str | None, columns: Columns) -> list[Loss]:
    from eventrisk.training.train import spacy_cli

    return list(spacy_cli.export_corpus(records(data, format, columns), target) or ())


def _bundle(data: Data, target: Path, format: str | None, columns: Columns) -> list[Loss]:
    from eventrisk.training.train import spacy_cli

    sources = [data] if isinstance(data, str | Path) else list(data)
    if len(sources) != 1 or not isinstance(sources[0], str | Path) or not Path(sources[0]).is_dir():
        raise DataError("a bundle is made of one spaCy pipeline: name its folder, and nothing else")
    spacy_cli.source_bundle(Path(sources[0]), target)
    return []


FOLDERS: Mapping[str, Callable[[Data, Path, str | None, Columns], list[Loss]]] = {
    "spacy-train": _spacy_train,
    "bundle": _bundle,
}
