"""Our own format: JSON Lines, one record a line (``data/schema.json``); holds everything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, parse_record, to_plain
from eventrisk.sources.formats import Format, Loss, Read


def read(path: Path) -> Read:
    """Every line that is not blank. Raises DataError when the file cannot be opened."""
    try:
        with path.open("rb") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip():
                    yield _record(line, path, number)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})") from error


def _record(line: bytes, path: Path, number: int) -> Placed | DataError:
    where = f"{path}, line {number}"
    try:
        data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return DataError(f"{where}: is not UTF-8 ({error.reason} at byte {error.start}); save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return DataError(f"{where}: is not JSON ({error}); one object a line is read")
    try:
        return Placed(parse_record(data, where, default_id=f"{path.stem}-{number}"), str(path), number)
    except DataError as error:
        return error


def write(records: Iterable[Labelled], path: Path) -> list[Loss]:
    """One line a record; nothing is lost."""
    with path.open("w", encoding="utf-8", newline="\n", errors="surrogatepass") as handle:
        for record in records:
            handle.write(json.dumps(to_plain(record), ensure_ascii=False) + "\n")
    return []


JSONL = Format("jsonl", (".jsonl", ".ndjson"), read, write)
