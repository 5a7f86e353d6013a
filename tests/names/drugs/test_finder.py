"""Drugs are found by name, stem, shape, mark and context; what only looks like one is left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrisk.names.drugs.finder import DrugFinder

SURE_ENOUGH = 0.80
FINDER = DrugFinder()


def found(text: str, marks: tuple[int, ...] = ()) -> list[str]:
    return [
        text[f.start : f.end]
        for f in FINDER.find(text, marks=marks)
        if f.probability >= SURE_ENOUGH
    ]


def canonical(text: str) -> list[str]:
    return [f.canonical for f in FINDER.find(text) if f.probability >= SURE_ENOUGH]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ceplene/IL-2 keeps remission.", ["Ceplene", "IL-2"]),
        ("Adults took pembrolizumab (KEYTRUDA) weekly.", ["pembrolizumab", "KEYTRUDA"]),
        ("They were given Dupixent 300 mg every other week.", ["Dupixent"]),
        ("The KEYTRUDA-treated group did better.", ["KEYTRUDA"]),
        (
            "Histamine dihydrochloride was given with interleukin-2.",
            ["Histamine dihydrochloride", "interleukin-2"],
        ),
        (
            "Sodium oxybate and lumateperone tosylate are listed.",
            ["Sodium oxybate", "lumateperone tosylate"],
        ),
        ("The biosimilar trastuzumab-dkst was launched.", ["trastuzumab-dkst"]),
        ("They received interferon beta-1a at home.", ["interferon beta-1a"]),
        (
            "PNEUMOVAX 23 and Fluzone High-Dose were in stock.",
            ["PNEUMOVAX 23", "Fluzone High-Dose"],
        ),
    ],
)
def test_known_names_are_found_with_exact_borders(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The antibody zelvotamab and quinvatinib hydrochloride were combined.",
            ["zelvotamab", "quinvatinib hydrochloride"],
        ),
        ("Infusion of zelvocabtagene autoleucel was delayed.", ["zelvocabtagene autoleucel"]),
        ("The conjugate norvetamab deruxtecan shrank tumours.", ["norvetamab deruxtecan"]),
        ("The cell therapy zevo-cel is made in Leiden.", ["zevo-cel"]),
        ("A biosimilar, zelvotamab-abcd, was filed.", ["zelvotamab-abcd"]),
        ("Adults on zelvotamab-based therapy responded.", ["zelvotamab"]),
    ],
)
def test_unknown_generics_are_given_away_by_their_stem(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "In April the thermostat and the database were private property.",
        "The estimate of the institutional candidate decreased by phase.",
        "Peptide, enzyme and plasma levels of albumin increased.",
        "Anna Halvorsen presented the milestone.",
        "The immunoglobulin and the polypeptide were measured.",
    ],
)
def test_words_that_end_like_a_stem_are_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("spelling", ["AZD1222", "AZD-1222", "AZD 1222"])
def test_a_code_is_one_thing_in_all_spellings(spelling: str) -> None:
    text = f"Patients treated with {spelling} improved."
    assert found(text) == [spelling]
    assert canonical(text) == ["azd1222"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dosing of NRV-1140 has begun.", ["NRV-1140"]),
        ("The vaccine candidate GVX-CM04S1 was safe.", ["GVX-CM04S1"]),
        ("Treatment with iNOV-100 in dogs continued.", ["iNOV-100"]),
        (
            "The safety of NVX 2417 was shown, and NVX 2417 (zelvobulin) is a small molecule.",
            ["NVX 2417", "NVX 2417"],
        ),
        ("A study of NV-7 (norvexatide) cream, and NV-7 was well tolerated.", ["NV-7", "NV-7"]),
    ],
)
def test_codes_of_unknown_companies_are_found(text: str, names: list[str]) -> None:
    assert [name for name in found(text) if name[0].isupper() or name[1].isupper()] == names


@pytest.mark.parametrize(
    "text",
    [
        "The KEYNOTE-671 trial and the BLAZE-4 study go on.",
        "Registered as NCT01234567 and EudraCT 2019-001234-56.",
        "It targets CD19, B7-H3, PD-L1, HER2 and IL-17A.",
        "See Form 10-K and Form 8-K filed under section 505(b)(2).",
        "In Q3 2025 and FY2026 COVID-19, SARS-CoV-2 and H1N1 spread.",
        "The site at Suite 210, Newark, NJ 08540, holds ISO 13485 and uses ICD-10.",
        "Call +1 212-555-0101 or 1-800-555-0102.",
        "OS, PFS and ORR improved in the ITT set (USD 120 million).",
    ],
)
def test_trials_targets_forms_and_numbers_are_left(text: str) -> None:
    assert found(text) == []


def test_a_mark_makes_a_name_and_a_platform_unmakes_it() -> None:
    drug, tool = "Doctors prescribed Norvexa today.", "Doctors use the Norvexa platform today."
    assert found(drug, (drug.index(" today"),)) == ["Norvexa"]
    assert found(tool, (tool.index(" platform"),)) == []


def test_a_release_form_belongs_to_the_marked_name() -> None:
    text = "Doctors prescribed NORVEXA XR today."
    assert found(text, (text.index(" XR"),)) == ["NORVEXA"]
    assert found(text, (text.index(" today"),)) == ["NORVEXA XR"]


@pytest.mark.parametrize(
    "text",
    [
        "The FDA has approved the BLA for NORVEXIA (norvexatide), an oral inhibitor.",
        "Patients treated with Zuvexia improved; Zuvexia (zelvotide) is an oral agonist.",
    ],
)
def test_an_unknown_brand_is_found_by_what_is_said_around_it(text: str) -> None:
    name = "NORVEXIA" if "NORVEXIA" in text else "Zuvexia"
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Norvexia Therapeutics announced results; Norvexia, Inc. is in Leiden.",
        "Norvexia (Nasdaq: NRVX) said it expects to report in May.",
        "Pfizer, Merck and Kamada met in Geneva.",
        "Humira Pharmaceuticals was founded in 2020.",
    ],
)
def test_companies_are_left(text: str) -> None:
    assert found(text) == []


def test_a_molecule_of_the_body_is_no_drug_beside_its_receptor() -> None:
    assert found("The insulin receptor and IL-2 signalling are impaired.") == []
    assert found("Patients received IL-2 twice daily.") == ["IL-2"]


def test_candidates_are_sorted_and_graded() -> None:
    text = "Ceplene and zelvotamab in adults. NORVEXIA grew."
    candidates = FINDER.find(text)
    assert [f.start for f in candidates] == sorted(f.start for f in candidates)
    assert {f.label for f in candidates} == {"drug"}
    assert all(0.0 < f.probability < 1.0 and f.source and f.canonical for f in candidates)


WORDS = st.sampled_from(
    [
        "KEYTRUDA",
        "abc-123",
        "NRV-1140",
        "®",
        "-",
        "\n",
        "zelvotamab",
        "axi-cel",
        "IL-2",
        "AZD 1222",
        "(",
        "é",
        "\ud800",
        "x" * 30,
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join)),
    st.lists(st.integers(0, 200)),
)
def test_offsets_lie_in_the_text_whatever_it_is(text: str, marks: list[int]) -> None:
    candidates = FINDER.find(text, marks=marks)
    for f in candidates:
        assert 0 <= f.start < f.end <= len(text)
        assert text[f.start : f.end] == text[f.start : f.end].strip()
    assert candidates == FINDER.find(text, marks=marks)


@pytest.mark.timeout(60)  # a watchdog: milliseconds when linear, minutes when not
@pytest.mark.parametrize(
    "piece", ["A-", "KEYTRUDA ", "AZD1222-", "treated with ", "(Norvexa ", "é-1"]
)
def test_hostile_text_does_not_hang(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(f.end <= len(text) for f in FINDER.find(text))
