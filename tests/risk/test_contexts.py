import pytest

from eventrisk.labels import SectionKind
from eventrisk.reading import Reading, Sentence
from eventrisk.risk.contexts import find_clauses, forward_looking, risk_clauses, triggers
from eventrisk.rules import rules

HARBOUR, BODY, ABOUT = SectionKind.SAFE_HARBOUR, SectionKind.BODY, SectionKind.ABOUT


def reading(*parts: tuple[str, SectionKind], glue: str = " ") -> Reading:
    text, sentences = "", []
    for words, kind in parts:
        sentences.append(Sentence(len(text), len(text) + len(words), kind))
        text += words + glue
    return Reading(text, None, (), tuple(sentences))


def predicted(*sentences: str) -> list[tuple[str, str]]:
    r = reading(*((s, HARBOUR) for s in sentences))
    return [(c.how, r.text[c.start : c.end]) for c in risk_clauses(r)]


def test_bare_nouns_count_in_a_list_announced_as_one_of_risks():
    assert predicted("Risks include manufacturing difficulties, competition and new taxes.") == [
        ("listed", "manufacturing difficulties"),
        ("listed", "competition and new taxes"),
    ]


def test_a_list_of_what_the_statements_are_about_names_no_risk():
    assert (
        predicted(
            "These include statements regarding the approval of Velorin, its launch, and our "
            "patents."
        )
        == []
    )


def test_topics_that_turn_into_risks_within_one_sentence():
    clauses = predicted(
        "Statements regarding our launch, our sales and pricing are subject to risks, "
        "including weak demand."
    )
    assert [words for _, words in clauses] == ["weak demand"]


def test_a_list_of_assumptions_names_no_risk():
    assert (
        predicted(
            "We have made assumptions, including stable prices, steady supply, and timely reviews."
        )
        == []
    )


def test_a_pointer_to_filings_names_no_risk():
    assert (
        predicted("Risks are described under Risk Factors in our Form 10-K filed with the SEC.")
        == []
    )


def test_no_assurance_is_risk_language_by_itself():
    assert predicted("There is no assurance that Velorin will be approved.")[0][0] == "firm"


def test_a_modal_verb_makes_a_risk_without_a_list():
    assert predicted("Our only plant may be shut down.") == [
        ("feared", "Our only plant may be shut down")
    ]


def test_a_list_goes_on_over_bullets():
    clauses = predicted(
        "The following factors matter, among others:",
        "• weak demand for syrups;",
        "• the loss of a plant.",
    )
    assert [how for how, _ in clauses] == ["listed", "listed"]


def test_without_a_safe_harbour_section_the_text_from_its_first_words_on_is_read():
    r = reading(
        ("Velorin was approved.", BODY),
        ("This note holds forward-looking statements.", BODY),
        ("Our patents may lapse.", BODY),
    )
    assert [r.text[s.start : s.end][:9] for s in forward_looking(r)] == ["This note", "Our paten"]


def test_a_release_without_forward_looking_text_has_no_risk_clauses():
    assert risk_clauses(reading(("Our patents may lapse.", BODY), ("We may fail.", ABOUT))) == []


@pytest.mark.parametrize("rule", rules("risk/context.toml"), ids=lambda r: r.id)
def test_every_trigger_hits_its_hit_and_misses_its_miss(rule):
    pattern = getattr(triggers(), rule.role)
    assert pattern.search(rule.hit)
    assert not pattern.search(rule.miss)


def test_hostile_text_is_read_in_linear_time():
    text = "forward-looking risks may include statements regarding a, b; " * 4000
    sentences = [Sentence(0, len(text), HARBOUR)]
    assert len(list(find_clauses(text, sentences))) > 1000
