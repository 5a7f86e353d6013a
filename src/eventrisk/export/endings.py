"""Where a table is to be written: the name of a file, and a name that says what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eventrisk.errors import OutputError

KINDS = {
    "to_csv": ("CSV", (".csv",)),
    "to_parquet": ("Parquet", (".parquet", ".pq")),
    "to_jsonl": ("JSON Lines", (".jsonl", ".ndjson")),
}
PACKED = "to_frame(results).to_csv({name!r}, index=False) packs CSV, and to_parquet packs by itself"
WORKBOOK = "to_frame(results).to_excel({name!r}, index=False) writes a workbook, and Excel opens "
WAYS = {  # the calls that write files with the endings that say what is in a file
    **{
        ending: f"{call}(results, {{name!r}}) writes {kind}"
        for call, (kind, endings) in KINDS.items()
        for ending in endings
    },
    **dict.fromkeys((".gz", ".bz2", ".xz", ".zst", ".zip"), PACKED),
    **dict.fromkeys(
        (".xlsx", ".xls", ".xlsm"), f"{WORKBOOK}.csv (spreadsheet=True guards its cells)"
    ),
    ".tsv": "to_frame(results).to_csv({name!r}, sep='\\t', index=False) writes tabs",
    ".json": "result.save({name!r}) writes one result as JSON",
    ".html": "result.save({name!r}) writes one result as a page",
    ".feather": "to_frame(results).to_feather({name!r}) writes it",
}


def checked_target(results: object, out: Any, call: str) -> str | Path:
    """Where to write, as given.

    Raises OutputError for what is no name of a file, as where results and name are turned round.
    """
    if isinstance(out, str | Path):
        return out
    name = str(results) if isinstance(results, str | Path) else f"scores{KINDS[call][1][0]}"
    raise OutputError(
        f"where to write is the name of a file, not a {type(out).__name__}; results come first: "
        f"{call}(results, {name!r})"
    )


def refuse_other_endings(path: Path, call: str) -> None:
    """Raises OutputError where the ending says that the file holds something else than this call
    writes, with the call that fits; endings that say nothing are left alone.
    """
    ending, (kind, own) = path.suffix.lower(), KINDS[call]
    if ending in own or ending not in WAYS:
        return
    way = WAYS[ending].format(name=str(path))
    raise OutputError(f"{path}: {call} writes {kind}, name the file {own[0]}; {way}")
