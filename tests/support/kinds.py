"""Examples of a kind of error with their right labels, and what a reading gets wrong of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import eventrisk
from eventrisk.results import Analysis

Example = dict[str, Any]
FOLDER = Path(__file__).parent.parent / "kinds"
ENTITIES = {
    "drugs": "drug",
    "indications": "indication",
    "agencies": "agency",
    "outcomes": "vote_outcome",
}


def examples(*, folder: Path = FOLDER) -> list[Example]:
    """Every example of every file, its ``id`` (``file:kind:number``) added.

    A text too long or too odd for TOML stands in a file beside it, which ``file`` names.
    """
    found: list[Example] = []
    for path in sorted(folder.glob("*.toml")):
        for number, example in enumerate(tomllib.loads(path.read_text("utf-8"))["example"]):
            if "file" in example:
                with (folder / example["file"]).open(encoding="utf-8", newline="") as handle:
                    example["text"] = handle.read()
            found.append({"id": f"{path.stem}:{example['kind']}:{number}", **example})
    return found


def differences(example: Example) -> list[str]:
    """What a reading of an example gets wrong, one line each; empty where all is right."""
    result = eventrisk.analyze(example["text"], date=example.get("date"))
    parts = (_of_news, _of_records, _of_header, _of_names)
    return [line for part in parts for line in part(example, result)]


def _of_news(example: Example, result: Analysis) -> Iterator[str]:
    today = [f"{e.type} {e.direction}" for e in result.events if e.assertion == "occurred"]
    seen = ", ".join(today)
    if "lead" in example and not _fits(example["lead"], today[0]):
        yield f"lead: {today[0]}, not {example['lead']}"
    if "lead_direction" in example and today[0].split()[1] != example["lead_direction"]:
        yield f"lead: {today[0]}, not {example['lead_direction']}"
    for wanted in example.get("also", ()):
        if not any(_fits(wanted, event) for event in today):
            yield f"no event {wanted}; today: {seen}"
    for unwanted in example.get("no", ()):
        if any(_fits(unwanted, event) for event in today):
            yield f"event {unwanted} of today; today: {seen}"
    for stated in example.get("stated", ()):  # "type assertion" or "type direction assertion"
        every = [f"{e.type} {e.direction} {e.assertion}" for e in result.events]
        if not any(set(stated.split()) <= set(event.split()) for event in every):
            yield f"no event {stated}; all: {', '.join(every)}"
    yield from _of_labels(example, result)


def _of_labels(example: Example, result: Analysis) -> Iterator[str]:
    """Sentiment and tone."""
    for head in ("sentiment", "tone"):
        label = str(getattr(result, head).label)
        wanted = example.get(head, label)
        if not _label_fits(wanted, label):
            yield f"{head}: {label}, not {wanted!r}"


def _fits(wanted: str, event: str) -> bool:
    """Whether ``type`` or ``type direction`` names an event written ``type direction``."""
    return event == wanted or (" " not in wanted and event.split()[0] == wanted)


def _label_fits(wanted: str, label: str) -> bool:
    """Whether a label is ``wanted``: one label, two joined by ``|``, or ``not LABEL``."""
    if wanted.startswith("not "):
        return label != wanted.removeprefix("not ")
    return label in wanted.split("|")


def _of_records(example: Example, result: Analysis) -> Iterator[str]:
    """Votes and catalysts: all of today's, and no others, in any order."""
    if "votes" in example:  # "body stage direction yes-no-abstain", what is not said left out
        votes = sorted(
            f"{v.body} {v.stage} {v.direction} {v.yes}-{v.no}-{v.abstain}"
            for v in result.votes
            if v.assertion == "occurred"
        )
        if not _pair(sorted(example["votes"]), votes):
            yield f"votes: {votes}, not {sorted(example['votes'])}"
    if "catalysts" in example:  # "type earliest latest"
        catalysts = sorted(f"{c.type} {c.earliest} {c.latest}" for c in result.catalysts)
        if not _pair(sorted(example["catalysts"]), catalysts):
            yield f"catalysts: {catalysts}, not {sorted(example['catalysts'])}"
    for link in example.get("linked", ()):  # {record, type, drugs, indications, agency}
        yield from _of_link(link, result)


def _of_header(example: Example, result: Analysis) -> Iterator[str]:
    """Title, day and issuer; ``none`` where there must be none."""
    if "title" in example and (result.title or "none") != example["title"]:
        yield f"title: {result.title!r}, not {example['title']!r}"
    if "released" in example and (result.date or "none") != example["released"]:
        yield f"date: {result.date}, not {example['released']}"
    if "company" in example:
        name = result.company.name if result.company else "none"
        if name != example["company"]:
            yield f"company: {name!r}, not {example['company']!r}"
    if "ticker" in example:
        ticker = result.company.ticker if result.company else None
        if ticker != example["ticker"]:
            yield f"ticker: {ticker!r}, not {example['ticker']!r}"


def _pair(wanted: list[str], found: list[str]) -> bool:
    """Whether the records pair one to one, each found one holding the words of its wanted one."""
    if len(wanted) != len(found):
        return False
    left = list(found)
    for record in sorted(wanted, key=len, reverse=True):
        match = next((f for f in left if set(record.split()) <= _words(f)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _words(record: str) -> set[str]:
    """The words of a record; a tally ``9-0-1`` also as ``9-0``."""
    words = set(record.split())
    return words | {word.rsplit("-", 1)[0] for word in words if word.count("-") == 2}


def _of_link(link: dict[str, Any], result: Analysis) -> Iterator[str]:
    """Whether some record of a type (for votes: of a body) has exactly these names, in any order.

    ``record`` is ``events``, ``votes`` or ``catalysts``; names are compared with canonical ones,
    case aside. ``direction`` and ``earliest`` choose among records of one type.
    """
    records = getattr(result, link["record"])
    key = "body" if link["record"] == "votes" else "type"
    chosen = [r for r in records if getattr(r, key) == link["type"]]
    for name in ("direction", "earliest", "assertion"):
        if name in link:
            chosen = [r for r in chosen if getattr(r, name) == link[name]]
    canonical = {e.text.casefold(): e.canonical.casefold() for e in result.entities}
    for field in ("drugs", "indications"):
        if field not in link:
            continue
        wanted = sorted(canonical.get(n.casefold(), n.casefold()) for n in link[field])
        found = [sorted(n.casefold() for n in getattr(r, field)) for r in chosen]
        if wanted not in found:
            yield f"{link['record']} {link['type']} {field}: {found}, not {wanted}"
    if "agency" in link and link["agency"] not in [r.agency or "none" for r in chosen]:
        yield f"{link['record']} {link['type']} agency: not {link['agency']}"


def _of_names(example: Example, result: Analysis) -> Iterator[str]:
    """Names that must be found (as whole spans), that must not, and all that may be found."""
    for field, label in ENTITIES.items():
        found = [e.text for e in result.entities if e.label == label]
        for name in example.get(field, ()):
            if name not in found:
                yield f"{label} {name!r} not found; found: {found}"
        for name in example.get(f"no_{field}", ()):
            if name in found:
                yield f"{label} {name!r} found"
        spare = set(found) - set(example.get(f"max_{field}", found))
        if spare:
            yield f"{label}: {sorted(spare)} beside {example[f'max_{field}']}"
        if f"only_{field}" in example and sorted(set(found)) != sorted(example[f"only_{field}"]):
            yield f"{label}: {sorted(set(found))}, not {sorted(example[f'only_{field}'])}"
