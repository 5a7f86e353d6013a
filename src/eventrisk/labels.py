"""Every label the library can emit, one sentence each. The enum value is the CSV value and the
training label.
"""

from __future__ import annotations

from enum import StrEnum


class EntityLabel(StrEnum):
    """What a named span is; the first four are trained and scored, the rest come from rules."""

    # a named therapeutic, vaccine, biologic or candidate: brand, generic or code name
    DRUG = "drug"
    INDICATION = "indication"  # a disease, disorder, symptom complex or infection
    AGENCY = "agency"  # a health regulator, its centre or committee
    VOTE_OUTCOME = "vote_outcome"  # the words that state how a committee voted or opined
    COMPANY = "company"  # the issuer of the release or another company
    APPLICATION = "application"  # NDA, BLA, MAA, IND and the like
    DESIGNATION = "designation"  # orphan, fast track, breakthrough, PRIME and the like
    PHASE = "phase"  # phase of development
    TRIAL = "trial"  # a trial's acronym or registry number


# learnt from examples; the other names are found by rules
TRAINED_LABELS = (
    EntityLabel.DRUG,
    EntityLabel.INDICATION,
    EntityLabel.AGENCY,
    EntityLabel.VOTE_OUTCOME,
)


class Direction(StrEnum):
    """Better, unchanged or mixed, worse: for sentiment, tone and events alike."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class EventType(StrEnum):
    """What happened to a product's regulatory or clinical position."""

    APPROVAL = "approval"  # a deciding body authorises marketing
    # accelerated, conditional, tentative or emergency authorisation
    CONDITIONAL_APPROVAL = "conditional_approval"
    # an approved product gets a new use, population, dose or form
    LABEL_EXPANSION = "label_expansion"
    # FDA complete response letter; before 2008 (not) approvable letter
    COMPLETE_RESPONSE = "complete_response"
    REFUSE_TO_FILE = "refuse_to_file"  # the application is refused at the door
    REFUSAL = "refusal"  # another deciding body refuses
    APPLICATION_WITHDRAWN = "application_withdrawn"  # the sponsor withdraws an application
    # product or indication withdrawn, suspended, recalled
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    SUBMISSION = "submission"  # application, resubmission or rolling part filed
    FILING_ACCEPTED = "filing_accepted"  # application accepted or validated
    PRIORITY_REVIEW = "priority_review"  # priority review or accelerated assessment granted
    DESIGNATION = "designation"  # orphan, fast track, breakthrough, RMAT, PRIME and the like
    GOAL_DATE_SET = "goal_date_set"  # a PDUFA or other action date announced
    GOAL_DATE_EXTENDED = "goal_date_extended"  # review clock moved out
    GOAL_DATE_MISSED = "goal_date_missed"  # no action by the date
    # a committee meeting is called, or not needed
    ADVISORY_MEETING_SCHEDULED = "advisory_meeting_scheduled"
    ADVISORY_VOTE = "advisory_vote"  # an advisory committee voted
    CHMP_TREND_VOTE = "chmp_trend_vote"  # the CHMP's non-binding indication before its opinion
    CHMP_OPINION = "chmp_opinion"  # an adopted opinion, or the result of a re-examination
    APPEAL = "appeal"  # re-examination, appeal or dispute resolution asked for
    CLINICAL_HOLD = "clinical_hold"  # full or partial hold placed
    CLINICAL_HOLD_LIFTED = "clinical_hold_lifted"  # hold removed
    TRIAL_CLEARANCE = "trial_clearance"  # IND or CTA cleared, trial authorised
    TOPLINE_RESULTS = "topline_results"  # new result of a trial, interim ones included
    DATA_PRESENTATION = "data_presentation"  # data presented or published, or to be
    TRIAL_STATUS = "trial_status"  # started, first patient, enrolment done, paused, stopped
    # serious events, boxed warning, recall for safety, a board's concern
    SAFETY_SIGNAL = "safety_signal"
    # Form 483, warning letter, site findings or their end
    MANUFACTURING_INSPECTION = "manufacturing_inspection"
    # meeting outcome, alignment or disagreement, new trial asked for
    REGULATORY_FEEDBACK = "regulatory_feedback"
    # discontinued, deprioritised, licence returned, resumed
    PROGRAMME_DECISION = "programme_decision"
    # financing, deal, earnings, people, conferences, anything else
    BUSINESS_OTHER = "business_other"


class Assertion(StrEnum):
    """Whether the event of a cue happened, and when, as its words state it."""

    OCCURRED = "occurred"  # it happened and is today's news
    SCHEDULED = "scheduled"  # it is planned or expected
    HYPOTHETICAL = "hypothetical"  # it may happen, or is feared or hoped for
    NEGATED = "negated"  # it did not happen
    HISTORICAL = "historical"  # it happened before today's news
    RESOLVED = "resolved"  # it was in force and has ended: lifted, removed


class VoteBody(StrEnum):
    """Who voted."""

    FDA_ADVISORY_COMMITTEE = "fda_advisory_committee"
    CHMP = "chmp"
    ACIP = "acip"
    OTHER_COMMITTEE = "other_committee"


class VoteStage(StrEnum):
    """What the vote is within the procedure."""

    TREND = "trend"  # the CHMP's indication before its opinion
    OPINION = "opinion"  # an adopted opinion
    RECOMMENDATION = "recommendation"  # a panel's advice


class VoteDirection(StrEnum):
    """Whether the vote helps the sponsor's product."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    SPLIT = "split"


class Reason(StrEnum):
    """Why bad regulatory news came, as far as the release says."""

    EFFICACY = "efficacy"
    SAFETY = "safety"
    CMC_FACILITY = "cmc_facility"  # chemistry, manufacturing and controls; the plant
    TRIAL_DESIGN = "trial_design"
    STATISTICS = "statistics"
    BIOEQUIVALENCE = "bioequivalence"
    LABELLING = "labelling"
    REMS = "rems"
    THIRD_PARTY_SITE = "third_party_site"  # a contractor's or supplier's site
    INSPECTION_DELAY = "inspection_delay"
    DATA_INTEGRITY = "data_integrity"
    NOT_DISCLOSED = "not_disclosed"


class RiskCategory(StrEnum):
    """What a forward-looking risk clause warns of."""

    REGULATORY_APPROVAL = "regulatory_approval"  # may be delayed, limited or withheld
    REGULATORY_TIMING = "regulatory_timing"  # timing of filings, reviews, dates
    # regulator may disagree, ask for more, impose a hold
    REGULATORY_INTERACTION = "regulatory_interaction"
    CLINICAL_EFFICACY = "clinical_efficacy"  # later or larger trials may not confirm
    CLINICAL_EXECUTION = "clinical_execution"  # enrolment, sites, delay, cost of trials
    SAFETY = "safety"  # adverse events, tolerability
    MANUFACTURING_SUPPLY = "manufacturing_supply"
    THIRD_PARTIES = "third_parties"  # partners, licensors, CROs, contractors
    COMMERCIALISATION = "commercialisation"  # launch, market acceptance
    PRICING_REIMBURSEMENT = "pricing_reimbursement"
    COMPETITION = "competition"
    INTELLECTUAL_PROPERTY = "intellectual_property"
    FUNDING_LIQUIDITY = "funding_liquidity"  # need for capital, going concern, operating losses
    EQUITY_DILUTION = "equity_dilution"  # share price, listing, dilution
    # suits, investigations, controls, product liability, privacy
    LITIGATION_COMPLIANCE = "litigation_compliance"
    KEY_PERSONNEL = "key_personnel"
    MARKET_ESTIMATES = "market_estimates"  # size, prevalence, forecasts
    MACRO_GEOPOLITICAL = "macro_geopolitical"  # economy, currency, pandemic, war
    POLICY_LAW = "policy_law"  # changes of law, health-care reform, tax
    BUSINESS_DEVELOPMENT = "business_development"  # deals, milestones, integration


class SectionKind(StrEnum):
    """Which part of a release a stretch of text belongs to."""

    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    DATELINE = "dateline"
    BODY = "body"
    QUOTE = "quote"
    ABOUT = "about"  # boilerplate about the company, product, disease or trial
    SAFE_HARBOUR = "safe_harbour"  # forward-looking statements and their risk language
    SAFETY_INFORMATION = "safety_information"  # product safety information, selected indications
    CONTACTS = "contacts"
    TABLE = "table"
    EXHIBIT_HEADER = "exhibit_header"
    PAGE_MARK = "page_mark"


TITLE_SECTIONS = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
NEWS_SECTIONS = (
    *TITLE_SECTIONS,
    SectionKind.DATELINE,
    SectionKind.BODY,
    SectionKind.QUOTE,
    SectionKind.ABOUT,
)


class DatePrecision(StrEnum):
    """How finely a time is given."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    THIRD = "third"  # early, mid or late in a year or month
    HALF = "half"
    YEAR = "year"
    RANGE = "range"  # between two dates, by a date, within a number of days
