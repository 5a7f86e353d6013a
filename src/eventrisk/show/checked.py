"""The problems of a data set: grouped for the terminal, and as a table of HTML, drawn as every page
is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from eventrisk.checking import Problem, Severity
from eventrisk.show.blocks import Block, Paragraph
from eventrisk.show.blocks import table as rows_of
from eventrisk.show.page import page
from eventrisk.show.quotes import one_line

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
SHOWN = 10  # of each kind on the terminal
ROWS = 200  # of the table in a notebook
HEAD = ("", "kind", "where", "what", "fix")


def groups(problems: Sequence[Problem]) -> list[tuple[Severity, str, list[Problem]]]:
    """The problems by severity and kind, the worst first, else in their order."""
    found: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.severity, problem.kind), []).append(problem)
    ranks = list(Severity)
    return [(*key, found[key]) for key in sorted(found, key=lambda key: ranks.index(key[0]))]


def listing(problems: Sequence[Problem], most: int | None = SHOWN) -> RenderableType:
    """Each kind of problem with its first places; ``most`` None shows all."""
    return Group(*_lines(problems, most))


def _lines(problems: Sequence[Problem], most: int | None) -> Iterator[RenderableType]:
    for severity, kind, found in groups(problems):
        yield Text.assemble(
            (f"{severity}", f"bold {COLOURS[severity]}"),
            (f"  {kind}", "bold"),
            f"  ({len(found):,})",
        )
        for problem in found[:most]:
            mark = " [mended by --fix]" if problem.edits else ""
            fix = (f"→ {one_line(problem.fix)}{mark}", "green")
            yield Text.assemble(
                "  ", (one_line(problem.where), "dim"), f": {one_line(problem.message)} ", fix
            )
        if most is not None and len(found) > most:
            yield Text(f"  and {len(found) - most:,} more", "dim")
        yield Text()


def table(problems: Sequence[Problem], caption: str) -> str:
    """A table of the worst problems; this is what a notebook shows."""
    ordered = [problem for _, _, found in groups(problems) for problem in found]
    shown: list[Block] = [Paragraph(caption)]
    if ordered:
        shown.append(rows_of(HEAD, map(_row, ordered[:ROWS])))
    if len(ordered) > ROWS:
        shown.append(Paragraph(f"and {len(ordered) - ROWS:,} more: to_frame() holds them all"))
    return page(shown)


def _row(problem: Problem) -> list[str]:
    words = (problem.kind, problem.where, problem.message, problem.fix)
    return [str(problem.severity), *map(one_line, words)]
