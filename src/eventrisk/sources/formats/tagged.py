"""Records as CoNLL: words and signs as tokens, IOB2 tags, and a list of the entities that tags
cannot hold.

A line is a token and its tag, parted by a tab; a blank line ends a sentence. There are no comments,
which other tools take for tokens. What tags cannot hold (ids, the texts as they are, all other
labels) goes into a file beside it, by which the whole is read back. A text whose signs stand apart
already, as one that was read from such a file, keeps its tokens and with them its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from eventrisk.labelled import Labelled, Span, to_plain
from eventrisk.sources.formats import SURROGATE, WHOLE, Loss, Side, encodable
from eventrisk.sources.formats.jsonl import dump

TOKEN = re.compile(r"\w+|[^\w\s\ufeff]")  # U+FEFF would be a byte order mark
APART = re.compile(r"\S+")
JOINED = re.compile(r"\w[,;:!?)\]](?!\S)|\w\.$|(?<!\S)[(\[]\w", re.MULTILINE)  # as in running text
MARK = "-DOCSTART-"  # begins a document, and is no token
MARKED = f"{MARK} -X- O O\n\n"  # as CoNLL-2003 and spaCy have it
SENTENCES = "sentences"  # how many a document has
UNFIT = re.compile(r"\s")  # what a label cannot hold: readers part the columns there

Sentence = list[tuple[str, str]]  # tokens with their tags


def write(records: Iterable[Labelled], path: Path, *, marked: bool = False) -> list[Loss]:
    """Tokens and tags; ``marked`` begins each document with the mark of CoNLL-2003."""
    losses: list[Loss] = []
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for record in records:
            if why := _unfit(record):
                losses.append(Loss(record.id, WHOLE, why))
                continue
            spans, lost = flat(record)
            losses += lost
            handle.write(MARKED if marked else "")
            for sentence in sentences(record, spans):
                handle.write("".join(f"{token}\t{tag}\n" for token, tag in sentence) + "\n")
    return losses


def write_documents(records: Sequence[Labelled], path: Path) -> None:
    """A line a document: how many sentences it has, and all of the record but its entities."""
    dump((_document(record) for record in records if not _unfit(record)), path)


def _document(record: Labelled) -> dict[str, object]:
    plain = {key: value for key, value in to_plain(record).items() if key != "entities"}
    return {SENTENCES: sum(1 for _ in sentences(record, flat(record)[0])), "record": plain}


SIDE = Side(".docs", write_documents)


def advice(records: Sequence[Labelled]) -> list[str]:
    """What goes with a file of tags, in words."""
    return [
        "CoNLL: ids, texts and all labels but entities stand beside it, in the file that ends in "
        f"{SIDE.suffix}; keep both together to read them back"
    ]


def _unfit(record: Labelled) -> str | None:
    if record.entities is None:
        return "its entities are not labelled, and a file of tags would say that there are none"
    if not encodable(record.text) or not all(encodable(span.label) for span in record.entities):
        return SURROGATE
    return None if TOKEN.search(record.text) else "it holds no word"


def flat(record: Labelled) -> tuple[list[Span], list[Loss]]:
    """The entities that tags can hold, in their order, and what is lost of the others."""
    held: list[Span] = []
    losses: list[Loss] = []
    for span in sorted(record.entities or (), key=lambda s: (s.start, -s.end)):
        what = f"entity {[span.start, span.end, span.label]}"
        words = record.text[span.start : span.end]
        tokens = [found.span() for found in TOKEN.finditer(words)]
        start = span.start + (tokens[0][0] if tokens else 0)
        end = span.start + (tokens[-1][1] if tokens else 0)
        if not tokens:
            losses.append(Loss(record.id, what, "it holds no word"))
        elif UNFIT.search(span.label):
            losses.append(Loss(record.id, what, "its label holds white space"))
        elif "\n" in record.text[start:end]:
            losses.append(Loss(record.id, what, "it runs over a line break, where sentences end"))
        elif held and start < held[-1].end:
            losses.append(
                Loss(
                    record.id, what, f"it overlaps {[held[-1].start, held[-1].end, held[-1].label]}"
                )
            )
        else:
            if (start, end) != (span.start, span.end):
                why = f"white space at its border; held as {[start, end, span.label]}"
                losses.append(Loss(record.id, what, why))
            held.append(Span(start, end, span.label))
    return held, losses


def sentences(record: Labelled, spans: Sequence[Span]) -> Iterator[Sentence]:
    """The tokens of a text with their tags, by sentences that are not empty: the lines of the
    text.
    """
    borders = sorted(
        {0, len(record.text), *(at for span in spans for at in (span.start, span.end))}
    )
    tags = {span.start: span.label for span in spans}
    token_of = APART if _is_apart(record.text, borders) else TOKEN
    sentence: Sentence = []
    for start, end in pairwise(borders):
        label = tags.get(start)
        prefix = "B"
        for number, line in enumerate(record.text[start:end].split("\n")):
            if number and sentence:
                yield sentence
                sentence = []
            for token in token_of.findall(line):
                sentence.append((token, f"{prefix}-{label}" if label else "O"))
                prefix = "I"
    if sentence:
        yield sentence


def _is_apart(text: str, borders: Sequence[int]) -> bool:
    """Whether the text is tokens joined by blanks, sentences by line breaks, and no entity ends
    within a token.
    """
    at_blanks = all(
        text[max(0, at - 1) : at + 1].split() != [text[max(0, at - 1) : at + 1]]
        for at in borders[1:-1]
    )
    return (
        at_blanks
        and text == "\n".join(" ".join(line.split()) for line in text.split("\n"))
        and not JOINED.search(text)
        and MARK not in text
        and "\ufeff" not in text
    )
