"""The option for terms of the user's own, the same in every command that reads releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OwnTerms = Annotated[
    Path | None,
    typer.Option(
        "--terms",
        metavar="FILE.tsv",
        help="Drugs, indications, agencies and companies of yours: columns term, label, canonical.",
    ),
]
