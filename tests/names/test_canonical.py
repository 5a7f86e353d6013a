"""Brand, generic, code and abbreviation get one name."""

from __future__ import annotations

from eventrisk.names.candidates import Candidate
from eventrisk.names.canonical import canonical_names


def at(text: str, words: str, label: str = "drug", canonical: str = "", nth: int = 0) -> Candidate:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Candidate(start, start + len(words), label, canonical, "test", 0.9)


def test_a_name_in_brackets_after_another_is_the_same_thing() -> None:
    text = "Norvex (norvastim) helps. NVX-101 (formerly ABC 7) does not; norvastim does."
    spans = [
        at(text, "Norvex"),
        at(text, "norvastim"),
        at(text, "NVX-101"),
        at(text, "ABC 7"),
        at(text, "norvastim", nth=1),
    ]
    names = [f.canonical for f in canonical_names(text, spans, {})]
    assert names[0] == names[1] == names[4] == "norvastim"
    assert names[2] == names[3] != names[0]


def test_names_joined_by_and_stay_two_things() -> None:
    text = "Norvex and Zelodine"
    names = [
        f.canonical for f in canonical_names(text, [at(text, "Norvex"), at(text, "Zelodine")], {})
    ]
    assert names == ["norvex", "zelodine"]


def test_an_abbreviation_takes_its_long_form() -> None:
    text = "IPF is hard to treat"
    named = canonical_names(
        text, [at(text, "IPF", "indication")], {"IPF": "Idiopathic Pulmonary Fibrosis"}
    )
    assert named[0].canonical == "idiopathic pulmonary fibrosis"


def test_what_the_lexicon_says_is_kept() -> None:
    text = "Keytruda works"
    assert (
        canonical_names(text, [at(text, "Keytruda", canonical="pembrolizumab")], {})[0].canonical
        == "pembrolizumab"
    )
