"""A report or comparison as a file: Markdown, HTML, LaTeX, JSON or CSV, as its name says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from eventrisk.errors import OutputError
from eventrisk.export.target import replacing, writing


class Judged(Protocol):
    """What reports and comparisons share."""

    @property
    def columns(self) -> tuple[str, ...]: ...
    def rows(self) -> Iterator[tuple[Any, ...]]: ...
    def to_dict(self) -> dict[str, Any]: ...
    def card(self) -> str: ...
    def pictures(self) -> dict[str, str]: ...
    def html(self) -> str: ...
    def to_latex(self) -> str: ...


def save(found: Judged, path: str | Path) -> list[Path]:
    """Writes a report by the ending of its name, and the pictures its Markdown names beside it;
    returns what was written.

    Files are replaced when all is made. Raises OutputError.
    """
    out = checked_ending(Path(path))
    ending = out.suffix.lower()
    pictures = found.pictures() if ending == ".md" else {}
    texts = {out: FORMS[ending](found)}
    texts |= {out.with_name(name): svg for name, svg in pictures.items()}
    for target, text in texts.items():
        with replacing(target) as part, writing(target):
            part.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def checked_ending(out: Path) -> Path:
    """The file as given. Raises OutputError for an ending that is no report's."""
    if out.suffix.lower() not in FORMS:
        raise OutputError(f"{out}: reports are written as {', '.join(FORMS)}; name the file so")
    return out


def _json(found: Judged) -> str:
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n"


def _csv(found: Judged) -> str:
    """The rows of ``to_frame`` as CSV; needs no pandas."""
    from eventrisk.export.writers import csv_cell, csv_rows

    out = io.StringIO()
    rows = csv_rows(out)
    rows.writerow(found.columns)
    rows.writerows([csv_cell(cell) for cell in row] for row in found.rows())
    return out.getvalue()


FORMS: Mapping[str, Callable[[Judged], str]] = {
    ".md": lambda found: found.card(),
    ".html": lambda found: found.html(),
    ".tex": lambda found: found.to_latex(),
    ".json": _json,
    ".csv": _csv,
}
