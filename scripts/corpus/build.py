"""Turns the labelled releases into JSON Lines and back, and checks them. Needs PyYAML and
jsonschema (extra ``dev``).

python -m scripts.corpus.build                            check all, print how often labels occur
python -m scripts.corpus.build --jsonl OUT                also write the records, one a line
python -m scripts.corpus.build --from-jsonl IN --out DIR  write records back as marked-up files
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from scripts.corpus import checks, headers, markup
from scripts.corpus.checks import Record
from scripts.paths import DATA, RELEASES

SCHEMA = DATA / "schema.json"


class CorpusError(ValueError):
    """A labelled release breaks the format; ``problems`` says where, one ``file, line N: what``
    each.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@lru_cache(maxsize=1)
def validator() -> Any:
    """The validator of schema.json."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def read(path: Path) -> Record:
    """One file as a record. Raises CorpusError with every problem found."""
    return parse(path.read_text(encoding="utf-8"), path.stem, path.name)


def parse(content: str, identity: str, name: str) -> Record:
    """The content of one file as a record; ``name`` is what errors call it."""
    if not content.startswith("---\n") or content.count("---\n") < 2:
        raise CorpusError(
            [f"{name}, line 1: a file starts with a YAML head between two lines of ---"]
        )
    _, head, body = content.split("---\n", 2)
    try:
        meta = headers.read(head)
    except ValueError as error:
        raise CorpusError([f"{name}, {error}"]) from error
    parsed = markup.parse(body.strip("\n") + "\n")
    record = {"id": identity, "text": parsed.text, **meta}
    record["entities"] = [list(span) for span in parsed.entities]
    record["risk_clauses"] = [list(span) for span in parsed.clauses]
    problems = parsed.problems or shape_problems(record) or checks.check(record)
    if problems:
        first = head.count("\n") + 3
        raise CorpusError(
            [f"{name}, {_line(parsed.text, at, first)}: {what}" for at, what in problems]
        )
    return record


def shape_problems(record: Record) -> list[checks.Problem]:
    """Where a record does not fit the schema."""
    errors = validator().iter_errors(record)
    return [(0, f"{'.'.join(map(str, e.absolute_path)) or 'record'}: {e.message}") for e in errors]


def _line(text: str, offset: int, first: int) -> str:
    return f"line {first + text.count(chr(10), 0, offset)}" if offset else "head"


def write(record: Record) -> str:
    """The inverse of ``parse``: head and marked-up text."""
    entities = [(s, e, label) for s, e, label in record["entities"]]
    clauses = [(s, e, labels) for s, e, labels in record["risk_clauses"]]
    return f"---\n{headers.write(record)}---\n{markup.write(record['text'], entities, clauses)}"


def read_all(paths: Iterable[Path]) -> tuple[list[Record], list[str]]:
    """The records of all files that are right, and the problems of the others; a text given twice
    is one.
    """
    records: list[Record] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    for path in sorted(paths):
        try:
            record = read(path)
        except CorpusError as error:
            problems += error.problems
            continue
        except UnicodeDecodeError as error:
            problems.append(f"{path.name}: not UTF-8: {error}")
            continue
        if (twin := seen.setdefault(record["text"], path.name)) != path.name:
            problems.append(f"{path.name}: the same text as {twin}")
        records.append(record)
    return records, problems


def label_counts(records: Iterable[Record]) -> Iterator[str]:
    """How often each label occurs, a line a kind."""
    count: dict[str, Counter[str]] = {}

    def add(kind: str, values: Iterable[str]) -> None:
        count.setdefault(kind, Counter()).update(values)

    for r in records:
        for kind in ("form", "era", "sentiment", "tone"):
            add(kind, [r[kind]])
        add("lead event", [f"{e['type']} {e['direction']}" for e in r["events"][:1]])
        add("entities", [label for *_, label in r["entities"]])
        add("risks", {label for *_, labels in r["risk_clauses"] for label in labels})
        add("votes", [v["body"] for v in r["votes"]])
    for kind, values in count.items():
        yield f"{kind}: " + ", ".join(f"{value} {n}" for value, n in values.most_common())


def corpus() -> list[Record]:
    """The records of all releases. Raises CorpusError with every problem of the corpus."""
    records, problems = read_all(RELEASES.glob("*.txt"))
    if problems:
        raise CorpusError(problems)
    return records


def to_jsonl(records: Iterable[Record]) -> str:
    """One record a line, keys in a fixed order."""
    return "".join(json.dumps(r, ensure_ascii=False, sort_keys=True) + "\n" for r in records)


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well, 1 with the problems on standard error."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument(
        "files", nargs="*", type=Path, help="marked-up files; default: all of releases/"
    )
    ap.add_argument("--jsonl", type=Path, help="write the records here")
    ap.add_argument("--from-jsonl", type=Path, help="write these records back as marked-up files")
    ap.add_argument("--out", type=Path, help="directory for --from-jsonl")
    args = ap.parse_args(arguments)
    if args.from_jsonl:
        if not args.out:
            ap.error("--from-jsonl needs --out DIR")
        return _back(args.from_jsonl, args.out)
    records, problems = read_all(args.files or RELEASES.glob("*.txt"))
    print(*label_counts(records), f"{len(records)} releases, {len(problems)} problems", sep="\n")
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    if args.jsonl and not problems:
        args.jsonl.write_text(to_jsonl(records), encoding="utf-8")
    return 1 if problems else 0


def _back(source: Path, target: Path) -> int:
    target.mkdir(parents=True, exist_ok=True)
    for line in source.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        (target / f"{record['id']}.txt").write_text(write(record), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
