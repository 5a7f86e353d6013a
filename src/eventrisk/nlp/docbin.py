"""spaCy's DocBin: entities as ``doc.ents``, the sentiment as ``doc.cats``, the rest as user data;
the text exact.

Only entities that begin and end where tokens do, and do not overlap, can be held; tokens are those
of our pipeline. Files of others are read too: their entities, the one category above a half as the
sentiment, not their user data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as DocSpan
from spacy.vocab import Vocab

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, Span, parse_record, to_plain
from eventrisk.nlp.pipeline import blank

OWN = "eventrisk"  # the key of user data, and the JSON in it
ATTRS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE")
WHOLE = "the whole record"
SURROGATE = "it holds half of a surrogate pair, which spaCy cannot"

Lost = tuple[str, str, str]


def read(path: Path) -> Iterator[Placed | DataError]:
    """Every document. Raises DataError when the file cannot be opened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})") from error
    number = 0
    try:
        for doc in DocBin().from_bytes(data).get_docs(Vocab()):
            number += 1
            yield _record(doc, f"{path}, document {number}", f"{path.stem}-{number}")
    except (
        Exception
    ) as error:  # zlib, msgpack, numpy and spaCy raise what they please on bytes that are no DocBin
        place = f", after document {number}" if number else ""
        yield DataError(
            f"{path}{place}: is not a DocBin of spaCy, or not all of it ({error}); write or "
            f"copy it again"
        )


def _record(doc: Doc, where: str, default_id: str) -> Placed | DataError:
    try:
        plain = {**_own(doc), "text": doc.text}
        if doc.has_annotation("ENT_IOB"):
            plain["entities"] = [[ent.start_char, ent.end_char, ent.label_] for ent in doc.ents]
        likely = [label for label, share in doc.cats.items() if share > 0.5]
        if len(likely) > 1:
            raise DataError(
                f"{where}: the categories {likely} are all likely, and there can be one sentiment"
            )
        if likely:
            plain["sentiment"] = likely[0]
        return Placed(parse_record(plain, where, default_id), where, None)
    except DataError as error:
        return error


def _own(doc: Doc) -> dict[str, Any]:
    """What we wrote along; user data of others is not ours to read."""
    try:
        own = json.loads(doc.user_data.get(OWN, "{}"))
    except (ValueError, TypeError, RecursionError):
        return {}
    return own if isinstance(own, dict) else {}


def write(records: Iterable[Labelled], path: Path) -> list[Lost]:
    """One document a record; returns what was lost: id, what, and why."""
    listed, losses, tokenize = list(records), list[Lost](), _tokenizer()
    classes = sorted({record.sentiment for record in listed if record.sentiment is not None})
    docs = DocBin(attrs=ATTRS, store_user_data=True)
    for record in listed:
        if not _encodable(record):
            losses.append((record.id, WHOLE, SURROGATE))
            continue
        doc = tokenize(record.text)
        losses += _label(doc, record)
        if record.sentiment is not None:
            doc.cats = {label: float(label == record.sentiment) for label in classes}
        rest = {
            key: value
            for key, value in to_plain(record).items()
            if key not in ("text", "entities", "sentiment")
        }
        doc.user_data[OWN] = json.dumps(rest)
        docs.add(doc)
    docs.to_disk(path)
    return losses


@lru_cache(maxsize=1)
def _tokenizer() -> Callable[[str], Doc]:
    return blank().tokenizer


def _encodable(record: Labelled) -> bool:
    labels = (*(span.label for span in record.entities or ()), record.sentiment or "")
    try:
        "".join((record.text, *labels)).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _label(doc: Doc, record: Labelled) -> Iterator[Lost]:
    """Puts the entities onto the document; what is lost is yielded. Without labels its tokens stay
    *unknown*.
    """
    if record.entities is None:
        return
    ents: list[DocSpan] = []
    for span in sorted(record.entities, key=lambda s: (s.start, -s.end)):
        what = f"entity {[span.start, span.end, span.label]}"
        ent = doc.char_span(span.start, span.end, label=span.label)
        if ent is None:
            yield record.id, what, "it begins or ends within a token"
        elif ents and ent.start < ents[-1].end:
            taken = Span(ents[-1].start_char, ents[-1].end_char, ents[-1].label_)
            yield record.id, what, f"it overlaps {[taken.start, taken.end, taken.label]}"
        else:
            ents.append(ent)
    doc.set_ents(ents, default="outside")
