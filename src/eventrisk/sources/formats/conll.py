"""CoNLL: one token a line, its tag in the last column, a blank line between sentences; documents
begin with a mark.

Columns are parted by tabs, else by blanks. Tags are IOB1, IOB2, BIOES or BILOU, all read by one
rule: ``B-`` and ``S-`` (``U-``) begin an entity, ``I-`` and ``E-`` (``L-``) go on with one of the
same label and begin one where there is none. Where the file that we write beside it is there, texts
and ids are those of the records written. Else a document begins with ``-DOCSTART-`` or ``# doc_id =
x``; without marks, or with one that leads the whole file, ten sentences make a record, so that what
stands in a row stays together; in a file of Label Studio's each block is one, since it writes a
text as one sentence. The text is the tokens joined by one blank and the sentences by a line break,
so that the tokens can be had back by splitting it at white space.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, Span
from eventrisk.sources.formats import AS_NAMED, Columns, Format, Read, decoded, opening
from eventrisk.sources.formats.conll_documents import beside
from eventrisk.sources.formats.tagged import MARK, SIDE, advice, write

COMMENT = re.compile(r"#\s*(\w[\w ]*?)\s*=\s*(.*)")  # a comment in the manner of CoNLL-U
ID = ("doc_id", "newdoc id")
BEGIN, GO_ON, CLOSE = "BSU", "IEL", "ESLU"
SENTENCES = 10  # that make a record where no documents are marked

LABEL_STUDIO = f"{MARK} -X- O"  # how a file of Label Studio's begins
ITS_LINE = re.compile(r"(\S+) -X- _ (\S.*)")  # a label may hold blanks
OF_LABEL_STUDIO = (
    "CoNLL of Label Studio has no ids and no line breaks, mixes overlapping entities, and tags "
    "texts that nobody annotated; export JSON instead"
)
UNMARKED = (
    "no documents are marked, so ten sentences in a row are a record, and the end of one release "
    "may stand with the beginning of the next; keep the file .docs beside it, or mark documents "
    "with -DOCSTART- or # doc_id = x"
)

Tagged = tuple[str, str]


@dataclass
class _Document:
    """What is read of one document; ``error`` is the first thing wrong with it."""

    line: int
    id: str | None = None
    sentences: list[list[Tagged]] = field(default_factory=lambda: [[]])
    error: DataError | None = None
    marked: bool = False  # whether a mark began it

    def end_sentence(self) -> None:
        if self.sentences[-1]:
            self.sentences.append([])

    @property
    def complete(self) -> int:
        """How many sentences have ended."""
        return len(self.sentences) - 1


def read(path: Path, columns: Columns = AS_NAMED) -> Read:
    """Every document. Raises DataError when the file cannot be opened, and for names of columns: it
    has none.
    """
    if columns:
        raise DataError(
            f"{path}: CoNLL has no names of columns; the first is the token, the last the tag"
        )
    first, marks = _marks(path)
    apart = 1 if first == LABEL_STUDIO and marks == 1 else SENTENCES
    with opening(path) as handle:
        documents = _documents(handle, path, apart, leads=first.startswith(MARK) and marks == 1)
        if SIDE.of(path).is_file():
            yield from _beside(list(documents), path, marks > 0)
            return
        for document in documents:
            if document.error or any(document.sentences):
                yield document.error or _placed(document, path, apart)


def _beside(documents: Sequence[_Document], path: Path, marked: bool) -> Read:
    """The documents by what stands beside them, whatever parts them here."""
    errors = [document.error for document in documents if document.error]
    tagged = [sentence for document in documents for sentence in document.sentences if sentence]
    yield from errors or beside(path, SIDE.of(path), tagged, marked, _spans)


def _marks(path: Path) -> tuple[str, int]:
    """The first line that is not blank, and how many lines begin documents."""
    with opening(path) as handle:
        lines = (line for line in handle if line.strip())
        first = next(lines, b"").decode("utf-8-sig", "replace").strip()
        mark = MARK.encode()
        return first, first.startswith(MARK) + sum(line.startswith(mark) for line in lines)


def _documents(
    lines: Iterable[bytes], path: Path, apart: int, *, leads: bool
) -> Iterator[_Document]:
    """Documents by their marks, else ``apart`` sentences each; a mark that ``leads`` the whole file
    parts nothing.
    """
    document, marked = _Document(1), False
    for number, raw in enumerate(lines, 1):
        try:
            line = decoded(raw, number, f"{path}, line {number}").rstrip("\r\n")
        except DataError as error:
            document.error = document.error or error
            continue
        mark = _mark(line)
        if mark is not None:
            if any(document.sentences) or document.error:
                yield document
                document = _Document(number)
            document.id, marked = mark or document.id, not (leads and mark == "")
            document.marked = marked
        elif not line.strip():
            document.end_sentence()
            if not marked and document.complete >= apart:
                yield document
                document = _Document(number + 1)
        elif "\t" in line or not COMMENT.fullmatch(line):
            _add(document, line, f"{path}, line {number}")
    yield document


def _mark(line: str) -> str | None:
    """The id of the document that begins here, empty where it has none; None for a line that is no
    mark.
    """
    if line.split(None, 1)[:1] == [MARK]:
        return ""
    comment = COMMENT.fullmatch(line) if "\t" not in line else None
    if not comment or comment[1] not in ID:
        return None
    try:
        value = json.loads(comment[2]) if comment[2].startswith('"') else comment[2]
    except ValueError:
        value = comment[2]
    return str(value)


def _add(document: _Document, line: str, where: str) -> None:
    its = ITS_LINE.fullmatch(line)
    cells = line.split("\t") if "\t" in line else [*its.groups()] if its else line.split()
    prefix, _, label = cells[-1].partition("-")
    if len(cells) < 2:
        wrong = f"one column ({line[:40]!r}) where a token and its tag are needed"
    elif not cells[0].strip():
        wrong = "the token is missing"
    elif cells[-1] != "O" and (prefix not in set(BEGIN + GO_ON) or not label):
        wrong = (
            f"{cells[-1]!r} is no tag; tags are O and B-, I-, E- (L-) or S- (U-) with a label "
            f"behind"
        )
    else:
        document.sentences[-1].append((cells[0], cells[-1]))
        return
    document.error = document.error or DataError(f"{where}: {wrong}")


def _placed(document: _Document, path: Path, apart: int) -> Placed:
    sentences = [sentence for sentence in document.sentences if sentence]
    text = "\n".join(" ".join(token for token, _ in sentence) for sentence in sentences)
    spans: list[Span] = []
    at = 0
    for sentence in sentences:
        spans += _spans(sentence, at)
        at += sum(len(token) + 1 for token, _ in sentence)
    name = document.id or f"{path.stem}-{document.line}"
    record = Labelled(id=name, text=text, entities=tuple(spans))
    note = OF_LABEL_STUDIO if apart == 1 else None if document.marked else UNMARKED
    return Placed(record, str(path), document.line, note=note)


def _spans(sentence: list[Tagged], at: int) -> Iterator[Span]:
    """The entities of a sentence that begins at character ``at``."""
    open_span: Span | None = None
    for token, tag in sentence:
        prefix, _, label = tag.partition("-")
        end = at + len(token)
        goes_on = open_span is not None and prefix in GO_ON and open_span.label == label
        if open_span is not None and goes_on:
            open_span = Span(open_span.start, end, label)
        else:
            if open_span is not None:
                yield open_span
            open_span = Span(at, end, label) if label else None
        if open_span is not None and prefix in CLOSE:
            yield open_span
            open_span = None
        at = end + 1
    if open_span is not None:
        yield open_span


CONLL = Format("conll", (".conll", ".iob", ".iob2", ".bio", ".tsv"), read, write, SIDE, advice)
CONLL2003 = Format("conll2003", (), read, partial(write, marked=True), SIDE, advice)
