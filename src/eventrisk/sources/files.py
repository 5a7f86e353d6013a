"""Releases in files of text: any usual encoding, HTML and Markdown as they are.

Line ends are kept as they stand, so that offsets of a result count the characters of the file as
decoded.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from eventrisk.errors import InputError
from eventrisk.sources.encodings import FALLBACK, marked

SIGNATURES = (
    (b"PAR1", "a Parquet file", "name it .parquet, or say that it is one (format, --from)"),
    (b"%PDF", "a PDF file", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an Office document", "unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"{\\rtf", "a Rich Text file", "save it as plain text"),
)


class Decoded(NamedTuple):
    """A file's text and the encoding it was read with."""

    text: str
    encoding: str


def read_file(path: str | Path) -> Decoded:
    """The text of one file and its encoding; markup is left for the analyzer to clean.

    Raises InputError naming the file, what is wrong and what to do.
    """
    if Path(path).is_dir():
        raise InputError(f"{path}: is a folder, not a release; `eventrisk score` reads folders")
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        why = error.strerror or error
        raise InputError(f"{path}: cannot be read ({why}){advice_on_name(path)}") from error
    return decode(data, str(path))


def advice_on_name(path: str | Path) -> str:
    """What to do about a name that no file has, where it is known what was meant."""
    name = str(path)
    if name.startswith(("http:/", "https:/")):
        return "; nothing is fetched: download it, and name the file"
    if Path(path).exists() or not any(sign in name for sign in "*?["):
        return ""
    return (
        f"; patterns are not expanded: name the folder, or give the list "
        f"sorted(Path().glob({name!r}))"
    )


def decode(data: bytes, name: str) -> Decoded:
    """Bytes as text: by their byte order mark, else UTF-8, else Windows-1252. Raises InputError for
    binary data.
    """
    if refused := refusal(data):
        raise InputError(f"{name}: is {refused[0]}, not text; {refused[1]}")
    mark = marked(data)
    for encoding in (mark,) if mark else ("utf-8", FALLBACK):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise InputError(
                f"{name}: holds NUL characters, so it is binary or UTF-16 without a mark; "
                f"save it as UTF-8"
            )
        return Decoded(text, encoding)
    raise InputError(f"{name}: is neither UTF-8 nor Windows-1252 text; save it as UTF-8")


def refusal(data: bytes) -> tuple[str, str] | None:
    """What bytes are that are no text, by how they begin, and what to do; None for all others."""
    return next(
        ((what, advice) for start, what, advice in SIGNATURES if data.startswith(start)), None
    )
