"""A file of tags read by the file that stands beside it: the ids, the texts as they were and all
other labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import Placed, Span, parse_record
from eventrisk.sources.formats import Read
from eventrisk.sources.formats.choices import as_object
from eventrisk.sources.formats.jsonl import objects
from eventrisk.sources.formats.tagged import SENTENCES

Sentences = Sequence[Sequence[tuple[str, str]]]
Spans = Callable[[Any, int], Iterator[Span]]


def beside(path: Path, side: Path, tagged: Sentences, marked: bool, spans: Spans) -> Read:
    """The records of ``side`` with the entities of ``tagged``; one whose words are not those of its
    text is a DataError.
    """
    told = [found if isinstance(found, dict) else {} for _, found in objects(side)]
    counts = [n if type(n := found.get(SENTENCES)) is int else -1 for found in told]
    if min(counts, default=0) < 0 or sum(counts) != len(tagged):
        yield DataError(
            f"{path}: has {len(tagged)} sentences, and {side} does not tell of so many; take that "
            f"file away to read the tags alone"
        )
        return
    at, line = 0, 1
    for found, count in zip(told, counts, strict=True):
        mine = tagged[at : at + count]
        where = f"{path}, line {line}"
        try:
            record = as_object(found.get("record"), f"{side}: record")
            entities = _entities(record.get("text"), mine, spans)
            plain = {**record, "entities": [[s.start, s.end, s.label] for s in entities]}
            yield Placed(parse_record(plain, where), str(path), line)
        except DataError as error:
            yield error
        except (ValueError, TypeError) as error:
            yield DataError(f"{where}: {error}")
        at += count
        line += sum(len(sentence) + 1 for sentence in mine) + 2 * marked


def _entities(text: Any, sentences: Sentences, spans: Spans) -> list[Span]:
    """The entities where their words stand in the text. Raises ValueError where they do not."""
    if not isinstance(text, str):
        raise TypeError(f"the file beside it has no text, but {text!r}")
    found: list[Span] = []
    at = 0
    for sentence in sentences:
        starts, ends, step = dict[int, int](), dict[int, int](), 0
        for token, _ in sentence:
            start = text.find(token, at)
            if start < 0 or text[at:start].replace("\ufeff", "").strip():
                raise ValueError(f"the word {token!r} is not the next of the text beside it")
            at = start + len(token)
            # ``spans`` counts tokens as one blank apart.
            starts[step], ends[step + len(token)] = start, at
            step += len(token) + 1
        found += [Span(starts[s.start], ends[s.end], s.label) for s in spans(sentence, 0)]
    if text[at:].replace("\ufeff", "").strip():
        raise ValueError("the text beside it goes on where the words end")
    return found
