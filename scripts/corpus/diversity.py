"""How the labelled releases are distributed and how much they differ: the table behind
``tests/scripts/corpus/test_diversity.py``.

python -m scripts.corpus.diversity        prints the table (half a minute)
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from eventrisk.labels import SectionKind
from eventrisk.sources.clean import clean
from eventrisk.structure.sections import find_sections
from scripts.corpus import build
from scripts.corpus.checks import Record
from scripts.paths import DATA

WORD = re.compile(r"\w+(?:'\w+)?")
SHORT = ("headline", "lead")
LEGAL_RUN, VARIETY_RUN = (
    8,
    4,
)  # words in a row that are compared between releases, and counted as distinct


def whole(records: Iterable[Record]) -> list[Record]:
    """The releases that are more than a headline or lead."""
    return [record for record in records if record["form"] not in SHORT]


def leads(records: Iterable[Record]) -> dict[str, Counter[str]]:
    """Event type → direction → releases that it leads."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if record["events"]:
            out[record["events"][0]["type"]][record["events"][0]["direction"]] += 1
    return dict(sorted(out.items()))


def traps(records: Iterable[Record]) -> dict[str, int]:
    """Trap → releases that have it built in."""
    rows = [
        line
        for line in (DATA / "traps.tsv").read_text(encoding="utf-8").splitlines()
        if line[:1] != "#"
    ]
    patterns = {
        row["trap"]: re.compile(row["tags"]) for row in csv.DictReader(rows, delimiter="\t")
    }
    out = dict.fromkeys(patterns, 0)
    for record in records:
        for name, pattern in patterns.items():
            out[name] += any(pattern.search(tag) for tag in record["traps"])
    return out


def unnamed(record: Record) -> str:
    """The text without the names of agencies: the same long names stand in all of them."""
    text: str = record["text"]
    for start, end, label in sorted(record["entities"], reverse=True):
        if label == "agency":
            text = text[:start] + text[end:]
    return text


def parts(record: Record) -> tuple[str, str]:
    """The clean text without agencies and safe harbour, and the safe harbour."""
    text = clean(unnamed(record)).text
    sections = find_sections(text)
    legal = [s for s in sections if s.kind is SectionKind.SAFE_HARBOUR]
    rest = [s for s in sections if s.kind is not SectionKind.SAFE_HARBOUR]
    return "\n".join(text[s.start : s.end] for s in rest), " ".join(
        text[s.start : s.end] for s in legal
    )


def runs(text: str, length: int) -> list[tuple[str, ...]]:
    """All runs of ``length`` words, in lower case."""
    words = WORD.findall(text.lower())
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]


def distinct_share(texts: Iterable[str]) -> float:
    """Share of word 4-grams that are different ones, over all texts together (0…1)."""
    counted: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        counted.update(runs(text, VARIETY_RUN))
    return len(counted) / max(1, counted.total())


def closest(names: Sequence[str], texts: Sequence[str]) -> tuple[float, str, str]:
    """The largest share (0…1) of one text's word 8-grams that stand in another, and the two texts'
    names.
    """
    sets = [set(runs(text, LEGAL_RUN)) for text in texts]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, grams in enumerate(sets):
        for gram in grams:
            where[gram].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in where.values():
        shared.update((a, b) for k, a in enumerate(holders) for b in holders[k + 1 :])
    best = max(
        shared,
        key=lambda pair: shared[pair] / max(1, min(len(sets[pair[0]]), len(sets[pair[1]]))),
        default=None,
    )
    if best is None:
        return 0.0, "", ""
    one, two = best
    return shared[best] / max(1, min(len(sets[one]), len(sets[two]))), names[one], names[two]


def harbours(texts: Iterable[str]) -> int:
    """Safe-harbour texts of which no two share more than half of their word 4-grams."""
    kept: list[set[tuple[str, ...]]] = []
    for text in texts:
        grams = set(runs(text, VARIETY_RUN))
        if len(grams) > 10 and all(
            len(grams & other) <= min(len(grams), len(other)) / 2 for other in kept
        ):
            kept.append(grams)
    return len(kept)


def table(records: Sequence[Record]) -> str:
    """How many texts there are of each kind, for people."""
    lines = [f"{len(records)} texts, {len(whole(records))} whole releases"]
    for key in ("form", "era", "sentiment", "tone"):
        counted = Counter(record[key] for record in records)
        lines.append(f"{key}: " + ", ".join(f"{name} {n}" for name, n in counted.most_common()))
    lines.append(
        f"with a committee's vote or opinion: {sum(bool(record['votes']) for record in records)}"
    )
    lines += [
        f"  {name:28s} " + "  ".join(f"{d} {n}" for d, n in sorted(c.items()))
        for name, c in leads(records).items()
    ]
    lines += [f"  trap: {name:44s} {n}" for name, n in traps(records).items()]
    return "\n".join(lines)


def main() -> None:
    """Prints the table and the measures of variety."""
    try:
        records = build.corpus()
    except build.CorpusError as error:
        raise SystemExit(str(error)) from error
    long = whole(records)
    bodies, legal = zip(*(parts(record) for record in long), strict=True)
    share, one, two = closest([record["id"] for record in long], bodies)
    print(table(records))
    print(f"distinct word 4-grams of bodies: {distinct_share(bodies):.3f}")
    print(f"most alike outside the safe harbour: {one} and {two}, {share:.1%} of word 8-grams")
    print(f"safe harbours worded differently: {harbours(legal)}")


if __name__ == "__main__":
    main()
