"""Strings that are the names of files or addresses, given in place of what is in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from eventrisk.errors import InputError
from eventrisk.sources.folders import SUFFIXES, TEXTS

ENDINGS = (*SUFFIXES, ".json", ".pdf", ".doc", ".docx", ".rtf", ".xml", ".xlsx", ".zip", ".gz")
WITH_BLANKS = (*TEXTS, ".pdf", ".csv", ".jsonl", ".parquet", ".docx", ".xlsx")
LONGEST_NAME = 1_000  # characters of a string that may be the name of a file
LONGEST_WITH_BLANKS = 200  # a text so short ends so only where it is a name
ADDRESS = re.compile(r"(?i:https?|ftp)://?\S+")  # a Path holds one of the two slashes


def is_file_name(text: str) -> bool:
    """Whether a string is the name of a file or folder, or looks like one: one line without blanks
    that ends as files do, a short one with blanks that ends as files of releases do, or one that is
    there on disk.
    """
    name = text.strip()
    if not name or len(name) > LONGEST_NAME or "\n" in name:
        return False
    blank = bool(re.search(r"\s", name))
    ending = name.lower().endswith(ENDINGS)
    if not blank and (ending or (name.endswith(("/", os.sep)) and name.strip("/" + os.sep))):
        return True
    in_a_site = "." in name.split()[-1].rpartition("/")[0]  # See example.com/results.html
    if len(name) < LONGEST_WITH_BLANKS and name.lower().endswith(WITH_BLANKS) and not in_a_site:
        return True
    return (ending or not blank or "/" in name or os.sep in name) and os.path.exists(name)


def refuse_file_name(text: str) -> None:
    """Raises InputError for the name of a file, or an address, given in place of its text."""
    refuse_addresses([text.strip()])
    if is_file_name(text):
        name = text.strip()
        raise InputError(
            f"{name!r} is the name of a file, not a release; read it with "
            f"eventrisk.analyze(Path({name!r})), a folder or a table with "
            f"eventrisk.analyze_many(eventrisk.read({name!r}))"
        )


def refuse_addresses(names: Iterable[str | Path]) -> None:
    """Raises InputError for an address in the web."""
    for name in names:
        if ADDRESS.fullmatch(str(name)):
            raise InputError(
                f"{str(name)!r} is an address, and nothing is fetched: download it, and give the "
                f"Path of the file"
            )
