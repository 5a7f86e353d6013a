"""What ``evaluate`` and ``compare`` share: a count of releases read, and the report as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventrisk.cli.flow import say
from eventrisk.errors import OutputError
from eventrisk.export.target import replacing, writing

if TYPE_CHECKING:
    from eventrisk.training.compare import Comparison
    from eventrisk.training.report import Report


@contextmanager
def counting() -> Iterator[Callable[[int], None] | None]:
    """Counts the releases read where a person is watching; None where nobody is."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with console.status("reading") as status:
        yield lambda count: status.update(f"reading: {count} releases")


def written(found: Report | Comparison, out: Path) -> None:
    """Writes a report, and the pictures its Markdown names beside it. Raises OutputError."""
    forms: Mapping[str, Callable[[], str]] = {
        ".md": found.card,
        ".html": found.html,
        ".json": lambda: json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n",
        ".csv": lambda: _csv(found),
    }
    form = forms.get(out.suffix.lower())
    if form is None:
        raise OutputError(f"{out}: reports are written as {', '.join(forms)}; name the file so")
    pictures: dict[str, str] = found.pictures() if out.suffix.lower() == ".md" else {}
    for path, text in {out: form(), **{out.with_name(name): svg for name, svg in pictures.items()}}.items():
        with replacing(path) as part, writing(path):
            part.write_text(text, encoding="utf-8", newline="\n")
    say(f"wrote {', '.join(str(path) for path in (out, *map(out.with_name, pictures)))}")


def _csv(found: Report | Comparison) -> str:
    """The rows of ``to_frame`` as CSV; needs no pandas."""
    import io

    from eventrisk.export.writers import csv_cell, csv_rows

    out = io.StringIO()
    rows: Any = csv_rows(out)
    rows.writerow(found.columns)
    rows.writerows([csv_cell(cell) for cell in row] for row in found.rows())
    return out.getvalue()
