"""The format itself: what is refused, and with which words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.corpus import build, headers, markup

HEAD = """---
date: 2014-06-12
form: {form}
era: 2010s
sentiment: negative
tone: neutral
events:
  - {{type: complete_response, direction: {direction}}}
catalysts:
  - {{type: submission, when: "{when}", earliest: 2015-07-01, latest: 2015-12-31}}
votes:
  - {{body: chmp, committee: CHMP, stage: opinion, direction: negative, yes: 3, no: 20,
      abstain: null, binding: false}}
---
"""


def release(body: str = "⟦drug|Velorin⟧ refused; refiling in late 2015", **head: str) -> str:
    return (
        HEAD.format(**{"form": "headline", "direction": "negative", "when": "late 2015", **head})
        + body
    )


def problems(content: str) -> str:
    with pytest.raises(build.CorpusError) as error:
        build.parse(content, "x", "x.txt")
    return str(error.value)


def test_a_right_file_gives_offsets_of_the_text_without_markup():
    record = build.parse(release(), "x", "x.txt")
    assert record["text"] == "Velorin refused; refiling in late 2015\n"
    assert record["entities"] == [[0, 7, "drug"]]


def test_yes_and_no_stay_keys_and_dates_stay_strings():
    record = build.parse(release(), "x", "x.txt")
    assert (record["votes"][0]["yes"], record["votes"][0]["no"], record["date"]) == (
        3,
        20,
        "2014-06-12",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (release(direction="bad"), "events.0.direction: 'bad' is not one of"),
        (release(when="early 2015"), "'early 2015': these words are not in the text"),
        (release("⟦drug|Velorin refused; late 2015"), "is never closed"),
        (release("Velorin⟧ refused; late 2015"), "closes nothing that is open"),
        (release("⟦drug|Velorin ⟧refused; late 2015"), "padded with white space"),
        (release("⟦medicine|Velorin⟧ refused; late 2015"), "'medicine' is not one of"),
        (
            release("⟦drug|Velorin⟧ refused, Velorin gone; late 2015"),
            "'Velorin' is marked elsewhere",
        ),
        (release("A headline\nand more, late 2015"), "form headline with 2 lines"),
        (release().replace("2014-06-12", "2014-06-31"), "'2014-06-31' is no date"),
        (release().replace("tone: neutral\n", ""), "'tone' is a required property"),
        (release().replace("era: 2010s", "era: [2010s"), "x.txt, line"),
        ("no head", "starts with a YAML head"),
    ],
)
def test_a_broken_file_is_refused_with_what_and_where(content, message):
    assert message in problems(content)


def test_the_line_of_a_problem_is_the_line_of_the_file():
    content = release(
        "First line\n⟦drug|Velorin⟧ was refused.\nVelorin waits until late 2015", form="wire"
    )
    line = content[: content.index("Velorin waits")].count("\n") + 1
    assert f"x.txt, line {line}: 'Velorin'" in problems(content)


def test_a_text_given_twice_is_reported(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(release(), encoding="utf-8")
    assert build.read_all(tmp_path.glob("*.txt"))[1] == ["b.txt: the same text as a.txt"]


def test_spans_that_cross_cannot_be_written():
    with pytest.raises(ValueError, match="cross"):
        markup.write("one two three", [(0, 7, "drug")], [(4, 13, ["safety"])])


@given(st.data())
def test_nested_spans_survive_writing_and_parsing(data):
    text = data.draw(st.text(alphabet="ab .,", min_size=12, max_size=40))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=4, max_size=4)))
    clauses = [(cuts[0], cuts[3], ["safety", "competition"])]
    entities = [(cuts[1], cuts[2], "drug")]
    parsed = markup.parse(markup.write(text, entities, clauses))
    assert (parsed.text, parsed.entities, parsed.clauses, parsed.problems) == (
        text,
        entities,
        clauses,
        [],
    )


@given(st.text(alphabet="⟦⟧⟪⟫|drugsafety, ", max_size=40))
def test_no_markup_however_broken_makes_the_parser_fail(body):
    parsed = markup.parse(body)
    assert re.sub("[⟧⟫]|⟦\\w+\\||⟪[\\w, ]+\\|", "", body) == parsed.text


WORDS = st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), max_size=12)
ODD = st.sampled_from(["yes", "no", "null", "true", "2020-01-01", "12", "a: b", "#", "- x"])


@given(st.one_of(WORDS, ODD, st.none(), st.booleans(), st.integers()))
def test_head_values_survive_writing_and_reading(value):
    assert headers.read(headers.write({"company": value}))["company"] == value
