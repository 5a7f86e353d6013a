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
MAX_PLACES = 10  # shown of each kind on the terminal
MAX_ROWS = 200  # of the table in a notebook
HEAD = ("", "kind", "where", "what", "fix")


def groups(problems: Sequence[Problem]) -> list[tuple[Severity, str, list[Problem]]]:
    """The problems by severity and kind, the worst first, else in their order."""
    grouped: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        grouped.setdefault((problem.severity, problem.kind), []).append(problem)
    ranks = list(Severity)
    return [(*key, grouped[key]) for key in sorted(grouped, key=lambda key: ranks.index(key[0]))]


def listing(problems: Sequence[Problem], max_places: int | None = MAX_PLACES) -> RenderableType:
    """Each kind of problem with its first places; ``max_places`` None shows all."""
    return Group(*_lines(problems, max_places))


def _lines(problems: Sequence[Problem], max_places: int | None) -> Iterator[RenderableType]:
    for severity, kind, some in groups(problems):
        yield Text.assemble(
            (f"{severity}", f"bold {COLOURS[severity]}"),
            (f"  {kind}", "bold"),
            f"  ({len(some):,})",
        )
        for problem in some[:max_places]:
            mark = " [mended by --fix]" if problem.edits else ""
            fix = (f"→ {one_line(problem.fix)}{mark}", "green")
            yield Text.assemble(
                "  ", (one_line(problem.where), "dim"), f": {one_line(problem.message)} ", fix
            )
        if max_places is not None and len(some) > max_places:
            yield Text(f"  and {len(some) - max_places:,} more", "dim")
        yield Text()


def table(problems: Sequence[Problem], caption: str) -> str:
    """A table of the worst problems; this is what a notebook shows."""
    ordered = [problem for *_, some in groups(problems) for problem in some]
    shown: list[Block] = [Paragraph(caption)]
    if ordered:
        shown.append(rows_of(HEAD, map(_row, ordered[:MAX_ROWS])))
    if len(ordered) > MAX_ROWS:
        shown.append(Paragraph(f"and {len(ordered) - MAX_ROWS:,} more: to_frame() holds them all"))
    return page(shown)


def _row(problem: Problem) -> list[str]:
    words = (problem.kind, problem.where, problem.message, problem.fix)
    return [str(problem.severity), *map(one_line, words)]
