"""A result for the terminal, with rich; text of a release is never read as markup or as control
codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from eventrisk.results import Analysis, Catalyst, Event, Failure, Vote
from eventrisk.show import quotes, story

DIRECTIONS = {"positive": "green", "neutral": "bright_black", "negative": "red", "split": "yellow"}
HUES = {"drug": "blue", "indication": "cyan", "agency": "magenta", "vote_outcome": "yellow"}
OTHER = "bright_black"
OWN = (
    "green",
    "red",
    "bright_blue",
    "bright_cyan",
    "bright_magenta",
    "bright_yellow",
    "bright_green",
    "bright_red",
)
SOFT = "dim"
BAR_CELLS = 30  # characters of the bar of probabilities
CLAUSE_CHARS = 180  # of a passage of evidence
MAX_PASSAGES = 2  # of the sentiment's evidence


def summary(release: Analysis, *, text: bool = False) -> RenderableType:
    """What happened, votes, scores with their evidence, catalysts, risk factors; with ``text`` the
    release itself.
    """
    parts: list[RenderableType] = [Text(story.masthead(release), SOFT)]
    if release.title:
        parts.append(Text(quotes.one_line(release.title), "bold"))
    parts += [
        Text(),
        *_events(release),
        *_votes(release),
        *_scores(release),
        *_catalysts(release),
        *_risks(release),
    ]
    if text:
        parts += [_heading("Text"), highlighted(release)]
    return Group(*parts)


def highlighted(release: Analysis) -> Text:
    """The release's text as a reader sees it, with its entities in colour."""
    out = Text()
    for segment in story.highlighted(release):
        style = _hue(segment.marks[0].label) if segment.marks else ""
        out.append(quotes.printable(segment.text), style)
    return out


def overview(results: Iterable[Analysis | Failure]) -> Table:
    """One line a release."""
    table = Table(box=None, pad_edge=False, header_style=SOFT)
    for name in ("release", "date", "company", "what happened", "drugs"):
        table.add_column(name, overflow="fold")
    table.add_column("sentiment", justify="right")
    table.add_column("risk", justify="right")
    for result in results:
        table.add_row(*_overview_row(result))
    return table


def _overview_row(result: Analysis | Failure) -> Iterator[RenderableType]:
    yield Text(quotes.one_line(result.doc_id))
    if isinstance(result, Failure):
        yield from (
            Text("–"),
            Text("–"),
            Text(quotes.one_line(result.error), "red"),
            Text(),
            Text(),
            Text(),
        )
        return
    lead = result.news[0] if result.news else None
    yield Text(result.date or "–")
    yield Text(quotes.one_line(result.company.name) if result.company else "–")
    yield _what(lead) if lead else Text("–")
    yield Text(
        ", ".join(story.as_written(result, "drug", name) for name in lead.drugs) if lead else ""
    )
    yield Text(story.strength(result), _colour(result.sentiment.label))
    yield Text(story.risk(result))


def _events(release: Analysis) -> Iterator[RenderableType]:
    shown, more = story.news(release)
    for event in shown:
        yield _with_names(_what(event), _about(release, event))
        yield from _quote(quotes.in_context(release, event))
        if event.reasons:
            yield _indented(
                Text("reasons given: " + ", ".join(map(story.words, event.reasons)), SOFT)
            )
    if more:
        yield Text(f"and {more} more of today", SOFT)
    if not shown:
        yield Text("No event of today", SOFT)


def _about(release: Analysis, record: Event | Vote | Catalyst) -> Iterator[tuple[str, str]]:
    """The names it concerns, each with its colour."""
    for label, name in story.about(release, record):
        yield name, HUES[label]


def _with_names(line: Text, names: Iterable[tuple[str, str]]) -> Text:
    """A line with names behind it."""
    for name, style in names:
        line.append("  ").append(name, style)
    return line


def _votes(release: Analysis) -> Iterator[RenderableType]:
    if release.votes:
        yield _heading("Votes and opinions")
    for vote in release.votes:
        signed = (_signed(vote.direction), f"bold {_colour(vote.direction)}")
        line = Text.assemble(signed, "  ", (story.tally(vote), "bold"))
        yield _with_names(line, _about(release, vote))
        yield _indented(Text.assemble(story.voters(vote), (f" · {story.standing(vote)}", SOFT)))
        if vote.question:
            yield _indented(Text.assemble(("Voted on: ", SOFT), vote.question))
        yield from _quote(quotes.in_context(release, vote))


def _scores(release: Analysis) -> Iterator[RenderableType]:
    sentiment, tone = release.sentiment, release.tone
    yield Text()
    grid = Table.grid(padding=(0, 2))
    bar = _bar(sentiment.probabilities)
    grid.add_row(Text("Sentiment", SOFT), _labelled(sentiment.label, story.strength(release)), bar)
    grid.add_row("", "", Text(story.probabilities(release), SOFT))
    if note := story.abstention_note(release):
        grid.add_row("", "", Text(note, SOFT))
    for passage in quotes.supporting(release, sentiment.evidence, MAX_PASSAGES, CLAUSE_CHARS):
        grid.add_row("", "", _words(passage))
    spin = Text(story.spin(release), SOFT)
    grid.add_row(Text("Tone", SOFT), _labelled(tone.label, f"{tone.score:+.2f}"), spin)
    filled = Text() if release.risk_score is None else _filled(release.risk_score)
    grid.add_row(Text("Risk score", SOFT), Text(story.risk(release), "bold"), filled)
    yield grid


def _catalysts(release: Analysis) -> Iterator[RenderableType]:
    if not release.catalysts:
        return
    yield _heading("What comes next")
    grid = Table.grid(padding=(0, 2))
    for c in story.ordered(release.catalysts):
        words = _words(quotes.planned(release, c, CLAUSE_CHARS))
        names = Text("  ").join(Text(name, style) for name, style in _about(release, c))
        cell = Group(names, words) if names else words
        grid.add_row(Text(story.headline(c.type)), Text(story.window(c), "bold"), cell)
    yield grid


def _risks(release: Analysis) -> Iterator[RenderableType]:
    if not release.risk_factors:
        return
    yield _heading(f"Risk factors named ({len(release.risk_factors)})")
    grid = Table.grid(padding=(0, 2))
    for factor in story.ranked(release.risk_factors):
        name = Text(story.headline(factor.category), "bold" if factor.specific else "")
        quote = map(_words, quotes.supporting(release, factor.evidence, 1, CLAUSE_CHARS))
        grid.add_row(name, Text(f"{factor.probability:.2f}", SOFT), *quote)
    yield grid


def _bar(probabilities: dict[str, float]) -> Text:
    bar = Text()
    for label, probability in probabilities.items():
        bar.append("━" * round(BAR_CELLS * probability), _colour(label))
    return bar


def _filled(share: float) -> Text:
    full = round(BAR_CELLS * share)
    return Text.assemble(("━" * full, "bold"), ("━" * (BAR_CELLS - full), SOFT))


def _labelled(label: str, figure: str) -> Text:
    return Text.assemble((story.headline(label), f"bold {_colour(label)}"), (f" {figure}", SOFT))


def _what(event: Event) -> Text:
    sign = story.SIGN.get(event.direction, "●")
    return Text(f"{sign} {story.headline(event.type)}", f"bold {_colour(event.direction)}")


def _signed(label: str) -> str:
    return f"{story.SIGN.get(label, '●')} {story.headline(label)}"


def _quote(pieces: Sequence[quotes.Piece]) -> Iterator[RenderableType]:
    if pieces:
        yield _indented(_words(pieces))


def _words(pieces: Sequence[quotes.Piece]) -> Text:
    """A quote; what the claim stands on is not dimmed."""
    return Text.assemble(
        ("“", SOFT), *((p.text, "" if p.strong else SOFT) for p in pieces), ("”", SOFT)
    )


def _indented(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _heading(words: str) -> Text:
    return Text(f"\n{words}", SOFT)


def _colour(label: str) -> str:
    return DIRECTIONS.get(label) or OWN[story.hue(label) % len(OWN)]


def _hue(label: str) -> str:
    """Labels of the user's own are underlined: with so few colours two may share one."""
    if label in story.OURS:
        return f"bold {HUES.get(label, OTHER)}"
    return f"bold underline {OWN[story.hue(label) % len(OWN)]}"
