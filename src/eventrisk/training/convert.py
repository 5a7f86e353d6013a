"""From any format to any other, with a list of what was lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eventrisk.errors import DataError, OutputError
from eventrisk.export.overwriting import refuse_inputs
from eventrisk.export.target import replacing, writing
from eventrisk.labelled import Labelled, Placed
from eventrisk.sources.formats import AS_NAMED, WHOLE, Columns, Format, Loss
from eventrisk.sources.formats.guess import known
from eventrisk.training.annotators import Settled, settled
from eventrisk.training.data import FORMATS, Data, entries, files_in, readable, records
from eventrisk.training.progress import Listener, Progress, listening
from eventrisk.training.relabel import AS_LABELLED, Labels


def convert(
    data: Data,
    out: str | Path,
    *,
    to: str | None = None,
    format: str | None = None,
    columns: Columns = AS_NAMED,
    labels: Labels = AS_LABELLED,
    overwrite: bool = False,
    conflicts: str = "latest",
    advise: Callable[[str], None] | None = None,
    progress: Progress = True,
) -> list[Loss]:
    """Writes labelled releases to ``out`` and returns what the format could not hold, an empty list
    for nothing.

    ``data``, ``format`` (of the files read), ``columns`` and ``labels`` are those of ``check``.
    ``to`` names
    the format to write: jsonl, csv, parquet, docbin, prodigy, doccano, label_studio, conll or
    conll2003; else the ending of ``out`` tells. Two more are folders: ``spacy-train`` is all that
    ``spacy train`` needs, and ``bundle`` a model made of a spaCy pipeline, whose folder is then
    ``data``. The file is there as a whole or not at all; ``label_studio`` writes the project's
    interface beside it (.xml), CoNLL what tags cannot hold (.docs). ``conflicts`` says what counts
    where several people labelled one text, as in ``check``; what does not is listed as lost.
    ``advise``, where given, is called with each line of what the labelling tool needs to take the
    file in.
    ``progress`` (see ``Progress``) counts the records read, whose number is not known before; of
    folders that are written it hears but the beginning. Raises
    DataError for what cannot be read, OutputError for what cannot be written and for what exists,
    unless ``overwrite`` (a folder is never replaced, nor a file that is read).
    """
    target = Path(out)
    if to is not None and to in FOLDERS:
        refuse_existing(target, overwrite=False)
        with listening(progress) as listener:
            listener.stage("converting")
            return FOLDERS[to](data, target, format, columns, labels)
    wanted = format_for(target, to)
    given = data if isinstance(data, str | Path) else [*data]
    refuse_inputs(files_of(target, wanted), files_in(given))
    for file in files_of(target, wanted):
        refuse_existing(file, overwrite)
    with listening(progress) as listener:
        read = _counted(entries(given, format, columns, labels), listener)
        found = settled(read, conflicts)
    held = [entry.record for entry in readable(found, given)]
    with replacing(target) as part, writing(target):
        losses = wanted.write(held, part)
        gone = [loss for loss in losses if loss.what == WHOLE]
        if len(gone) == len(held):
            raise OutputError(
                f"{target}: {wanted.name} can hold none of the records; of the first, {gone[0].why}"
            )
        _write_side(wanted, held, target)
    if advise is not None:
        for line in wanted.advice(held):
            advise(line)
    return [*_differing(found, conflicts), *losses]


def _counted(
    read: Iterable[Placed | DataError], listener: Listener
) -> Iterator[Placed | DataError]:
    """The entries, and the listener hears of each."""
    listener.stage("reading")
    for number, entry in enumerate(read, 1):
        yield entry
        listener.advance(number)


def files_of(target: Path, wanted: Format) -> list[Path]:
    """What is written: the file itself, and what stands beside it."""
    return [target, wanted.side.of(target)] if wanted.side else [target]


def _write_side(wanted: Format, held: Sequence[Labelled], target: Path) -> None:
    if wanted.side:
        file = wanted.side.of(target)
        with replacing(file) as part, writing(file):
            wanted.side.write(held, part)


def _differing(found: Settled, conflicts: str) -> Iterator[Loss]:
    """What of several annotations of a text is not in the record."""
    for conflict in found.conflicts:
        why = f"annotators differ, and {conflict.how(conflicts)}; {conflict}"
        yield Loss(conflict.placed.record.id, "annotations", why)
    for first, others in found.other_ids.items():
        for other in others:
            why = "people labelled one text under several ids, and the first counts"
            yield Loss(first, f"id {other!r}", why)


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


def _spacy_train(
    data: Data, target: Path, format: str | None, columns: Columns, labels: Labels
) -> list[Loss]:
    from eventrisk.training.train import spacy_cli

    return list(spacy_cli.export_corpus(records(data, format, columns, labels), target) or ())


def _bundle(
    data: Data, target: Path, format: str | None, columns: Columns, labels: Labels
) -> list[Loss]:
    from eventrisk.training.train import spacy_cli

    sources = [data] if isinstance(data, str | Path) else list(data)
    if len(sources) != 1 or not isinstance(sources[0], str | Path) or not Path(sources[0]).is_dir():
        raise DataError("a bundle is made of one spaCy pipeline: name its folder, and nothing else")
    spacy_cli.source_bundle(Path(sources[0]), target)
    return []


FOLDERS: Mapping[str, Callable[[Data, Path, str | None, Columns, Labels], list[Loss]]] = {
    "spacy-train": _spacy_train,
    "bundle": _bundle,
}
