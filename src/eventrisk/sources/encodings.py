"""Which encoding the bytes of a text are in: that of their byte order mark, else UTF-8, else
Windows-1252.
"""

from __future__ import annotations

import codecs
import warnings
from pathlib import Path

from eventrisk.errors import DataError, InputWarning

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FALLBACK = "cp1252"
UTF8 = "utf-8-sig"  # as UTF-8, without the mark it may begin with


def marked(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of the bytes names."""
    return next((encoding for bom, encoding in BOMS if data.startswith(bom)), None)


def encoding_of(path: Path) -> str:
    """The encoding of a file of lines, found without holding it. Raises DataError when it cannot be
    read.

    Windows-1252 is taken where some line is no UTF-8, all could be Windows-1252, and none is UTF-8
    beyond ASCII; a file that mixes both is UTF-8 with lines that are spoilt.
    """
    try:
        with path.open("rb") as handle:
            mark = marked(handle.read(4))
            if mark is not None:
                return mark
            handle.seek(0)
            spoilt = False
            for line in handle:
                if line.isascii():
                    continue
                if _is(line, "utf-8") or not _is(line, FALLBACK):
                    return UTF8
                spoilt = True
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})") from error
    return FALLBACK if spoilt else UTF8


def say_if_fallback(encoding: str, name: str) -> None:
    """Warns that a file was taken for Windows-1252, which nothing in it says."""
    if encoding == FALLBACK:
        warnings.warn(
            f"{name}: is not UTF-8 and was read as Windows-1252", InputWarning, stacklevel=2
        )


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
