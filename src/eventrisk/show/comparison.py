"""Two models compared: a verdict in words for each head, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eventrisk.show.blocks import Block, Heading, Paragraph, number, table
from eventrisk.show.story import words

FIGURES = {
    "macro_f1": "macro-F1",
    "f1": "F1",
    "precision": "precision",
    "recall": "recall",
    "overlap_f1": "F1 of overlapping spans",
    "accuracy": "accuracy",
    "wrong_sign": "wrong sign",
    "brier": "Brier",
    "ece": "calibration error",
}


def blocks(figures: Mapping[str, Any]) -> Iterator[Block]:
    """The whole comparison."""
    yield Heading(f"{figures['b']} compared with {figures['a']}", 1)
    yield Paragraph(
        f"On the same {figures['n']} labelled releases ({figures['data']}). Differences with 95 "
        f"% intervals by the paired "
        f"bootstrap: {figures['resamples']} draws of whole groups, the same for both. Groups: "
        f"{figures['grouping']}. Each "
        "verdict stands by itself: of twenty heads without any difference, one would seem to "
        "have one."
    )
    yield from (Paragraph(note) for note in figures.get("notes", ()))
    if figures["heads"]:
        yield from of_heads(figures["heads"], figures["a"], figures["b"])


def of_heads(heads: Mapping[str, Mapping[str, Any]], a: str, b: str) -> Iterator[Block]:
    """The verdicts, then F1 by label."""
    for m in heads.values():
        yield Paragraph(verdict(m, a, b))
    head = (
        "head",
        "n (groups)",
        "figure",
        a,
        b,
        "difference",
        "p",
        "only the first right",
        "only the second right",
    )
    yield table(head, (_row(name, m) for name, m in heads.items()))
    rows = (
        (words(name), label, *pair)
        for name, m in heads.items()
        for label, pair in m["labels"].items()
    )
    yield table(("head", "label", f"F1 of {a}", f"F1 of {b}"), rows, "By label", folded=True)


def verdict(m: Mapping[str, Any], a: str, b: str) -> str:
    """Which is better, by how much, and whether that is more than chance."""
    head, name = words(m["head"]), FIGURES[m["main"]]
    against = f"{name} {m['b']:.3f} against {m['a']:.3f}, difference {_gap(m)}"
    if m["verdict"] == "too few":
        return f"{head}: cannot be said with {m['groups']} groups ({b} {against})."
    if m["verdict"] == "same":
        return f"{head}: no difference beyond chance ({b} {against})."
    better = b if m["verdict"] == "b" else a
    return f"{head}: {better} is better ({b} {against}), more than chance."


def short(m: Mapping[str, Any]) -> str:
    """The verdict in a cell, seen from the second model."""
    verdicts = {
        "b": "better",
        "a": "worse",
        "same": "no difference beyond chance",
        "too few": "too few groups to say",
    }
    return f"{verdicts[m['verdict']]}: {_gap(m)}"


def _gap(m: Mapping[str, Any]) -> str:
    low, high = m["interval"]
    return f"{m['difference']:+.3f} [{low:+.3f}, {high:+.3f}]"


def _row(name: str, m: Mapping[str, Any]) -> tuple[str | int | float | None, ...]:
    return (
        words(name),
        f"{m['n']} ({m['groups']})",
        FIGURES[m["main"]],
        number(m["a"]),
        number(m["b"]),
        _gap(m),
        m["p"],
        m.get("only_a"),
        m.get("only_b"),
    )
