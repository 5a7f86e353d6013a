"""Draws docs/card.svg: what ``eventrisk analyze`` prints for an example, from the model as it is.

python -m scripts.docs.terminal_card
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

import eventrisk
from eventrisk.show.terminal import summary
from scripts.paths import DATA, ROOT

EXAMPLE = DATA / "examples" / "complete_response_letter.txt"
WIDTH = 108  # columns
WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # a picture fetches nothing


def draw(path: Path) -> str:
    """The page of one release as SVG; the same release and model give the same picture."""
    console = Console(
        record=True, width=WIDTH, highlight=False, force_terminal=True, file=io.StringIO()
    )
    console.print(summary(eventrisk.analyze(path.read_text(encoding="utf-8"), doc_id=path.name)))
    return WEB_FONTS.sub(
        "", console.export_svg(title=f"eventrisk analyze {path.name}", unique_id="eventrisk")
    )


if __name__ == "__main__":
    (ROOT / "docs" / "card.svg").write_text(draw(EXAMPLE), encoding="utf-8")
