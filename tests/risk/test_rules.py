import pytest

from eventrisk.errors import LexiconError
from eventrisk.labels import RiskCategory
from eventrisk.risk.rules import checked, find_matches
from eventrisk.rules import Alternative, Rule, rules

RULES = rules("risk/rules.toml")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_hits_its_hit_and_misses_its_miss(rule):
    assert rule.id in [hit.rule for hit in find_matches(rule.hit)]
    assert rule.id not in [hit.rule for hit in find_matches(rule.miss)]


def test_every_category_has_a_rule():
    assert {rule.keys["category"] for rule in RULES} == set(RiskCategory)


@pytest.mark.parametrize(
    ("clause", "category"),
    [
        ("difficulties or delays in manufacturing", "manufacturing_supply"),
        ("interest rate and currency fluctuations", "macro_geopolitical"),
        ("competition", "competition"),
        ("dependence on patents", "intellectual_property"),
        ("our ability to remain a going concern", "funding_liquidity"),
        ("the spread of a pandemic", "macro_geopolitical"),
        ("our shares may be delisted", "equity_dilution"),
        ("exposure to lawsuits", "litigation_compliance"),
        ("loss of our chief scientist and other key people", "key_personnel"),
        ("health care reform", "policy_law"),
        ("trends toward cost containment in health care", "pricing_reimbursement"),
        ("slow enrolment", "clinical_execution"),
    ],
)
def test_the_bare_nouns_of_the_genre_are_known(clause, category):
    assert category in {hit.category for hit in find_matches(clause)}


def test_a_hit_says_where_in_the_clause_it_stands_even_where_lower_case_is_longer():
    clause = "İstanbul: COMPETITION"
    (hit,) = [h for h in find_matches(clause) if h.category == "competition"]
    assert clause[hit.start : hit.end] == "COMPETITION"


def test_a_rule_without_a_category_of_ours_is_refused():
    rain = Rule("r", (Alternative("rain", "rain"),), "s", "sun", keys={"category": "weather"})
    with pytest.raises(LexiconError, match="rule 'r': no category of RiskCategory"):
        checked([rain])
