"""spaCy factories of the components, found by ``spacy.load`` through the package's entry points.
Wiring only.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

Component = Callable[[Doc], Doc]


@Language.factory("eventrisk_sections")
def sections(nlp: Language, name: str) -> Component:
    """Headline, body, quotes, boilerplate, safe harbour and the rest."""
    from eventrisk.nlp.components import Sectionizer

    return Sectionizer()


@Language.factory("eventrisk_sentences")
def sentences(nlp: Language, name: str) -> Component:
    """Sentences that respect sections, bullets and abbreviations."""
    from eventrisk.nlp.components import SentenceSplitter

    return SentenceSplitter()


@Language.factory("eventrisk_abbreviations")
def abbreviations(nlp: Language, name: str) -> Component:
    """Abbreviations the release defines itself (Schwartz & Hearst 2003)."""
    from eventrisk.nlp.components import AbbreviationReader

    return AbbreviationReader()


@Language.factory("eventrisk_drugs")
def drugs(nlp: Language, name: str) -> Component:
    """Candidate drugs: lexicon, INN stems, code patterns, trade marks."""
    from eventrisk.names.drugs.finder import DrugFinder
    from eventrisk.nlp.components import DrugTagger

    return DrugTagger(DrugFinder())


@Language.factory("eventrisk_indications")
def indications(nlp: Language, name: str) -> Component:
    """Candidate indications: lexicon, disease head words with their modifiers."""
    from eventrisk.names.indications.finder import IndicationFinder
    from eventrisk.nlp.components import IndicationTagger

    return IndicationTagger(IndicationFinder())


@Language.factory("eventrisk_agencies")
def agencies(nlp: Language, name: str) -> Component:
    """Agencies and committees of the world, and the words of a committee's outcome."""
    from eventrisk.names.agencies import AgencyFinder
    from eventrisk.nlp.components import AgencyTagger
    from eventrisk.votes.outcomes import VoteOutcomeFinder

    return AgencyTagger(AgencyFinder(), VoteOutcomeFinder())


@Language.factory("eventrisk_companies")
def companies(nlp: Language, name: str) -> Component:
    """Names of companies, in full and in short."""
    from eventrisk.nlp.components import CompanyTagger

    return CompanyTagger()


@Language.factory("eventrisk_terms")
def terms(nlp: Language, name: str) -> Component:
    """Applications, designations, phases and trials."""
    from eventrisk.names.terms import TermFinder
    from eventrisk.nlp.components import TermTagger

    return TermTagger(TermFinder())


@Language.factory("eventrisk_hints")
def gazetteer(nlp: Language, name: str) -> Component:
    """The gazetteer tag of each token, as a feature for the NER."""
    from eventrisk.nlp.gazetteer import GazetteerTagger

    return GazetteerTagger()


@Language.factory(
    "eventrisk_own",
    default_config={"probability": 0.8, "by_label": {}, "abbreviations": True, "repeats_from": 0.3},
)
def custom(
    nlp: Language,
    name: str,
    probability: float,
    by_label: dict[str, float],
    abbreviations: bool,
    repeats_from: float,
) -> Component:
    """Takes over what the tagger of custom labels found, before the main NER runs."""
    from eventrisk.nlp.custom.collector import CustomCollector

    return CustomCollector(probability, by_label, abbreviations, repeats_from)


@Language.factory("eventrisk_tagger")
def tagger(nlp: Language, name: str) -> Component:
    """The tagger of a custom label set; its weights come from training or from disk."""
    from eventrisk.nlp.crf.tagger import CrfTagger

    return CrfTagger()


@Language.factory("eventrisk_entities")
def entities(nlp: Language, name: str) -> Component:
    """Joins the NER with the finders and makes the document consistent."""
    from eventrisk.names.drugs.finder import refused_words
    from eventrisk.nlp.entities import EntityResolver

    return EntityResolver(never=refused_words())


@Language.factory("eventrisk_cues")
def cues(nlp: Language, name: str) -> Component:
    """Cues of events with their assertion."""
    from eventrisk.events.cues import CueFinder
    from eventrisk.nlp.components import CueTagger

    return CueTagger(CueFinder())


@Language.factory("eventrisk_votes")
def votes(nlp: Language, name: str) -> Component:
    """Committee outcomes: tally, direction, body, stage."""
    from eventrisk.nlp.votes import VoteReader

    return VoteReader()
