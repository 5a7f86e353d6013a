"""Sections tile the text; headings, dateline, safe harbour and contacts are found in every form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.labels import SectionKind
from eventrisk.rules import Rule, rules
from eventrisk.sources.clean import clean
from eventrisk.structure.header import names_contact
from eventrisk.structure.headings import heading_at
from eventrisk.structure.sections import find_sections
from spellings import spellings

K = SectionKind
RULES = rules("structure/sections.toml")
OPENING = "BOSTON, March 3, 2020 (GLOBE NEWSWIRE) -- "
FIRST = (
    "Norvena, Inc. (Nasdaq: NRVN) today announced that the agency has accepted its application "
    "for korvexine."
)
HARBOUR = (
    "This release contains forward-looking statements. Actual results may differ materially. "
    "Risks include delay of "
    "our trials and loss of our only supplier. We undertake no obligation to update them."
)
WIRE = f"""Agency Accepts Norvena's Application for Korvexine
- Decision due in December
{OPENING}{FIRST}
"We worked nine years for this day and are glad of it," said Jan Roe, chief executive.
About Norvena
Norvena is a small company.
Forward-Looking Statements
{HARBOUR}
Contact:
Jan Roe
555-010-0100"""
RUN_TOGETHER = (
    "Agency Accepts Norvena's Application for Korvexine March 3, 2020 6:15 am ET Norvena "
    "today announced that the "
    "agency has accepted its application. Please read the Selected Safety Information below. "
    "Selected Safety "
    "Information KORVEX can harm the liver. About Norvena Norvena is a small company. "
    "Forward-Looking Statement of "
    f"Norvena {HARBOUR} SOURCE Norvena"
)


def kinds(text: str) -> list[str]:
    return [section.kind.value for section in find_sections(text)]


def words(text: str, kind: K) -> list[str]:
    return [text[s.start : s.end].strip() for s in find_sections(text) if s.kind is kind]


def test_wire_copy_has_all_its_parts() -> None:
    assert kinds(WIRE) == [
        "headline",
        "subheadline",
        "dateline",
        "body",
        "quote",
        "body",
        "about",
        "safe_harbour",
        "contacts",
    ]
    assert words(WIRE, K.HEADLINE) == ["Agency Accepts Norvena's Application for Korvexine"]
    assert words(WIRE, K.DATELINE) == [OPENING.strip()]
    assert words(WIRE, K.SAFE_HARBOUR) == [f"Forward-Looking Statements\n{HARBOUR}"]
    assert words(WIRE, K.CONTACTS) == ["Contact:\nJan Roe\n555-010-0100"]


def test_one_line_with_all_run_together_is_parted_at_its_headings() -> None:
    assert words(RUN_TOGETHER, K.HEADLINE) == ["Agency Accepts Norvena's Application for Korvexine"]
    assert words(RUN_TOGETHER, K.DATELINE) == ["March 3, 2020 6:15 am ET"]
    assert words(RUN_TOGETHER, K.SAFETY_INFORMATION) == [
        "Selected Safety Information KORVEX can harm the liver."
    ]
    assert words(RUN_TOGETHER, K.ABOUT) == ["About Norvena Norvena is a small company."]
    assert words(RUN_TOGETHER, K.SAFE_HARBOUR) == [
        f"Forward-Looking Statement of Norvena {HARBOUR}"
    ]
    assert words(RUN_TOGETHER, K.CONTACTS) == ["SOURCE Norvena"]


def test_a_headline_run_into_its_sentence_ends_where_the_issuer_is_named_again() -> None:
    text = (
        f"Norvena Receives Orphan Designation for Korvexine in AML Norvena, Inc. today "
        f"announced that. "
        f"{'It grew. ' * 60}"
    )
    assert words(text, K.HEADLINE) == ["Norvena Receives Orphan Designation for Korvexine in AML"]


def test_a_bare_headline_is_a_headline() -> None:
    assert kinds("Norvena's Korvexine Fails in Phase 3") == ["headline"]


def test_headline_and_body_need_no_dateline_between_them() -> None:
    assert kinds(f"Norvena Files for Korvexine\n{FIRST}") == ["headline", "body"]


def test_a_second_dateline_closes_the_sub_headlines() -> None:
    text = (
        f"Panel Backs Korvexine March 3, 2020 7:17 pm ET Vote Was 9 to 2 KENILWORTH, "
        f"N.J.––Norvena said today. {FIRST}"
    )
    assert kinds(text) == ["headline", "dateline", "subheadline", "dateline", "body"]
    assert words(text, K.SUBHEADLINE) == ["Vote Was 9 to 2"]


def test_an_exhibit_header_and_a_company_line_stand_above_the_headline() -> None:
    text = (
        f"EX-99.1 2 nv991.htm\nExhibit 99.1\nNORVENA, INC.\nFOR IMMEDIATE RELEASE\nKORVEX VOTE "
        f"TODAY\n{OPENING}{FIRST}"
    )
    assert kinds(text) == ["exhibit_header", "headline", "dateline", "body"]
    assert words(text, K.HEADLINE) == ["KORVEX VOTE TODAY"]


def test_contacts_above_the_headline_are_no_headline() -> None:
    text = (
        f"FOR IMMEDIATE RELEASE\nContact: Jan Roe\n(617) 555-0100\nKorvex Wins "
        f"Vote\n{OPENING}{FIRST}"
    )
    assert words(text, K.HEADLINE) == ["Korvex Wins Vote"]


def test_a_carriers_line_and_a_byline_are_no_body() -> None:
    text = f"Three Trends in Care\n--News Wire--\nBy Marla Quist, Market Desk\n{FIRST}"
    assert kinds(text) == ["headline", "exhibit_header", "dateline", "body"]


def test_a_date_in_the_headline_is_no_dateline() -> None:
    assert kinds("Agency Sets Goal Date of March 3, 2020 for Korvexine") == ["headline"]


def test_a_hyphen_in_a_capital_headline_is_no_dateline() -> None:
    assert kinds(f"ONCE-DAILY KORVEX - A FIRST - APPROVED\n{OPENING}{FIRST}")[0] == "headline"
    assert words(f"ONCE-DAILY KORVEX APPROVED\n{OPENING}{FIRST}", K.HEADLINE) == [
        "ONCE-DAILY KORVEX APPROVED"
    ]


@pytest.mark.parametrize(
    "harbour",
    [
        HARBOUR,
        (
            "Except for historical information, the matters discussed here are subject to risks "
            "and uncertainties."
        ),
        "This announcement includes statements that look to the future. A licence may be refused.",
        (
            "Certain passages of this release concern the future and are exposed to uncertainty: "
            "an appeal could delay us."
        ),
        (
            "Statements above about the review are forward-looking and made under the safe "
            "harbor of the Act."
        ),
        (
            "This press release comprises elements of a prospective nature. The calendar can "
            "undergo new delays."
        ),
        "SAFE HARBOR: ACTUAL RESULTS COULD DIFFER MATERIALLY FROM OUR PLANS.",
    ],
)
def test_a_safe_harbour_without_a_heading_is_found(harbour: str) -> None:
    text = (
        f"Korvex Vote\n{OPENING}{FIRST}\nNorvena employs 40 people. {harbour}\nContact: Jan Roe, "
        f"555-010-0100"
    )
    assert words(text, K.SAFE_HARBOUR) == [harbour]


@pytest.mark.parametrize(
    "body",
    [
        "We are looking forward to the meeting.",
        "Response rates did not differ between the arms.",
        "Patients with uncertain status were left out.",
        "The securities were sold at $4.00.",
        "The benefits outweigh the risks.",
    ],
)
def test_sentences_without_a_cue_are_no_safe_harbour(body: str) -> None:
    assert words(f"Korvex Vote\n{OPENING}{FIRST} {body}", K.SAFE_HARBOUR) == []


def test_a_list_of_risks_belongs_to_the_harbour_that_announces_it() -> None:
    risks = (
        "1. The agency may refuse.\n2. We may run out of money.\n| Supply | one plant |\n| Staff "
        "| few |"
    )
    text = (
        f"Korvex Vote\n{OPENING}{FIRST}\nThis page has forward-looking statements. Our "
        f"worries:\n{risks}"
    )
    assert words(text, K.SAFE_HARBOUR) == [
        f"This page has forward-looking statements. Our worries:\n{risks}"
    ]


def test_the_body_goes_on_behind_a_harbour_of_one_paragraph() -> None:
    more = "Korvexine is a tablet that is taken once a day with food and water."
    text = f"Korvex Vote\n{OPENING}{FIRST}\n{HARBOUR}\n{more}"
    assert find_sections(text)[-1].kind is K.BODY


def test_a_harbour_repeated_in_the_footer_is_found_twice() -> None:
    text = f"{WIRE}\nAbout Norvena\nWe are small.\nForward-Looking Statements\n{HARBOUR}"
    assert len(words(text, K.SAFE_HARBOUR)) == 2


def test_a_pointer_to_the_safety_information_opens_none() -> None:
    text = f'Korvex Vote\n{OPENING}{FIRST} See "Selected Safety Information" below. It ends.'
    assert words(text, K.SAFETY_INFORMATION) == []


@pytest.mark.parametrize("words_before", ["About Half of the patients", "About 40 percent of them"])
def test_about_a_number_opens_no_section(words_before: str) -> None:
    assert words(f"Korvex Vote\n{OPENING}{FIRST} {words_before} had a response.", K.ABOUT) == []


def test_titles_of_works_and_short_terms_are_no_quotes() -> None:
    text = (
        f'Korvex Vote\n{OPENING}{FIRST} A poster titled, "Effects of korvexine in adults with rare '
        'disease," and "terms".'
    )
    assert words(text, K.QUOTE) == []


def test_a_quote_without_its_closing_mark_ends_with_its_paragraph() -> None:
    text = (
        f'Korvex Vote\n{OPENING}{FIRST}\n"We are glad of this vote, for it was long in '
        f"coming.\nIt ended."
    )
    assert words(text, K.QUOTE) == ['"We are glad of this vote, for it was long in coming.']


def test_rows_of_numbers_are_a_table() -> None:
    text = (
        f"Korvex Vote\n{OPENING}{FIRST}\nRevenue $ 12,345 $ 10,222\nNet loss (4,000) "
        f"(3,100)\nAbout Norvena\nSmall."
    )
    assert words(text, K.TABLE) == ["Revenue $ 12,345 $ 10,222\nNet loss (4,000) (3,100)"]


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.role in ("line", "any")], ids=lambda r: r.id
)
def test_a_heading_rule_hits_its_hit_and_misses_its_miss(rule: Rule) -> None:
    before = "It ended. " if rule.role == "any" else ""

    def opened(heading: str) -> str | None:
        found = heading_at(before + heading, len(before), 0, len(before + heading))
        return found.rule if found else None

    assert opened(rule.hit) == rule.id
    assert opened(rule.miss) != rule.id


@pytest.mark.parametrize("rule", [r for r in RULES if r.role == "top"], ids=lambda r: r.id)
def test_a_header_rule_hits_its_hit_and_misses_its_miss(rule: Rule) -> None:
    assert rule.regex.match(rule.hit)
    assert not rule.regex.match(rule.miss)


@pytest.mark.parametrize("rule", [r for r in RULES if r.role == "sentence"], ids=lambda r: r.id)
def test_a_cue_of_the_safe_harbour_hits_its_hit_and_misses_its_miss(rule: Rule) -> None:
    assert rule.can_match(rule.hit)
    assert rule.regex.search(rule.hit)
    assert not rule.regex.search(rule.miss)


PARTS = st.sampled_from(
    [
        "Korvex Vote",
        OPENING,
        FIRST,
        HARBOUR,
        "About Norvena",
        "Contact: Jan Roe",
        "555-010-0100",
        "\n",
        "\n",
        " ",
        "-more-",
        "|a|b|",
        "1 2 3",
        "Forward-Looking Statements",
        '"We are glad of this vote, it was long in coming," he said.',
        "EX-99.1",
        "March 3, 2020",
        "References 1. Roe J, et al.",
        "Important Safety Information",
        "• one",
        "FOR IMMEDIATE RELEASE",
    ]
)


@given(
    st.lists(PARTS, max_size=14).map("".join)
    | st.lists(PARTS, max_size=14).map(" ".join)
    | st.text(max_size=80)
)
def test_sections_tile_the_text(text: str) -> None:
    found = find_sections(text)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert all(one.end == two.start and one.start < one.end for one, two in pairwise(found))


def test_the_offsets_hold_after_cleaning() -> None:
    raw = (
        f"<p>Korvex&reg; Vote</p><p>{OPENING}{FIRST}</p><p><b>About Norvena</b></p><p>Norvena is "
        f"small.</p>"
    )
    assert kinds(clean(raw).text) == ["headline", "dateline", "body", "about"]


HOSTILE = [
    "A ",
    "Ab ",
    '"a ',
    "forward-looking. ",
    "Jan 5\n",
    "1 ",
    "a\n",
    "About Ab ",
    "results could ",
    "x@",
    "123-",
]


@pytest.mark.timeout(60)  # a watchdog: milliseconds when linear, minutes when not
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_does_not_hang(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert find_sections(text)[-1].end == len(text)


def test_telephone_numbers_in_columns_are_contacts_not_a_table() -> None:
    text = (
        f"Korvex Vote\n{OPENING}{FIRST}\nEnquiries:\nMedia Jan Roe 020 7555 0146\nInvestors Ann "
        f"Poe 020 7555 0155"
    )
    assert words(text, K.TABLE) == []
    assert words(text, K.CONTACTS) == [
        "Enquiries:\nMedia Jan Roe 020 7555 0146\nInvestors Ann Poe 020 7555 0155"
    ]


def test_no_spelling_of_a_day_makes_a_line_a_contact_and_a_telephone_number_does() -> None:
    wrong = [w for w, _ in spellings() if names_contact(f"The panel voted 3 to 11 on {w}.")]
    assert wrong == []
    assert names_contact("Investors: 212-555-0100")
    assert names_contact("On 2025-01-14 call 212-555-0100")
