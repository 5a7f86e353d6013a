"""Records of one tool in a file that is read as another's: what shows it, and what is said."""

from __future__ import annotations

from typing import Any

from eventrisk.errors import DataError

COMMENTS = "Comments"  # a list in every example that doccano exports
BESIDE = {"label", "labels", "cats", "relations"}  # one of which it has, too, and ours have not


def is_of_doccano(found: Any) -> bool:
    """Whether this is an example as doccano exports it."""
    if not isinstance(found, dict) or not isinstance(found.get(COMMENTS), list):
        return False
    return bool(BESIDE & found.keys())


def of_doccano(where: str) -> DataError:
    """What is said of one."""
    return DataError(
        f"{where}: is an example that doccano wrote; read it as doccano (format='doccano', --from "
        f"doccano)"
    )
