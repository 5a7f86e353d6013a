"""Which way the words of an outcome point: the sign of the verb times that of what was voted on.

*Recommends limiting use* is a yes to something that hurts the product, *votes against a warning* a
no to something that does. The word classes are data: ``votes/objects.toml`` for the objects,
``votes/readings.toml`` (role ``negative``) for the verbs. All words are folded; offsets are
half-open, into the clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from eventrisk.votes.words import matched, objects, readings

MASK = "\x00"  # no rule matches it


@dataclass(frozen=True, slots=True)
class Stance:
    """``refuses``: the verb says no; ``restrains``: what was voted on hurts the product."""

    refuses: bool
    restrains: bool

    @property
    def is_negative(self) -> bool:
        """Whether the words are against the product: two negatives make a positive."""
        return self.refuses != self.restrains


@dataclass(frozen=True, slots=True)
class Object:
    """What was voted on, as far as its words tell whether it is for the product; ``is_plain``: a
    mere permission, whose own *not* is that of the verb.
    """

    start: int
    end: int
    is_favourable: bool
    is_plain: bool


def read_stance(verb: str, clause: str) -> Stance:
    """The stance of a statement: ``verb`` are the words in which a refusal counts, ``clause`` those
    and what follows them, in which the object may stand.
    """
    found = find_object(clause) if matched("reversal", clause) is None else None
    if found is None or found.is_plain:
        return Stance(refuses(verb), restrains=False)
    masked = _masked(verb, found)
    if not refuses(masked):
        return Stance(refuses=False, restrains=not found.is_favourable)
    joined = found.is_favourable or _is_joined(clause, found)
    return Stance(refuses=True, restrains=joined and not found.is_favourable)


def restrains(clause: str) -> bool:
    """Whether what a clause is about hurts the product."""
    found = find_object(clause)
    return found is not None and not found.is_favourable


def find_object(clause: str) -> Object | None:
    """What the clause is about: a predicate anywhere in it, else the first object before what only
    goes with it. None where it names neither.
    """
    clause = clause[: clause_end(clause)]
    for role, reach in (("predicate", len(clause)), ("object", _first(clause, "aside"))):
        matches = [
            (match.start(), number, match.end(), rule)
            for number, rule in enumerate(objects(role))
            if (match := rule.regex.search(clause, 0, reach)) is not None
        ]
        if matches:
            start, _, end, rule = min(matches, key=lambda found: found[:2])
            return Object(start, end, rule.says("favourable"), rule.says("plain"))
    return None


def _first(clause: str, role: str) -> int:
    """Where the first word of a role begins, else the end of the clause."""
    starts = (rule.regex.search(clause) for rule in objects(role))
    return min((match.start() for match in starts if match), default=len(clause))


def clause_end(words: str, start: int = 0) -> int:
    """Where the clause ends that goes on at ``start``: another one or its reason begins there."""
    return start + _first(words[start:], "end")


def _masked(verb: str, found: Object) -> str:
    end = min(found.end, len(verb))
    if found.start >= end:
        return verb
    return verb[: found.start] + MASK * (end - found.start) + verb[end:]


def refuses(words: str) -> bool:
    """Whether words say no, or deny what was to be shown."""
    said_no = matched("negative", words) or matched("doubt", words)
    return said_no is not None and matched("reversal", words) is None


def _is_joined(clause: str, found: Object) -> bool:
    """Whether a refusal stands right before the object, which then is what it refuses."""
    before = clause[: found.start]
    ends = [m.end() for rule in readings("negative") for m in rule.regex.finditer(before)]
    return bool(ends) and any(rule.regex.search(before[max(ends) :]) for rule in objects("between"))
