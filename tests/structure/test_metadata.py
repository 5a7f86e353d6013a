"""Title, day and issuer of a release, and the companies that it names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.lexicon import terms
from eventrisk.names.companies.finder import company_names
from eventrisk.names.companies.tickers import tickers
from eventrisk.results import Company
from eventrisk.rules import rules
from eventrisk.structure.dateline import opens_line
from eventrisk.structure.metadata import find_company, find_release_date, find_title
from eventrisk.structure.sections import find_sections
from spellings import spellings

FIRST = "Norvena, Inc. (Nasdaq: NRVN) today announced that the agency has accepted its application."


def day(text: str) -> str | None:
    return find_release_date(text, find_sections(text))


def title(text: str) -> str | None:
    span = find_title(text, find_sections(text))
    return text[slice(*span)] if span else None


def company(text: str) -> Company | None:
    return find_company(text, find_sections(text))


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in company_names(text, find_sections(text))]


@pytest.mark.parametrize(
    "dateline",
    [
        "TARRYTOWN, N.Y., Feb 27, 2008 -- ",
        "TARRYTOWN, N.Y., Feb. 27, 2008 /PRNewswire/ -- ",
        "TARRYTOWN, N.Y.--(BUSINESS WIRE)--Feb. 27, 2008--",
        "Tarrytown, N.Y. – February 27, 2008 – ",
        "TARRYTOWN, N.Y., Feb. 27, 2008 (GLOBE NEWSWIRE) -- ",
        "TARRYTOWN, NY / ACCESSWIRE / February 27, 2008 / ",
        "London, UK, 27 February 2008: ",
        "London, 27th of February 2008 - ",
        "Basel, Switzerland, 27 February 2008, 7.30 a.m. CET - ",
        "Lyon, France, February 27, 2008 (07:30 CET) – ",
        "2008-02-27: ",
        "27.02.2008 / ",
        "27/02/2008 - ",
        "02/27/2008 - ",
        "MADRID, 27 de febrero de 2008 – ",
        "Edmonton, Alberta, Canada February 27, 2008. ",
        "RIDGEFIELD, Conn. and INDIANAPOLIS,Feb. 27, 2008// -- ",
        "FOR IMMEDIATE RELEASE — February 27, 2008 — Lake Zurich, Ill. — ",
        "News release February 27, 2008 6:45 am ET ",
        "February 27, 2008 at 7:30 AM EST ",
        "Mumbai, India and Parsippany, New Jersey; February 27, 2008: ",
    ],
)
def test_a_dateline_in_this_spelling_gives_the_day(dateline: str) -> None:
    text = f"Korvex Vote Is Near\n{dateline}{FIRST}"
    assert day(text) == "2008-02-27"
    assert title(text) == "Korvex Vote Is Near"
    assert company(text) == Company("Norvena, Inc.", "NRVN", "Nasdaq")


@pytest.mark.parametrize(
    "text",
    [
        "Korvex Vote\nBOSTON, Feb. 30, 2008 -- Norvena said so.",
        "Korvex Vote\nBOSTON, 03/04/2008 -- Norvena said so.",
        "Korvex Vote\nBOSTON, Feb. 27 /PRNewswire/ -- Norvena said so on March 3, 2009.",
        "Korvex Vote\nNorvena said on February 27, 2008 that it will file.",
        "Agency Sets Goal Date of February 27, 2008 for Korvex",
        "Korvex Vote",
        "",
    ],
)
def test_no_day_is_guessed(text: str) -> None:
    assert day(text) is None


def test_the_dateline_outranks_a_day_above_it() -> None:
    text = f"EX-99.1\nPRESS RELEASE OF MARCH 4, 2008\nKorvex Vote\nBOSTON, March 3, 2008 -- {FIRST}"
    assert day(text) == "2008-03-03"


def test_a_day_at_the_end_of_the_headline_is_the_releases() -> None:
    text = f"Korvex Wins the Vote January 19, 2023\nBOSTON,Jan. 19, 2023// -- {FIRST}"
    assert (day(text), title(text)) == ("2023-01-19", "Korvex Wins the Vote")


@given(
    st.dates(date(1990, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["%B %-d, %Y", "%b. %-d, %Y", "%-d %B %Y", "%Y-%m-%d"]),
)
def test_every_day_of_the_calendar_is_read_in_every_spelling(
    given_day: date, spelling: str
) -> None:
    assert (
        day(f"Korvex Vote\nBOSTON, {given_day.strftime(spelling)} -- {FIRST}")
        == given_day.isoformat()
    )


@given(st.text(max_size=120))
def test_reading_the_header_never_raises(text: str) -> None:
    sections = find_sections(text)
    found = find_title(text, sections)
    assert found is None or text[slice(*found)].strip() == text[slice(*found)] != ""
    stated = find_release_date(text, sections)
    assert stated is None or date.fromisoformat(stated) + timedelta(0)
    find_company(text, sections)
    spans = company_names(text, sections)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("first_sentence", "expected"),
    [
        (
            "Norvena Corporation (NASDAQ and OMX Nordic Exchange: NRVN) today said",
            ("Norvena Corporation", "NRVN", "Nasdaq"),
        ),
        ("Norvena plc (LSE: NRV) announces", ("Norvena plc", "NRV", "LSE")),
        ("Norvena Corp. (NYSE American: NRV) said", ("Norvena Corp.", "NRV", "NYSE American")),
        ("Norvena Ltd. (TSX: NRV; NASDAQ: NRVN) said", ("Norvena Ltd.", "NRV", "TSX")),
        ("Norvena SA (Euronext Paris: NRV) reports today", ("Norvena SA", "NRV", "Euronext Paris")),
        ("Norvena Biotech, Inc. (OTCQB: NRVB) said", ("Norvena Biotech, Inc.", "NRVB", "OTCQB")),
        (
            "Norvena Seiyaku Co., Ltd. (TSE: 4568) today said",
            ("Norvena Seiyaku Co., Ltd.", "4568", "TSE"),
        ),
        ("Norvena AB (Nasdaq Stockholm: NRV B) said", ("Norvena AB", "NRV B", "Nasdaq Stockholm")),
        (
            "Eli Lilly and Company (NYSE: LLY) today announced",
            ("Eli Lilly and Company", "LLY", "NYSE"),
        ),
        (
            "Norvena Pharmaceuticals, Inc. today announced",
            ("Norvena Pharmaceuticals, Inc.", None, None),
        ),
        ("Norvena Rare today announced", ("Norvena Rare", None, None)),
    ],
)
def test_the_issuer_is_as_the_first_sentence_introduces_it(
    first_sentence: str, expected: tuple[str, str, str]
) -> None:
    assert company(
        f"Korvex Vote\nBOSTON, March 3, 2020 -- {first_sentence} that it won."
    ) == Company(*expected)


def test_the_issuer_outranks_the_regulator_and_a_partner_named_later() -> None:
    text = (
        f"Korvex Vote\nBOSTON, March 3, 2020 -- {FIRST} Tulvane Biosciences, Inc. (NYSE: TLV) is "
        f"a partner."
    )
    assert company(text) == Company("Norvena, Inc.", "NRVN", "Nasdaq")


def test_a_ticker_is_found_at_a_later_mention_of_the_issuer() -> None:
    text = (
        "Korvex Vote\nBOSTON, March 3, 2020 -- Norvena Inc. said so.\nAbout Norvena\nNorvena Inc. "
        "(Nasdaq: NRVN) is small."
    )
    assert company(text) == Company("Norvena Inc.", "NRVN", "Nasdaq")


def test_the_headline_names_the_issuer_where_the_body_does_not() -> None:
    text = (
        "Norvena Therapeutics Wins Vote\nBOSTON, March 3, 2020 -- The agency gave its answer today."
    )
    assert company(text) == Company("Norvena Therapeutics", None, None)


@pytest.mark.parametrize("text", ["", "The agency met.", "FDA Panel Backs Korvexine 9 to 2"])
def test_no_issuer_is_invented(text: str) -> None:
    assert company(text) is None


def test_names_by_form_by_ticker_and_by_short_form_are_found() -> None:
    text = (
        "Norvena Wins Vote\nBOSTON, March 3, 2020 -- Norvena, Inc. (Nasdaq: NRVN) and "
        "Tulvane Biosciences said that "
        "Boehringer Ingelheim Pharmaceuticals, Inc. and Eli Lilly and Company study it. "
        "Norvena's plan helps Lilly."
    )
    assert names(text) == [
        "Norvena",
        "Norvena, Inc.",
        "Tulvane Biosciences",
        "Boehringer Ingelheim Pharmaceuticals, Inc.",
        "Eli Lilly and Company",
        "Norvena",
        "Lilly",
    ]


def test_regulators_and_drugs_are_no_companies() -> None:
    text = (
        "The European Medicines Agency and the FDA discussed Korvex and AZD-1222 at the American "
        "Society of Clinical Oncology."
    )
    assert names(text) == []


def test_a_first_word_that_is_also_a_common_word_is_no_short_form() -> None:
    first_sentence = "First Harbor Pharma, Inc. said its first trial ended. First results are due."
    text = f"Korvex Vote\nBOSTON, March 3, 2020 -- {first_sentence}"
    assert names(text) == ["First Harbor Pharma, Inc."]


def test_every_exchange_is_known_by_every_spelling() -> None:
    for row in terms("companies/exchanges.tsv"):
        found = list(tickers(f"({row['spelling']}: NRVN)", 0, 80))
        assert [(t.symbol, t.exchange) for t in found] == [("NRVN", row["exchange"])], row


def test_a_time_or_a_heading_with_a_colon_is_no_ticker() -> None:
    assert list(tickers("At 8:30 a.m. Note: ABC was met (n: 5). Media: JAN", 0, 60)) == []


def test_the_rule_of_words_before_a_dateline_hits_and_misses() -> None:
    rule = rules("structure/sections.toml", "dateline")[0]
    assert rule.regex.fullmatch(rule.hit)
    assert not rule.regex.fullmatch(rule.miss)


@pytest.mark.parametrize(
    "line",
    ["On March 3, 2020 Norvena met.", "Norvena Sets March 3, 2020 Webcast", "May 5 was dull."],
)
def test_a_day_in_a_sentence_opens_no_dateline(line: str) -> None:
    assert opens_line(line, 0, len(line)) is None


@pytest.mark.parametrize(
    "headline",
    [
        "Agency Assigns Standard Review, June 20, 2023 Goal Date To Korvexine",
        "Norvena Reiterates December 20, 2013 Goal Date For Korvexine In Anemia",
    ],
)
def test_a_goal_date_inside_a_headline_is_no_dateline(headline: str) -> None:
    assert (title(headline), day(headline)) == (headline, None)


def test_a_place_behind_its_day_belongs_to_the_dateline() -> None:
    text = f"Korvex Vote\nFor media only – Issued: 21 June 2023, London UK\n{FIRST}"
    assert (title(text), day(text)) == ("Korvex Vote", "2023-06-21")


def test_a_letterhead_and_a_release_hour_are_no_headline() -> None:
    top = (
        "NORVENA CORPORATION\n12 Harbor Road, Boston, Massachusetts\nNORVENA NEWS RELEASE\nFOR "
        "RELEASE AT 4:05 P.M."
    )
    assert (
        title(f"{top}\nKORVEX VOTE IS NEAR\nBOSTON, March 3, 2020 -- {FIRST}")
        == "KORVEX VOTE IS NEAR"
    )


@pytest.mark.timeout(60)  # a watchdog: milliseconds when linear, minutes when not
@pytest.mark.parametrize(
    "unit", ["Nasdaq: AB ", "Acme Inc. ", "About Acme\nx.\n", "(A) ", "(AB: CD) ", "Jan 5, 2020 "]
)
def test_hostile_text_does_not_hang(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    sections = find_sections(text)
    find_company(text, sections)
    find_release_date(text, sections)
    assert all(start < end for start, end in company_names(text, sections))


def test_every_spelling_of_a_day_in_a_dateline_dates_the_release() -> None:
    wrong = [
        (written, found)
        for written, stated in spellings()
        if (found := day(f"FDA Accepts Lomera\n\nBOSTON, {written} -- {FIRST}"))
        != stated.isoformat()
    ]
    assert wrong == []


def test_a_dateline_of_both_sides_of_the_clock_ends_with_its_line() -> None:
    line = "17-May-2022 / 19:42 CET/CEST"
    found = opens_line(line, 0, len(line))
    assert found is not None
    assert (found.start, found.end, found.dated) == (0, len(line), True)
