"""One result as a page of its own: HTML, plain text or JSON, as the name of the file says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path

from rich.console import Console

from eventrisk.errors import OutputError
from eventrisk.export.target import replacing, writing
from eventrisk.export.writers import json_line
from eventrisk.results import Analysis, Failure
from eventrisk.show.html import card
from eventrisk.show.quotes import one_line
from eventrisk.show.terminal import summary

PAGE_COLUMNS = 100  # characters of a page of text


def save(release: Analysis, path: str | Path) -> None:
    """Writes the card (``.html``), the page (``.txt``) or the whole result (``.json``).

    The file is replaced when all is written. Raises OutputError.
    """
    out = Path(path)
    if out.suffix.lower() not in FORMS:
        raise OutputError(
            f"{out}: a result is saved as {', '.join(FORMS)}; name the file so, or write tables "
            f"with to_csv, to_parquet and to_jsonl"
        )
    made = FORMS[out.suffix.lower()](release)
    with replacing(out) as part, writing(out):
        part.write_text(made, encoding="utf-8", newline="\n", errors="backslashreplace")


def plain_page(release: Analysis, *, text: bool = False) -> str:
    """What the terminal shows, without colours; with ``text`` the release itself too. The same
    whatever terminal there is.
    """
    out = io.StringIO()
    Console(
        file=out,
        width=PAGE_COLUMNS,
        color_system=None,
        force_terminal=False,
        force_jupyter=False,  # else a notebook would show it beside, and the page stay empty
        highlight=False,
        legacy_windows=False,
        _environ={},
    ).print(summary(release, text=text))
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))


def document(results: Iterable[Analysis | Failure]) -> str:
    """The cards of some results as one page of HTML; a Failure is a line with its error."""
    shown = [*results]
    first = next((r.title or r.doc_id for r in shown if isinstance(r, Analysis)), "eventrisk")
    body = "\n".join(card(r) if isinstance(r, Analysis) else _failed(r) for r in shown)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(one_line(first))}</title></head><body>\n{body}\n</body></html>\n"
    )


def _failed(failure: Failure) -> str:
    return f'<p class="er-failed">{escape(one_line(failure.doc_id))}: {escape(failure.error)}</p>'


def _json(release: Analysis) -> str:
    whole = json.loads(json_line(release))
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


FORMS: Mapping[str, Callable[[Analysis], str]] = {
    ".html": lambda release: document([release]),
    ".txt": lambda release: plain_page(release) + "\n",
    ".json": _json,
}
