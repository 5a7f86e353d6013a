"""A file holds what its name says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from eventrisk import OutputError, to_csv, to_jsonl, to_parquet
from eventrisk.export.endings import WAYS
from factories import bare

Write = Callable[..., int]
OWN: list[tuple[Write, tuple[str, ...]]] = [
    (to_csv, (".csv",)),
    (to_parquet, (".parquet", ".pq")),
    (to_jsonl, (".jsonl", ".ndjson")),
]
WRITERS = [write for write, _ in OWN]


@pytest.mark.parametrize(("write", "own"), OWN)
def test_every_known_ending_but_its_own_is_refused_with_the_call_that_fits(
    write: Write, own: tuple[str, ...], tmp_path: Path
) -> None:
    for ending in (*WAYS, ".CSV", ".PARQUET"):
        path = tmp_path / f"one{ending}"
        if ending.lower() in own:
            assert write([bare()], path) == 1
            path.unlink()
            continue
        with pytest.raises(OutputError) as raised:
            write([bare()], path)
        said = str(raised.value)
        assert said.startswith(f"{path}: {write.__name__} writes ")
        assert WAYS[ending.lower()].format(name=str(path)) in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("write", "name", "said"),
    [
        (to_csv, "one.parquet", "to_parquet(results, 'one.parquet') writes Parquet"),
        (to_csv, "one.csv.gz", "to_frame(results).to_csv('one.csv.gz', index=False) packs CSV"),
        (to_parquet, "one.csv", "to_csv(results, 'one.csv') writes CSV"),
        (to_jsonl, "one.csv", "to_csv(results, 'one.csv') writes CSV"),
        (to_jsonl, "one.json", "result.save('one.json') writes one result as JSON"),
        (to_csv, "one.xlsx", "to_frame(results).to_excel('one.xlsx', index=False) writes a"),
    ],
)
def test_the_call_that_fits_is_one_to_copy(write: Write, name: str, said: str) -> None:
    with pytest.raises(OutputError, match=re.escape(said)):
        write([], name)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("name", ["one", "one.txt", "one.2024", "one.csv.part"])
def test_an_ending_that_says_nothing_is_taken(write: Write, name: str, tmp_path: Path) -> None:
    assert write([bare()], tmp_path / name) == 1


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("results", [[], [bare()], bare()], ids=["none", "list", "one"])
def test_results_behind_the_name_are_told_to_come_first(write: Write, results: object) -> None:
    said = f"results come first: {write.__name__}(results, 'one.csv')"
    with pytest.raises(OutputError, match=re.escape(said)):
        write("one.csv", results)
