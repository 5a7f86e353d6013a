"""A report as blocks: what was measured on what, every head with its tables and pictures, the worst
errors with their words. A user's report and the default model's card are made of the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eventrisk.show import calibration, comparison, pictures
from eventrisk.show.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Table,
    number,
    ranged,
    table,
)
from eventrisk.show.comparison import FIGURES
from eventrisk.show.story import headline, words

Figures = Mapping[str, Any]

STEP = 5  # of this many points of the risk-coverage curve one is in the table
MAX_CONFUSIONS = 20  # shown of many classes
MAX_OPEN_ROWS = 12  # classes or labels; larger tables are folded where a page can fold
SIZE = (
    "The size of a company is not in its releases. Exchange (or none named) stands in for "
    "it, roughly: large companies "
    "are oftener on a main exchange. A column company_size in the data takes its place."
)


def blocks(report: Figures) -> Iterator[Block]:
    """The whole report."""
    yield Heading(f"Report on {report['model']}", 1)
    yield Paragraph(measured_on(report))
    if any("company size" in m["slices"] for m in report["heads"].values()):
        yield Paragraph(SIZE)
    yield from (Paragraph(note) for note in report.get("notes", ()))
    yield from _splits(report.get("splits"))
    if report["heads"]:
        yield overview(report)
    if report.get("base"):
        yield Heading(f"Compared with {report['base']['model']}, on the same releases")
        yield from _compared(report["base"], report["model"], report.get("overlap"))
    yield from heads(report)
    yield from _made(report.get("made"))


def _made(made: Figures | None) -> Iterator[Block]:
    """All that the model depends on."""
    if made:
        yield Heading("How it was made")
        versions = ", ".join(f"{name} {version}" for name, version in made["versions"].items())
        rows = (
            ("command", made["command"]),
            ("seed", str(made["seed"])),
            ("data, sha256", made["data_sha256"]),
            ("base", made["base"]),
            ("base, sha256", made["base_sha256"]),
            ("versions", versions),
        )
        yield table(("what", "value"), rows)


def heads(report: Figures) -> Iterator[Block]:
    """The heads of a report, each with its learning curve where there is one."""
    curves = report.get("curve") or {}
    for head, m in report["heads"].items():
        yield from _head(head, m, curves.get(head))


def _compared(base: Figures, model: str, overlap: Figures | None) -> Iterator[Block]:
    if base["heads"]:
        yield from comparison.of_heads(base["heads"], base["model"], model)
        return
    all_learnt = overlap is not None and overlap["texts"] == overlap["of"]
    why = "learnt from these releases" if all_learnt else "does not know these labels"
    yield Paragraph(f"There is nothing to compare: {base['model']} {why}.")


def measured_on(report: Figures) -> str:
    """On what and how it was measured, in a few sentences."""
    if not report["n"]:
        return (
            f"Nothing was measured: no labelled release was left to measure on ({report['data']})."
        )
    return (
        f"Measured on {report['n']} labelled releases ({report['data']}). In brackets stand "
        f"95 % intervals: "
        f"{report['resamples']} bootstrap draws of whole groups. Groups: {report['grouping']}. "
        "The baseline is the best answer that is the same for all texts."
    )


def _splits(splits: Figures | None) -> Iterator[Block]:
    if splits and splits["parts"]:
        yield Heading("Splits")
        yield Paragraph(f"{splits['rule'][:1].upper()}{splits['rule'][1:]}.")
        yield table(
            ("part", "n", "groups"),
            ((name, p["n"], p["groups"]) for name, p in splits["parts"].items()),
        )


def overview(report: Figures) -> Table:
    """One line a head: main figure, baseline, and the difference to the base model where there is
    one.
    """
    base = (report.get("base") or {}).get("heads", {})
    head = [
        "head",
        "n (groups)",
        "figure",
        "value",
        "baseline",
        *(("base model", "verdict") if base else ()),
    ]
    rows: list[list[Cell]] = []
    for name, m in report["heads"].items():
        main = m["main"]
        line: list[Cell] = [
            words(name),
            f"{m['n']} ({m['groups']})",
            FIGURES[main],
            ranged(m[main], m["intervals"][main]),
            number(m["baseline"].get(main, 0.0)),
        ]
        if base:
            line += (
                [number(base[name]["a"]), comparison.short(base[name])]
                if name in base
                else ["–", "–"]
            )
        rows.append(line)
    return table(head, rows, "At a glance")


def _head(head: str, m: Figures, curve: Figures | None) -> Iterator[Block]:
    yield Heading(headline(head))
    yield table(
        ("figure", "value"),
        ((FIGURES[k], ranged(m[k], m["intervals"].get(k))) for k in FIGURES if k in m),
    )
    yield Paragraph(_baseline(m))
    if m.get("left_out"):
        named = ", ".join(f"{label} ({count})" for label, count in m["left_out"].items())
        yield Paragraph(f"Found but not counted, for the data never uses these labels: {named}.")
    yield _labels(m)
    if "confusion" in m:
        yield _confusion(m)
    if m.get("calibration"):
        yield from calibration.blocks(head, m)
    if len(m.get("coverage", ())) > 1:
        yield from _coverage(head, m)
    yield from _slices(m)
    yield from _curve(head, m, curve)
    yield from _errors(m)


def _baseline(m: Figures) -> str:
    base, main = m["baseline"], m["main"]
    answer = ", ".join(map(str, base["answer"])) or "nothing"
    figures = ", ".join(
        f"{FIGURES[key]} {number(base[key])}" for key in (main, "accuracy") if key in base
    )
    return f"Baseline: always giving “{answer}” has {figures}."


def _labels(m: Figures) -> Table:
    keys = ("precision", "recall", "f1")
    rows = (
        (
            label,
            part["n"],
            part["given"],
            *(ranged(part[k], part["intervals"].get(k)) for k in keys),
        )
        for label, part in m["labels"].items()
    )
    head = ("label", "n", "given", *(FIGURES[k] for k in keys))
    return table(head, rows, "By label", folded=len(m["labels"]) > MAX_OPEN_ROWS)


def _confusion(m: Figures) -> Table:
    """The whole matrix, of many classes the commonest confusions."""
    names = m["classes"]
    if len(names) <= MAX_OPEN_ROWS:
        rows = ((name, *line) for name, line in zip(names, m["confusion"], strict=True))
        return table(("true ↓ given →", *names), rows, "Confusions")
    wrong = [
        (true, given, count)
        for true, line in zip(names, m["confusion"], strict=True)
        for given, count in zip(names, line, strict=True)
        if count and true != given
    ]
    commonest = sorted(wrong, key=lambda cell: -cell[2])[:MAX_CONFUSIONS]
    return table(("true", "given", "texts"), commonest, "Commonest confusions", folded=True)


def _coverage(head: str, m: Figures) -> Iterator[Block]:
    """Every so many points of the risk-coverage curve, and the confidence that was chosen."""
    what = "Setting aside what the model is not sure of"
    yield Picture(pictures.coverage(m), f"{what}: share of errors", f"{head}_coverage.svg")
    chosen = m.get("confidence")
    rows = [
        (
            f"{number(confidence)} (chosen)" if confidence == chosen else number(confidence),
            share,
            right,
        )
        for place, (confidence, share, right) in enumerate(m["coverage"])
        if place % STEP == 0 or confidence == chosen
    ]
    yield table(("probability at least", "texts kept", "right of these"), rows, what, folded=True)


def _slices(m: Figures) -> Iterator[Block]:
    """One line a part, with all figures that every part has."""
    parts = [
        (slice_by, name, part)
        for slice_by, some in m["slices"].items()
        for name, part in some.items()
    ]
    if not parts:
        return
    keys = [key for key in FIGURES if all(key in part for *_, part in parts)]
    rows = [
        (slice_by, name, p["n"], p["groups"], *(ranged(p[k], p["intervals"].get(k)) for k in keys))
        for slice_by, name, p in parts
    ]
    columns = ("by", "part", "n", "groups", *(FIGURES[key] for key in keys))
    yield table(columns, rows, "Slices", folded=True)


def _curve(head: str, m: Figures, curve: Figures | None) -> Iterator[Block]:
    if not curve:
        return
    name, points = FIGURES[m["main"]], curve["points"]
    columns = ("texts learned from", name)
    yield table(columns, ((round(n), figure) for n, figure in points), "Learning curve")
    if len(points) > 1:
        caption = f"{name} against the number of texts learned from"
        yield Picture(pictures.learning(points, name), caption, f"{head}_learning.svg")
    if curve.get("forms"):
        head_row = ("form", *(f"{n:.0f} texts learned from" for n, _ in points))
        rows = ((form, *(score for _, score in some)) for form, some in curve["forms"].items())
        yield table(head_row, rows, f"Learning curve by form, {name}", folded=True)
    yield Paragraph(gain(curve["more"], name))


def gain(more: Figures, name: str) -> str:
    """What more texts would give, in a sentence."""
    what = f"What {more['more']} more labelled texts would give"
    if "cannot_say" in more:
        return f"{what} cannot be said: {more['cannot_say']}."
    span = f"{more['low']:+.3f} to {more['high']:+.3f}"
    return (
        f"{what}: about {more['expected']:+.3f} {name} ({span}), if they are like those there are."
    )


def _errors(m: Figures) -> Iterator[Block]:
    errors: Sequence[Figures] = m.get("errors", ())
    if not errors:
        return
    if "truth" in errors[0]:
        head: tuple[str, ...] = ("release", "true", "given", "probability", "text")
        rows: list[tuple[Cell, ...]] = [
            (_who(e), e["truth"], e["given"], e["probability"], e["text"]) for e in errors
        ]
    else:
        head = ("release", "missed", "invented", "text")
        rows = [
            (_who(e), _named(e, "missed", 0), _named(e, "invented", 1), e["text"]) for e in errors
        ]
    yield table(head, rows, f"The {len(errors)} worst errors", folded=True)


def _named(error: Figures, key: str, number: int) -> str:
    more = error["counts"][number] - len(error[key])
    return "; ".join(error[key]) + (f" and {more} more" if more else "")


def _who(error: Figures) -> str:
    return " · ".join(str(part) for part in (error["id"], error["company"], error["date"]) if part)
