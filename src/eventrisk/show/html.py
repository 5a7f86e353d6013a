"""A result as a card of HTML: self-contained, everything escaped, no script, readable on light and
dark grounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files

from eventrisk.labels import EntityLabel
from eventrisk.results import Analysis, Catalyst, Event, RiskFactor, Vote
from eventrisk.show import quotes, story
from eventrisk.show.highlight import Segment

COLOURED = (EntityLabel.DRUG, EntityLabel.INDICATION, EntityLabel.AGENCY, EntityLabel.VOTE_OUTCOME)
MAX_OPEN_RISKS = 8  # of more risk factors the list is folded
MAX_PASSAGES = 2  # of the sentiment's evidence


def card(release: Analysis) -> str:
    """The whole result as one ``<div>``; this is what a notebook shows."""
    parts = (
        f"<style>{style()}</style>",
        _heading(release),
        _events(release),
        _votes(release.votes, release),
        _scores(release),
        _catalysts(release.catalysts, release),
        _risks(release),
        _text(release),
        _foot(release),
    )
    return f'<div class="er-card">{"".join(parts)}</div>'


@lru_cache(maxsize=1)
def style() -> str:
    css = files("eventrisk.show").joinpath("card.css").read_text(encoding="utf-8")
    return " ".join(css.split())


def _heading(release: Analysis) -> str:
    title = f'<div class="er-title">{_shown(release.title)}</div>' if release.title else ""
    return f'<div class="er-mast">{escape(story.masthead(release))}</div>{title}'


def _events(release: Analysis) -> str:
    shown, more = story.news(release)
    if not shown:
        return (
            '<div class="er-event er-neutral"><span class="er-what">No event of today</span></div>'
        )
    rest = f'<div class="er-small">and {more} more of today</div>' if more else ""
    return "".join(_event(event, release, lead=n == 0) for n, event in enumerate(shown)) + rest


def _event(event: Event, release: Analysis, *, lead: bool) -> str:
    reasons = ", ".join(story.words(reason) for reason in event.reasons)
    why = f'<div class="er-small">Reasons given: {escape(reasons)}</div>' if reasons else ""
    return (
        f'<div class="er-event {_direction(event.direction)}{" er-lead" if lead else ""}">'
        f'<span class="er-what">{_sign(event.direction)} '
        f"{escape(story.headline(event.type))}</span>{_about(release, event)}"
        f"{_quote(quotes.in_context(release, event))}{why}</div>"
    )


def _about(release: Analysis, record: Event | Vote | Catalyst) -> str:
    """The names it concerns."""
    return "".join(
        f'<span class="er-name {_hue(label)}">{escape(name)}</span>'
        for label, name in story.about(release, record)
    )


def _question(vote: Vote) -> str:
    """The words voted on."""
    words = f"Voted on: {escape(vote.question)}" if vote.question else ""
    return f'<div class="er-small">{words}</div>' if words else ""


def _votes(votes: tuple[Vote, ...], release: Analysis) -> str:
    rows = (
        f'<td>{escape(story.voters(vote))}</td><td class="{_direction(vote.direction)}">'
        f'<span class="er-what">{_sign(vote.direction)} '
        f"{escape(story.headline(vote.direction))}</span>"
        f"<strong>{escape(story.tally(vote))}</strong> <span "
        f'class="er-small">{escape(story.standing(vote))}</span> {_about(release, vote)}'
        f"{_question(vote)}{_quote(quotes.in_context(release, vote))}</td>"
        for vote in votes
    )
    return _table("Votes and opinions", rows)


def _scores(release: Analysis) -> str:
    sentiment, tone = release.sentiment, release.tone
    bar = "".join(map(_share, sentiment.probabilities, sentiment.probabilities.values()))
    words = "".join(map(_quote, quotes.supporting(release, sentiment.evidence, MAX_PASSAGES)))
    note = story.abstention_note(release)
    abstention = f"<div>{escape(note)}</div>" if note else ""
    probabilities, spin = escape(story.probabilities(release)), escape(story.spin(release))
    of = "of 1" if release.risk_score is not None else ""
    share = f"width:{100 * (release.risk_score or 0.0):.1f}%"
    return (
        f'<div class="er-scores">{_judged("Sentiment", sentiment.label, story.strength(release))}'
        f'<div class="er-bar">{bar}</div><div class="er-small">'
        f"{probabilities}{abstention}{words}</div></div>"
        f"{_judged('Tone of management', tone.label, f'{tone.score:+.2f}')}"
        f'<div class="er-small">{spin}</div></div>'
        f'<div class="er-neutral"><div class="er-head">Risk '
        f"score</div>{_figure(story.risk(release), of)}"
        f'<div class="er-bar"><span style="{share}"></span></div></div></div>'
    )


def _judged(heading: str, label: str, figure: str) -> str:
    """The opening of a column with a label and its score; the caller closes it."""
    return (
        f'<div class="{_direction(label)}"{_styled(_own_direction(label))}><div '
        f'class="er-head">{escape(heading)}</div>'
        f"{_figure(story.headline(label), figure)}"
    )


def _share(label: str, probability: float) -> str:
    """A stretch of the bar of probabilities."""
    style = ";".join(
        part for part in (_own_direction(label), f"width:{100 * probability:.1f}%") if part
    )
    return f'<span class="{_direction(label)}" style="{style}"></span>'


def _figure(big: str, small: str) -> str:
    return f'<strong>{escape(big)}</strong> <span class="er-number">{escape(small)}</span>'


def _catalysts(catalysts: tuple[Catalyst, ...], release: Analysis) -> str:
    rows = (
        f"<td>{escape(story.headline(c.type))}</td><td "
        f'class="er-when">{escape(story.window(c))}</td>'
        f"<td>{_about(release, c)}{_quote(quotes.planned(release, c))}</td>"
        for c in story.ordered(catalysts)
    )
    return _table("What comes next", rows)


def _risks(release: Analysis) -> str:
    factors = story.ranked(release.risk_factors)
    if not factors:
        return ""
    rows = _rows(_risk(factor, release) for factor in factors)
    unfolded = " open" if len(factors) <= MAX_OPEN_RISKS else ""
    return (
        f"<details{unfolded}><summary>Risk factors named ({len(factors)})</summary>{rows}</details>"
    )


def _risk(factor: RiskFactor, release: Analysis) -> str:
    words = "".join(map(_quote, quotes.supporting(release, factor.evidence, 1)))
    specific = '<div class="er-small">specific</div>' if factor.specific else ""
    return (
        f"<td>{escape(story.headline(factor.category))}{specific}</td>"
        f'<td class="er-probability">{factor.probability:.2f}</td><td>{words}</td>'
    )


def _text(release: Analysis) -> str:
    if not release.text:
        return ""
    shown, beyond = _cut(story.highlighted(release))
    body = "".join(map(_segment, shown))
    more = (
        f'<div class="er-small">{beyond:,} further characters are not shown here.</div>'
        if beyond
        else ""
    )
    legend = "".join(
        f'<span class="er-name {_hue(label)}"{_own_hue(label)}>{_shown(story.words(label))}</span>'
        for label in (*COLOURED, *story.own_labels(release))
    )
    return (
        f"<details><summary>Highlighted text ({len(release.entities)} names)</summary>"
        f'<div class="er-text">{body}</div>{more}<div class="er-foot">{legend}</div></details>'
    )


def _cut(parts: Iterable[Segment]) -> tuple[list[Segment], int]:
    """As many segments as are shown, and how many characters are beyond them."""
    shown, length = list[Segment](), 0
    for part in parts:
        room = max(0, story.TEXT_CHARS - length)
        shown.append(part._replace(text=part.text[:room]))
        length += len(part.text)
    return shown, max(0, length - story.TEXT_CHARS)


def _segment(segment: Segment) -> str:
    """Shown as the shortest mark it lies in; the title speaks of all of them."""
    words = escape(quotes.printable(segment.text))
    if not segment.marks:
        return words
    label, title = segment.marks[0].label, " · ".join(mark.title for mark in segment.marks)
    return f'<mark class="{_hue(label)}"{_own_hue(label)} title="{escape(title)}">{words}</mark>'


def _foot(release: Analysis) -> str:
    made = release.provenance
    line = (
        f"{release.doc_id} · eventrisk {made.library} · model {made.model} {made.model_sha256[:8]}"
    )
    return f'<div class="er-foot">{_shown(line)}</div>'


def _table(heading: str, rows: Iterable[str]) -> str:
    body = _rows(rows)
    return f'<div class="er-head">{escape(heading)}</div>{body}' if body else ""


def _rows(rows: Iterable[str]) -> str:
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table class="er-rows">{body}</table>' if body else ""


def _quote(pieces: Sequence[quotes.Piece]) -> str:
    words = "".join(f"<b>{escape(p.text)}</b>" if p.strong else escape(p.text) for p in pieces)
    return f'<div class="er-quote">{words}</div>' if words else ""


def _shown(text: str) -> str:
    return escape(quotes.one_line(text))


def _direction(label: str) -> str:
    return f"er-{label}" if label in story.SIGN else "er-neutral"


def _sign(label: str) -> str:
    return story.SIGN.get(label, story.SIGN["neutral"])


def _hue(label: str) -> str:
    if label in COLOURED:
        return f"er-{label}"
    return "er-other" if label in story.OURS else "er-own"


def _own_hue(label: str) -> str:
    """The colour of a label of the user's own, which no style sheet can know."""
    return "" if label in story.OURS else _styled(f"--er-hue:{_colour(label)}")


def _own_direction(label: str) -> str:
    """The same for a class of sentiment or tone."""
    return "" if label in story.SIGN else f"--er-dir:{_colour(label)}"


def _styled(style: str) -> str:
    return f' style="{style}"' if style else ""


def _colour(label: str) -> str:
    return f"hsl({360 // story.HUES * story.hue(label)} var(--er-own))"
