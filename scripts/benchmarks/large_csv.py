"""How long, and in how much memory, a model is trained from a CSV of 50,000 rows with a column
``sentiment``.

python -m scripts.benchmarks.large_csv [--rows 50000] [--csv FILE]

The rows are made of our own labelled releases: title of one, lead of another of the same sentiment,
paragraphs of others below, invented names in place of the drugs. A pool of releases is one group,
so that no part of a text that is judged was seen in training; how well that goes says little of
real releases, only that something was learnt.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from pathlib import Path

from joblib.externals.loky import get_reusable_executor

import eventrisk
from eventrisk.labelled import Labelled
from eventrisk.training import data
from scripts.corpus import build

POOLS = 200
BODY = (1500, 9000)  # characters of further paragraphs
ALONE = 0.1  # share of rows that are a headline and nothing else
SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "ro",
    "su",
    "ta",
    "ve",
    "xi",
    "zo",
    "kra",
    "pli",
    "mab",
    "tor",
)


def name(draw: random.Random) -> str:
    """An invented drug."""
    return "".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).capitalize()


def renamed(record: Labelled, draw: random.Random) -> str:
    """The text with another name for its drugs."""
    text, other = record.text, name(draw)
    for span in sorted(record.entities or (), key=lambda s: -s.start):
        if span.label == "drug":
            text = text[: span.start] + other + text[span.end :]
    return text


def write(path: Path, rows: int, seed: int = 0) -> None:
    """A CSV with id, company, sentiment and text."""
    draw = random.Random(seed)
    corpus = path.with_suffix(".corpus.jsonl")
    corpus.write_text(build.to_jsonl(build.corpus()), encoding="utf-8")
    records = [r for r in data.records(corpus) if r.sentiment]
    draw.shuffle(records)
    pools = [records[at::POOLS] for at in range(POOLS)]
    partial = path.with_suffix(".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "company", "sentiment", "text"])
        for number in range(rows):
            pool = number % POOLS
            label, text = row(pools[pool], draw)
            table.writerow([f"r{number}", f"company {pool}", label, text])
    partial.rename(path)


def row(pool: list[Labelled], draw: random.Random) -> tuple[str, str]:
    """One text with its label."""
    first = draw.choice(pool)
    title, *rest = renamed(first, draw).split("\n")
    if draw.random() < ALONE:
        return str(first.sentiment), title
    second = draw.choice([r for r in pool if r.sentiment == first.sentiment])
    lead = renamed(second, draw).split("\n")[1:3] or rest[:2]
    below: list[str] = []
    wanted = draw.randint(*BODY)
    while sum(map(len, below)) < wanted:
        below += renamed(draw.choice(pool), draw).split("\n")[1:]
        below.append(f"{name(draw)} {name(draw)} {draw.randint(1, 99)} patients.")
    return str(first.sentiment), "\n".join([title, *rest[:1], *lead, *below])


def train(path: Path, out: Path) -> None:
    """From the file to a model with its report, as a user would; the reading processes hold about
    0.2 GB more each.
    """
    started = time.monotonic()
    report = eventrisk.train(path, out, progress=False)
    get_reusable_executor().shutdown(wait=True)  # their CPU time counts once they have ended
    own, read = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    busy = own.ru_utime + own.ru_stime + read.ru_utime + read.ru_stime
    print(
        f"{time.monotonic() - started:.0f} s, {busy:.0f} CPU s, peak "
        f"{own.ru_maxrss / 1e6:.2f} GB: {report!r}"
    )


def main() -> None:
    """Reads the command line, writes the rows, trains."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--rows", type=int, default=50_000)
    ap.add_argument(
        "--csv", type=Path, help="keep the rows in this file, or use them if it is there"
    )
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as work:
        path = args.csv or Path(work) / "rows.csv"
        if not path.is_file():
            write(path, args.rows)
        print(f"{path.stat().st_size / 1e6:.0f} MB", flush=True)
        train(path, Path(work) / "model")


if __name__ == "__main__":
    main()
