"""Reports as LaTeX: booktabs, and hostile words stay words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from eventrisk.show.blocks import Heading, Paragraph, Picture, table
from eventrisk.show.latex import SPECIAL, escaped, latex
from eventrisk.show.quotes import printable
from eventrisk.training.predictions import predictions_of
from eventrisk.training.report import report_of
from report_records import RECORDS, Reads

HOSTILE = "\\input{x} 50% & $a_b$ #1 ~^ <q> |"


def test_open_tables_become_booktabs_and_the_rest_is_left_out() -> None:
    made = latex(
        [
            Heading("Sentiment"),
            Paragraph("Words."),
            table(
                ("label", "n", "F1"),
                [("good", 12, 0.5), ("bad", 3, "0.250 [0.1, 0.4]")],
                "By label",
            ),
            table(("a",), [("b",)], "Long", folded=True),
            Picture("<svg/>", "A picture", "a.svg"),
            table(("a",), [], "Empty"),
        ]
    )
    assert made.splitlines()[2:] == [
        r"\begin{table}",
        r"\centering",
        r"\caption{Sentiment: By label}",
        r"\label{tab:eventrisk-1}",
        r"\begin{tabular}{lrr}",
        r"\toprule",
        r"label & n & F1 \\",
        r"\midrule",
        r"good & 12 & 0.500 \\",
        r"bad & 3 & 0.250 [0.1, 0.4] \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]
    assert made.startswith("% needs \\usepackage{booktabs}")


def test_every_character_with_power_is_escaped() -> None:
    assert escaped(HOSTILE) == (
        r"\textbackslash{}input\{x\} 50\% \& \$a\_b\$ \#1 \textasciitilde{}\textasciicircum{} "
        r"\textless{}q\textgreater{} \textbar{}"
    )
    assert escaped("two\nlines") == "two lines"


def test_a_report_has_its_figures_in_tables_whose_rows_are_as_long_as_their_heads() -> None:
    rows = predictions_of(RECORDS, Reads("mine_1"))  # type: ignore[arg-type]
    made = report_of(rows, model="mine_1", data="50%_data.csv").to_latex()
    assert r"\caption{Report on mine\_1: At a glance}" in made
    assert "sentiment & 24 (24) & macro-F1 & 1.000 [" in made
    assert len(set(re.findall(r"\\label\{(.*?)\}", made))) == made.count(r"\begin{table}") > 5
    for body in re.findall(r"\\begin\{tabular\}\{(\w+)\}(.*?)\\end", made, re.DOTALL):
        lines = [line for line in body[1].splitlines() if line.endswith(r" \\")]
        assert {len(re.findall(r"(?<!\\)&", line)) + 1 for line in lines} == {len(body[0])}


POWER = st.text(st.sampled_from("\\\\{}~^<>|\"`'-,&%$#_[]*\n −a1")) | st.text()
BACK = {made: char for char, made in SPECIAL.items()}
MADE = re.compile("|".join(map(re.escape, sorted(BACK, key=len, reverse=True))))


def read_back(made: str) -> str:
    """The words of a cell; what has power and is not escaped is an error."""
    words, end = "", 0
    while end < len(made):
        if found := MADE.match(made, end):
            words, end = words + BACK[found[0]], found.end()
        elif made.startswith("{}", end):
            end += 2
        else:
            assert made[end] not in SPECIAL, made[end:]
            words, end = words + made[end], end + 1
    return words


@given(POWER)
def test_any_words_come_back_from_what_is_escaped(words: str) -> None:
    made = escaped(words)
    assert read_back(made) == " ".join(printable(words).split())
    bare = re.sub(r"\\[{}]", "", made)
    assert bare.count("{") == bare.count("}") == bare.count("{}")
    assert not re.search("--|''|,,|``|[?!]`", made)


@given(st.lists(st.tuples(POWER, POWER, st.floats(-9, 9) | st.none()), min_size=1), POWER)
def test_any_table_keeps_its_rows_cells_and_braces(rows: list[tuple], title: str) -> None:
    made = latex([Heading(title), table(("[a]", "*b", "c"), rows, title)])
    body = made.split("\\toprule\n")[1].split("\n\\bottomrule")[0].split("\n")
    assert body.pop(1) == r"\midrule"
    assert len(body) == len(rows) + 1
    for line in body:
        assert line.endswith(r" \\")
        assert not line.startswith(("[", "*"))
        cells = re.split(r"(?<!\\) ?& ?", f" {line[:-3]}".replace(r"\\", ""))
        assert len(cells) == 3
    braces = re.sub(r"\\[{}]", "", made)
    assert braces.count("{") == braces.count("}")


def test_a_row_that_begins_like_an_option_of_the_line_before_is_none() -> None:
    made = latex([table(("[x]",), [("[0.1, 0.2]",), ("*",), ("a [b]",)])])
    lines = made.split("\\toprule\n")[1].splitlines()[:5]
    assert lines == [r"{}[x] \\", r"\midrule", r"{}[0.1, 0.2] \\", r"{}* \\", r"a [b] \\"]
