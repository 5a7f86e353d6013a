"""Reads and checks the packaged term lists (TSV) and rules (TOML); errors name file and line.

A term list is a TSV file whose first line names its columns; lines that start with ``#`` are
comments. A rule file is TOML with ``[[rule]]`` tables, each with ``id``, ``pattern``, ``source``, a
``hit`` and a ``miss`` beside its own keys.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from eventrisk.errors import LexiconError

PACKAGE = "eventrisk.lexicons"


def read_text(name: str) -> str:
    """The content of one packaged lexicon file. Raises LexiconError when there is none of that
    name.
    """
    path = files(PACKAGE).joinpath(name)
    if not path.is_file():
        raise LexiconError(f"{name}: no such lexicon in {PACKAGE}")
    return path.read_text(encoding="utf-8")


def parse_terms(text: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a term list as dicts. Raises LexiconError naming file and line where a row does
    not fit.
    """
    columns: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is None:
            columns = cells
            continue
        if len(cells) != len(columns):
            wrong = f"{len(cells)} columns where {len(columns)} are declared"
            raise LexiconError(f"{name}, line {number}: {wrong}: {line!r}")
        if not cells[0]:
            raise LexiconError(
                f"{name}, line {number}: the first column is empty; give the term or delete "
                f"the line"
            )
        yield dict(zip(columns, cells, strict=True))


@lru_cache(maxsize=32)
def terms(name: str) -> tuple[Mapping[str, str], ...]:
    """All rows of a packaged term list, read once."""
    return tuple(parse_terms(read_text(name), name))


@dataclass(frozen=True)
class Rule:
    """One rule: a pattern, where it comes from, a sentence it must hit and one it must miss, and
    its own keys.
    """

    id: str
    pattern: str
    source: str
    hit: str
    miss: str
    keys: Mapping[str, Any]
    file: str = ""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern (flags are written in the pattern itself, e.g. ``(?i)``)."""
        try:
            return re.compile(self.pattern)
        except re.error as error:
            raise LexiconError(
                f"{self.file}, rule {self.id!r}: the pattern does not compile: {error}"
            ) from error


REQUIRED = ("id", "pattern", "source", "hit", "miss")


def parse_rules(text: str, name: str) -> list[Rule]:
    """The rules of a TOML file. Raises LexiconError for broken TOML, missing keys and ids given
    twice.
    """
    try:
        tables = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: {error}") from error
    rules: list[Rule] = []
    seen: set[str] = set()
    for number, table in enumerate(tables, start=1):
        missing = [key for key in REQUIRED if not table.get(key)]
        if missing:
            raise LexiconError(
                f"{name}, rule {number} ({table.get('id', 'no id')}): missing {', '.join(missing)}"
            )
        if table["id"] in seen:
            raise LexiconError(f"{name}, rule {number}: the id {table['id']!r} is given twice")
        seen.add(table["id"])
        own = {key: value for key, value in table.items() if key not in REQUIRED}
        rules.append(Rule(**{key: str(table[key]) for key in REQUIRED}, keys=own, file=name))
    return rules


@lru_cache(maxsize=32)
def rules(name: str) -> tuple[Rule, ...]:
    """All rules of a packaged rule file, read once."""
    return tuple(parse_rules(read_text(name), name))
