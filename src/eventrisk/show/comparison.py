"""Two models beside each other: a verdict in words for each head, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eventrisk.show.blocks import Block, Heading, Paragraph, number, table
from eventrisk.show.story import words

NAMES = {"macro_f1": "macro-F1", "f1": "F1"}


def blocks(found: Mapping[str, Any]) -> Iterator[Block]:
    """The whole comparison."""
    yield Heading(f"{found['b']} beside {found['a']}", 1)
    yield Paragraph(
        f"On the same {found['n']} labelled releases ({found['data']}). Differences with 95 "
        f"% intervals by the paired "
        f"bootstrap: {found['resamples']} draws of whole groups, the same for both. Groups: "
        f"{found['grouping']}. Each "
        "verdict stands by itself: of twenty heads without any difference, one would seem to "
        "have one."
    )
    for head in found.get("strangers", ()):
        yield Paragraph(
            f"{words(head)}: not compared, as one of the two knows none of the labels in these "
            f"releases."
        )
    if found["heads"]:
        yield from of_heads(found["heads"], found["a"], found["b"])


def of_heads(heads: Mapping[str, Mapping[str, Any]], a: str, b: str) -> Iterator[Block]:
    """The verdicts, then F1 by label."""
    for told in heads.values():
        yield Paragraph(verdict(told, a, b))
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
    yield table(head, (_row(name, told) for name, told in heads.items()))
    rows = (
        (words(name), label, *pair)
        for name, told in heads.items()
        for label, pair in told["labels"].items()
    )
    yield table(("head", "label", f"F1 of {a}", f"F1 of {b}"), rows, "By label", folded=True)


def verdict(told: Mapping[str, Any], a: str, b: str) -> str:
    """Which is better, by how much, and whether that is more than chance."""
    head, name = words(told["head"]), NAMES[told["main"]]
    against = f"{name} {told['b']:.3f} against {told['a']:.3f}, difference {_gap(told)}"
    if told["verdict"] == "too few":
        return f"{head}: cannot be said with {told['groups']} groups ({b} {against})."
    if told["verdict"] == "same":
        return f"{head}: no difference beyond chance ({b} {against})."
    better = b if told["verdict"] == "b" else a
    return f"{head}: {better} is better ({b} {against}), more than chance."


def short(told: Mapping[str, Any]) -> str:
    """The verdict in a cell, seen from the second model."""
    said = {
        "b": "better",
        "a": "worse",
        "same": "no difference beyond chance",
        "too few": "too few groups to say",
    }
    return f"{said[told['verdict']]}: {_gap(told)}"


def _gap(told: Mapping[str, Any]) -> str:
    low, high = told["interval"]
    return f"{told['difference']:+.3f} [{low:+.3f}, {high:+.3f}]"


def _row(name: str, told: Mapping[str, Any]) -> tuple[str | int | float | None, ...]:
    return (
        words(name),
        f"{told['n']} ({told['groups']})",
        NAMES[told["main"]],
        number(told["a"]),
        number(told["b"]),
        _gap(told),
        told["p"],
        told.get("only_a"),
        told.get("only_b"),
    )
