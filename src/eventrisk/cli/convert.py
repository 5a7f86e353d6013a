"""``eventrisk convert``: labelled releases from one format to another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrisk.cli.conflicts import Conflicts, Rule
from eventrisk.cli.stream import say

if TYPE_CHECKING:
    from eventrisk.sources.formats import Loss

EXAMPLES = 3  # of each kind of loss that are named
NAMES = (
    "jsonl, csv, parquet, docbin, prodigy, doccano, label_studio, conll, conll2003, spacy-train, "
    "bundle"
)


def convert(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="IN… [OUT]", help="Labelled releases; last where to write."),
    ],
    to: Annotated[
        str | None, typer.Option(help=f"The format to write: {NAMES}; else OUT's ending tells.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Where to write, instead of the last argument."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--from", help="The format of IN, where ending and first line do not tell."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=OURS", help="What IN calls otherwise: body=text."),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL=OURS", help="A label that IN calls otherwise: good=positive."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUT if it exists.")
    ] = False,
    conflicts: Conflicts = Rule.LATEST,
) -> None:
    """Convert labelled releases between formats, both ways, and say what the format could not
    hold.
    """
    from eventrisk.training.convert import convert as write

    if out is None and len(paths) < 2:
        raise typer.BadParameter(
            "name what to read and, last, where to write", param_hint="IN… OUT"
        )
    sources, target = (paths, out) if out is not None else (paths[:-1], paths[-1])
    columns = columns_of(column or ())
    advice: list[str] = []
    losses = write(
        sources,
        target,
        to=to,
        format=format,
        columns=columns,
        labels=labels_of(label or ()),
        overwrite=overwrite,
        conflicts=conflicts,
        advise=advice.append,
    )
    say_what_was_lost(losses)
    say(f"wrote {target}, {_things(len(losses))} lost")
    for line in advice:
        say(line)


def columns_of(pairs: Sequence[str]) -> dict[str, str]:
    """``body=text`` as a mapping; names may hold equals signs, ours do not."""
    return _mapping(pairs, "--column", "NAME=OURS, such as body=text")


def labels_of(pairs: Sequence[str]) -> dict[str, str]:
    """``good=positive`` as a mapping."""
    return _mapping(pairs, "--label", "LABEL=OURS, such as good=positive")


def _mapping(pairs: Sequence[str], option: str, wanted: str) -> dict[str, str]:
    named = [pair.rpartition("=") for pair in pairs]
    if bad := [
        pair for pair, (name, _, ours) in zip(pairs, named, strict=True) if not name or not ours
    ]:
        raise typer.BadParameter(f"{bad[0]!r} is not {wanted}", param_hint=option)
    names = [name for name, _, _ in named]
    if twice := [name for name in names if names.count(name) > 1]:
        raise typer.BadParameter(f"{twice[0]!r} is named twice", param_hint=option)
    return {name: ours for name, _, ours in named}


def say_what_was_lost(losses: Sequence[Loss]) -> None:
    """Each kind once, with its number and its first examples."""
    kinds: dict[tuple[str, str], list[Loss]] = {}
    for loss in losses:
        # Entities and ids are told apart behind the first word, which names the kind.
        first = loss.what.partition(" ")[0]
        kind = first if first in ("entity", "id") else loss.what
        kinds.setdefault((kind, loss.why.partition(" [")[0]), []).append(loss)
    for (kind, why), found in kinds.items():
        named = ", ".join(
            f"{loss.record}" + ("" if loss.what == kind else f": {loss.what}")
            for loss in found[:EXAMPLES]
        )
        more = f" and {len(found) - EXAMPLES} more" if len(found) > EXAMPLES else ""
        say(f"lost {kind} ({len(found)}): {why} — {named}{more}")


def _things(number: int) -> str:
    return {0: "nothing", 1: "1 thing"}.get(number, f"{number} things")
