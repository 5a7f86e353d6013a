"""The option that says what counts where several people labelled one text."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Rule(StrEnum):
    """What counts of what they differ on."""

    LATEST = "latest"
    MAJORITY = "majority"
    DROP = "drop"


Conflicts = Annotated[
    Rule,
    typer.Option(
        help="Of what annotators differ on: take what was said last (without times, as doccano's, "
        "what is read last), what most say, or nothing."
    ),
]
