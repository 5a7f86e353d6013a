"""The day's news where a model has judged what the rules propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eventrisk.events.candidates import NO_CUE, Chance, Pair, likeliest, strongest
from eventrisk.events.zones import BUSINESS, Placed
from eventrisk.labels import Assertion

# Chosen on held-out slices (models/EXPERIMENTS.md): how many times as likely an event is that leads
# in place of the rules' own (no news at all, in a text surely of the field: the second), and the
# chances (0…1) from which events beside it are listed: one that the rules take for news, and one
# that they do not.
OUTVOTES, NO_NEWS_OUTVOTES = 3.0, 30.0
MIN_KEPT, MIN_ADDED = 0.1, 0.5
WORDS = "words"  # the rule of an event that only the model's words tell


def decided(
    news: Sequence[Placed],
    placed: Sequence[Placed],
    chances: Mapping[Pair, Chance],
    *,
    of_field: bool = False,
) -> list[Placed]:
    """The day's news, the lead event first: ``news`` of the rules and further cues of ``placed``
    that the model finds likely enough, and its lead event, whether a rule speaks of it or not.

    ``of_field`` as in ``leading_pair``. An event that no rule speaks of stands where the first of
    ``news`` stands.
    """
    by_rules = None if news[0].rule == NO_CUE else _pair(news[0])
    lead = leading_pair(by_rules, chances, of_field=of_field)
    leading = [p for p in news if _pair(p) == lead] or [_told(lead, news[0], placed)]
    others = [p for p in news if _pair(p) != lead and _is_listed(p, chances)]
    known = {_pair(p) for p in (*leading, *others)}
    further = [
        cue
        for pair in chances
        if pair not in known and chances[pair].listed >= MIN_ADDED
        if (cue := strongest(pair, placed)) and cue.assertion is Assertion.OCCURRED
    ]
    rest = sorted(
        _of_one_direction([*others, *further], leading, news),
        key=lambda p: (p.type == BUSINESS, -chances[_pair(p)].lead, p.start),
    )
    return [*leading, *rest]


def leading_pair(
    by_rules: Pair | None, chances: Mapping[Pair, Chance], *, of_field: bool = False
) -> Pair:
    """The pair that leads: the rules' own lead event ``by_rules`` (None: they found no news) unless
    another is far likelier. That there is no news at all outvotes them in a text that is surely of
    the field (``of_field``) where hardly any doubt is left.
    """
    best = likeliest(chances)
    if by_rules is None:
        return best
    rivals = sorted(chances, key=lambda pair: (-chances[pair].lead, pair))
    for pair in rivals[: rivals.index(by_rules)]:
        times = NO_NEWS_OUTVOTES if of_field and pair[0] == BUSINESS else OUTVOTES
        if chances[pair].lead >= times * chances[by_rules].lead:
            return pair
    return by_rules


def _pair(p: Placed) -> Pair:
    return p.type, p.direction


def _is_listed(p: Placed, chances: Mapping[Pair, Chance]) -> bool:
    return p.rule != NO_CUE and chances[_pair(p)].listed >= MIN_KEPT


def _told(pair: Pair, first: Placed, placed: Sequence[Placed]) -> Placed:
    """The lead event that the rules do not lead with: on its strongest cue, else on the words where
    the rules' own news stands.
    """
    cue = strongest(pair, placed)
    if cue is None:
        type_, direction = pair
        return replace(first, type=type_, direction=direction, rule=WORDS, is_vote=False)
    return replace(cue, assertion=Assertion.OCCURRED)


def _of_one_direction(
    others: Sequence[Placed], leading: Sequence[Placed], news: Sequence[Placed]
) -> list[Placed]:
    """Without events of a type that is told already with another direction, unless the rules tell
    both apart.
    """
    told = {p.type: p.direction for p in reversed(leading)}
    kept: list[Placed] = []
    for p in others:
        if told.setdefault(p.type, p.direction) == p.direction or p in news:
            kept.append(p)
    return kept
