"""Blocks as LaTeX: the tables that stand open, in the manner of booktabs. Words from data are
escaped: they are words, never commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from eventrisk.show.blocks import Block, Cell, Heading, Table, number
from eventrisk.show.quotes import printable

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",  # \textquotedbl is not in LaTeX's first encoding
    "`": r"\textasciigrave{}",
    "−": "$-$",
    "↓": r"$\downarrow$",
    "→": r"$\rightarrow$",
    "…": r"\ldots{}",
    **{char: "\\" + char for char in "&%$#_"},
}
NUMERIC = re.compile(r"[+−–-]?\d[\d.,]*( \(\d+\)| \[.*\])?%?")
JOINED = re.compile(r"([-',])(?=\1)")  # in a row they would be drawn as one sign
OPTION = ("[", "*")  # what the end of a line, and a rule, would take for an argument of theirs
NEEDS = "% needs \\usepackage{booktabs}; for words that are not English, a Unicode engine"


def latex(blocks: Iterable[Block]) -> str:
    """A ``table`` for each open table, with caption and label; folded ones are left out."""
    parts, heading = [NEEDS], ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table) and not block.folded and block.rows:
            parts.append(_table(block, heading, len(parts)))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Words on one line without any power over the page."""
    words = "".join(SPECIAL.get(char, char) for char in " ".join(printable(text).split()))
    return JOINED.sub(r"\1{}", words)


def _table(block: Table, heading: str, place: int) -> str:
    caption = ": ".join(part for part in (heading, block.title) if part)
    rows = [[_cell(value) for value in row] for row in block.rows]
    columns = "".join(
        "r" if all(_is_number(row[k]) for row in block.rows) else "l"
        for k in range(len(block.head))
    )
    return "\n".join(
        [
            r"\begin{table}",
            r"\centering",
            rf"\caption{{{escaped(caption)}}}",
            rf"\label{{tab:eventrisk-{place}}}",
            rf"\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            _line(map(escaped, block.head)),
            r"\midrule",
            *map(_line, rows),
            r"\bottomrule",
            r"\end{tabular}",
            r"\end{table}",
        ]
    )


def _is_number(value: Cell) -> bool:
    if isinstance(value, str):
        return NUMERIC.fullmatch(value) is not None
    return True


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return escaped(number(value) if isinstance(value, float) else str(value))


def _line(cells: Iterable[str]) -> str:
    line = " & ".join(cells) + r" \\"
    return "{}" + line if line.startswith(OPTION) else line
