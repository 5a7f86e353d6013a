"""What a result says, in words for people: the same for the HTML card and the terminal. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

from eventrisk.labels import EntityLabel
from eventrisk.markup import visible, words_of
from eventrisk.results import Analysis, Catalyst, Entity, Event, RiskFactor, Vote
from eventrisk.show.highlight import Mark, Segment, segments
from eventrisk.show.quotes import one_line

TEXT_CHARS = 100_000  # of highlighted text; what is beyond is counted, not dropped unsaid
MAX_NEWS = 4  # events of today that are shown; the others are counted
GAP = re.compile(r"\s*\n\s*\n\s*")
ABBREVIATIONS = frozenset({"chmp", "fda", "acip", "cmc", "rems"})  # label parts written in capitals
SIGN = {"positive": "▲", "neutral": "●", "negative": "▼", "split": "◆"}
OURS = frozenset(str(label) for label in EntityLabel)
HUES = 24  # on the colour circle, that labels of the user's own are told apart by
MIN_SPIN = 0.5  # of 2; a smaller gap between tone and sentiment is called none


def words(label: str) -> str:
    """A label as words: ``chmp_trend_vote`` → ``CHMP trend vote``."""
    parts = [part.upper() if part in ABBREVIATIONS else part for part in label.split("_")]
    return one_line(" ".join(parts))


def headline(label: str) -> str:
    """A label as words that begin with a capital."""
    name = words(label)
    return name[:1].upper() + name[1:]


def hue(label: str) -> int:
    """A place on the colour circle, 0…23: always the same for a label, whatever else a model
    knows.
    """
    return crc32(label.encode("utf-8", "surrogatepass")) % HUES


def own_labels(release: Analysis) -> list[str]:
    """The entity labels of a release that are none of ours, in order of the alphabet."""
    return sorted({entity.label for entity in release.entities} - OURS)


def probabilities(release: Analysis) -> str:
    """The probability of each class of sentiment, in the model's order: ``negative 0.90 · positive
    0.10``.
    """
    return " · ".join(
        f"{one_line(name)} {probability:.2f}"
        for name, probability in release.sentiment.probabilities.items()
    )


def strength(release: Analysis) -> str:
    """The score of sentiment; of classes that are neither good nor bad, the probability of the one
    that is shown.
    """
    sentiment = release.sentiment
    if sentiment.score or not SIGN.keys().isdisjoint(sentiment.probabilities):
        return f"{sentiment.score:+.2f}"
    return f"{sentiment.probabilities.get(sentiment.label, 0.0):.2f}"


def masthead(release: Analysis) -> str:
    """Who, where listed, and when: ``Norvena Inc. · Nasdaq: NRVN · 2021-05-04``."""
    company = release.company
    listed = (
        ": ".join(part for part in (company.exchange, company.ticker) if part) if company else ""
    )
    parts = (company.name if company else "", listed, release.date or "undated")
    return " · ".join(one_line(part) for part in parts if part)


def about(release: Analysis, record: Event | Vote | Catalyst) -> list[tuple[str, str]]:
    """What an event, vote or planned event concerns, as pairs of an entity label and a name as the
    release writes it; of a vote without who voted.
    """
    body = None if isinstance(record, Vote) else record.agency
    agency = [("agency", one_line(body))] if body else []
    named = (("drug", record.drugs), ("indication", record.indications))
    return agency + [
        (label, as_written(release, label, name)) for label, names in named for name in names
    ]


def as_written(release: Analysis, label: str, canonical: str) -> str:
    """A canonical name as its first mention spells it."""
    same = (e for e in release.entities if e.label == label and e.canonical == canonical)
    first = next(same, None)
    return one_line(canonical if first is None else spelling(first))


def spelling(entity: Entity) -> str:
    """The words of an entity without markup."""
    return words_of(entity.text, 0, len(entity.text))


def news(release: Analysis) -> tuple[tuple[Event, ...], int]:
    """Today's events to be shown, and how many more there are."""
    return release.news[:MAX_NEWS], max(0, len(release.news) - MAX_NEWS)


def tally(vote: Vote) -> str:
    """The numbers of a vote, or its words: ``4 yes, 10 no``, ``slight majority``."""
    counts = ((vote.yes, "yes"), (vote.no, "no"), (vote.abstain, "abstaining"))
    numbers = ", ".join(f"{count} {name}" for count, name in counts if count is not None)
    return (
        " · ".join(part for part in (numbers, one_line(vote.margin or "")) if part)
        or "no numbers given"
    )


def voters(vote: Vote) -> str:
    """Who voted: the committee as the release names it, otherwise the kind of body."""
    return one_line(vote.committee) if vote.committee else headline(vote.body)


def standing(vote: Vote) -> str:
    """What the vote is worth: its stage, whether it binds, and whether it is today's."""
    binding = {True: "binding", False: "not binding", None: ""}[vote.binding]
    assertion = "" if vote.assertion == "occurred" else words(vote.assertion)
    return " · ".join(part for part in (words(vote.stage), binding, assertion) if part)


def window(catalyst: Catalyst) -> str:
    """The days a planned event may fall on, ISO; its own words where they name none."""
    if catalyst.earliest is None and catalyst.latest is None:
        return "no date to be had"
    if catalyst.earliest == catalyst.latest:
        return str(catalyst.earliest)
    return f"{catalyst.earliest or '…'} to {catalyst.latest or '…'}"


def ordered(catalysts: tuple[Catalyst, ...]) -> list[Catalyst]:
    """What can come first stands first; what has no date stands last."""
    return sorted(catalysts, key=lambda c: (c.earliest or "9999", c.latest or "9999", c.start))


def spin(release: Analysis) -> str:
    """The gap between management's tone and the news, as figure and words."""
    if release.spin is None:
        return spin_words(release)
    return f"spin {release.spin:+.2f}: {spin_words(release)}"


def spin_words(release: Analysis) -> str:
    """What the gap between management's tone and the news means."""
    if release.spin is None:
        return "no spin: management does not speak"
    if release.spin >= MIN_SPIN:
        return "management sounds better than the news"
    return (
        "management sounds worse than the news"
        if release.spin <= -MIN_SPIN
        else "management sounds as the news is"
    )


def risk(release: Analysis) -> str:
    """The risk score with two places; a dash where there is none."""
    return "–" if release.risk_score is None else f"{release.risk_score:.2f}"


def abstention_note(release: Analysis) -> str:
    """What is said of a sentiment the model would not rely on; empty for any other."""
    return "not sure enough to rely on: best guess" if release.sentiment.abstained else ""


def ranked(factors: tuple[RiskFactor, ...]) -> list[RiskFactor]:
    """Risk factors, the surest first."""
    return sorted(factors, key=lambda f: (-f.probability, f.category))


def highlighted(release: Analysis) -> Iterator[Segment]:
    """The release's text as a reader sees it, cut at its entities; the title of a mark says what it
    is and under which name it is joined.
    """
    view = visible(release.text)
    marks = (
        Mark(*view.new_span(entity.start, entity.end), entity.label, _title(entity))
        for entity in release.entities
    )
    bare = view.text != release.text  # where tags stood, more than one blank line may be left
    for segment in segments(view.text, marks):
        text = GAP.sub("\n\n", segment.text) if bare else segment.text
        yield segment._replace(text=text)


def _title(entity: Entity) -> str:
    same = entity.canonical.casefold() == spelling(entity).casefold()
    name = "" if same else f": {one_line(entity.canonical)}"
    return f"{words(entity.label)}{name} ({entity.probability:.2f})"
