"""The one rule engine: what a rule is, the folded text it reads, and which rules can match at all.

A rule file is TOML with ``[[rule]]`` tables. Each has an ``id``, a ``source``, a sentence it must
``miss`` and its words: either a ``pattern`` with the sentence it must ``hit``, or a list of
alternatives, ``[[rule.pattern]]`` tables of ``match`` and ``hit``. ``needs`` are literals of which
one stands in every text that the rule matches; ``role`` says for which part of the reading it is.
All other keys belong to the caller.

A line break in a pattern, with the blanks after it, is no part of it. ``{name}`` stands for a word
class: of the file's own ``[words]``, or of the file that its key ``words`` names. In a file of word
classes ``[lists]`` makes a class of the first column of a term list, the longest term first: of all
rows, ``name = "file.tsv"``, or of those whose columns have one of the given values,
``name = { file = "file.tsv", where = { column = ["value", …] } }``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from eventrisk.errors import LexiconError
from eventrisk.lexicon import listed_terms, read_tables

PLAIN = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "’": "'", "‘": "'", "\u00a0": " ", "\n": " "}
)
CLASS = re.compile(r"\{([a-z_]+)\}")
FLAGS = re.compile(r"\(\?([aimsux]+)\)")
BREAK = re.compile(r"\n[ \t]*")
PIECE_CHARS = (
    1_500  # that a pattern sees at once: longer sentences are read in pieces, in linear time
)
GIVEN = ("id", "source", "pattern", "hit", "miss", "needs", "role")


def fold(text: str) -> str:
    """The text in lower case with plain hyphens, quotes and blanks: offsets stay as they are."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered (İ); those stay as they are
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(PLAIN)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a rule's words are written, and a sentence that is written so."""

    match: str
    hit: str


@dataclass(frozen=True)
class Rule:
    """One rule; ``keys`` holds what it says beside its words, ``classes`` the word classes."""

    id: str
    alternatives: tuple[Alternative, ...]
    source: str
    miss: str
    needs: tuple[str, ...] = ()
    role: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    classes: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def hit(self) -> str:
        """A sentence the rule must match: that of its first alternative."""
        return self.alternatives[0].hit

    @property
    def pattern(self) -> str:
        """The rule's words as one regular expression, word classes still to be filled in."""
        if len(self.alternatives) == 1:
            return self.alternatives[0].match
        return "|".join(_scoped(one.match) for one in self.alternatives)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled on first use: most rules never meet a text that holds what they need."""
        return self.compiled(self.pattern)

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """A pattern with the rule's word classes filled in. Raises LexiconError."""
        try:
            return re.compile(expand(pattern, self.classes))
        except (re.error, LexiconError) as error:
            raise LexiconError(
                f"{self.file}, rule {self.id!r}: the pattern does not compile: {error}"
            ) from error

    def says(self, key: str) -> bool:
        """Whether a key of the rule's own is given and true."""
        return bool(self.keys.get(key))

    def can_match(self, text: str) -> bool:
        """Whether one of its needs stands in the text (folded, where the rule reads folded text).

        A plain ``in`` costs a hundredth of the pattern, and most rules fail it.
        """
        for need in self.needs:  # a loop: this is asked of every rule and sentence
            if need in text:
                return True
        return not self.needs

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Half-open offsets of its matches; of a pattern with groups ``cue…`` the one that took
        part. Empty matches are none.
        """
        if not self.can_match(folded):
            return
        for match in self.regex.finditer(folded):
            start, end = match.span(self._cue(match))
            if end > start:
                yield start, end

    def _cue(self, match: re.Match[str]) -> str | int:
        return next((name for name in self._cues if match[name] is not None), 0)

    @cached_property
    def _cues(self) -> tuple[str, ...]:
        return tuple(sorted(name for name in self.regex.groupindex if name.startswith("cue")))


class RuleSet:
    """Rules in their order, and which of them can match a text: looked up by what they need."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.by_id = {rule.id: rule for rule in self.rules}
        self._free = [n for n, rule in enumerate(self.rules) if not rule.needs]
        numbers: dict[str, list[int]] = {}
        for number, rule in enumerate(self.rules):
            for need in rule.needs:
                numbers.setdefault(need, []).append(number)
        self._short = [(need, some) for need, some in sorted(numbers.items()) if len(need) < 3]
        self._by_start: dict[str, list[tuple[str, list[int]]]] = {}
        for need, some in sorted(numbers.items()):
            if len(need) >= 3:
                self._by_start.setdefault(need[:3], []).append((need, some))

    def candidates(self, folded: str) -> list[Rule]:
        """The rules that can match the text, in their order."""
        starts = {folded[i : i + 3] for i in range(len(folded) - 2)} & self._by_start.keys()
        candidates = set(self._free)
        for likely in (self._short, *(self._by_start[start] for start in starts)):
            for need, numbers in likely:
                if need in folded:
                    candidates.update(numbers)
        return [self.rules[number] for number in sorted(candidates)]


def expand(pattern: str, classes: Mapping[str, str]) -> str:
    """A pattern with its word classes filled in. Raises LexiconError for a class nobody defined."""

    def fill(match: re.Match[str]) -> str:
        if match[1] not in classes:
            raise LexiconError(f"no word class {match[1]!r}, wanted by the pattern {pattern!r}")
        return classes[match[1]]

    return CLASS.sub(fill, pattern)


def parse_rules(tables: Mapping[str, Any], file: str) -> tuple[Rule, ...]:
    """The rules of a rule file's tables.

    Raises LexiconError that names file and rule for missing keys, an id given twice, a pattern
    without words or an empty need.
    """
    classes, lists = _classes_of(tables, file), _table(tables, "lists", file)
    rules: dict[str, Rule] = {}
    for number, table in enumerate(_tables(tables.get("rule", []), f"{file}: rule"), start=1):
        where = f"{file}, rule {number} ({table.get('id', 'no id')})"
        rule = _rule(table, where, file, classes, lists)
        if rule.id in rules:
            raise LexiconError(f"{where}: the id is given twice")
        rules[rule.id] = rule
    return tuple(rules.values())


@lru_cache(maxsize=64)
def rules(file: str, role: str | None = None) -> tuple[Rule, ...]:
    """The rules of a packaged file, those of one role or all, in order of the file. Read once."""
    if role is not None:
        return tuple(rule for rule in rules(file) if rule.role == role)
    return parse_rules(read_tables(file), file)


@lru_cache(maxsize=16)
def word_classes(file: str) -> Mapping[str, str]:
    """The word classes of a packaged file, each one non-capturing group; later ones may use
    earlier ones.
    """
    return _classes(read_tables(file), file)


def _classes_of(tables: Mapping[str, Any], file: str) -> Mapping[str, str]:
    named = tables.get("words")
    return word_classes(named) if isinstance(named, str) else _classes(tables, file)


def _classes(tables: Mapping[str, Any], file: str) -> Mapping[str, str]:
    made: dict[str, str] = {}
    for name, listed in _table(tables, "lists", file).items():
        words = sorted(listed_terms(listed, f"{file}, list {name!r}"), key=len, reverse=True)
        made[name] = f"(?:{'|'.join(words)})"
    for name, pattern in _table(tables, "words", file).items():
        if not isinstance(pattern, str):
            raise LexiconError(f"{file}, word class {name!r}: must be text, not {pattern!r}")
        try:
            made[name] = f"(?:{expand(BREAK.sub('', pattern), made)})"
        except LexiconError as error:
            raise LexiconError(f"{file}, word class {name!r}: {error}") from error
    return made


def _table(tables: Mapping[str, Any], key: str, file: str) -> Mapping[str, Any]:
    table = tables.get(key, {})
    if not isinstance(table, Mapping):
        raise LexiconError(f"{file}: {key} is no table; write [{key}] above its lines")
    return table


def _tables(given: Any, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise LexiconError(f"{where} is no list of tables; write [[…]] above each")
    return given


def _needs(given: Any, where: str, lists: Mapping[str, Any]) -> tuple[str, ...]:
    """The words as given, or those of the list of the file that is named, without the longer ones
    in which a shorter one stands.
    """
    if isinstance(given, str) and given in lists:
        words = listed_terms(lists[given], f"{where}, list {given!r}")
        return tuple(w for w in words if not any(o in w for o in words if o != w))
    if not isinstance(given, list) or not all(isinstance(need, str) for need in given):
        raise LexiconError(f"{where}: needs are a list of words, or the name of a list: {given!r}")
    if "" in given:
        raise LexiconError(f"{where}: an empty need stands in every text; delete it")
    return tuple(given)


def _rule(
    table: Mapping[str, Any],
    where: str,
    file: str,
    classes: Mapping[str, str],
    lists: Mapping[str, Any],
) -> Rule:
    missing = [key for key in ("id", "source", "miss", "pattern") if not table.get(key)]
    if missing:
        raise LexiconError(f"{where}: missing {', '.join(missing)}")
    texts = ("id", "source", "miss", "hit", "role")
    if odd := [key for key in texts if not isinstance(table.get(key, ""), str)]:
        raise LexiconError(f"{where}: {', '.join(odd)} must be text")
    needs = _needs(table.get("needs", []), where, lists)
    return Rule(
        id=str(table["id"]),
        alternatives=tuple(_alternatives(table, where)),
        source=str(table["source"]),
        miss=str(table["miss"]),
        needs=needs,
        role=str(table.get("role", "")),
        keys={key: value for key, value in table.items() if key not in GIVEN},
        file=file,
        classes=classes,
    )


def _alternatives(table: Mapping[str, Any], where: str) -> Iterator[Alternative]:
    pattern = table["pattern"]
    listed = [{**table, "match": pattern}] if isinstance(pattern, str) else pattern
    for number, one in enumerate(_tables(listed, f"{where}: pattern"), start=1):
        if not one.get("match") or not one.get("hit"):
            raise LexiconError(f"{where}, alternative {number}: match and hit are needed")
        yield Alternative(BREAK.sub("", str(one["match"])), str(one["hit"]))


def _scoped(pattern: str) -> str:
    """An alternative whose flags, if it begins with some, hold for it alone."""
    flags = FLAGS.match(pattern)
    return f"(?{flags[1]}:{pattern[flags.end() :]})" if flags else pattern


def pieces(
    start: int, end: int, text: str, *, limit: int = PIECE_CHARS
) -> Iterator[tuple[int, int]]:
    """A stretch of a text cut at blanks into pieces of at most ``limit`` characters; half-open
    offsets.
    """
    while end - start > limit:
        cut = text.rfind(" ", start + 1, start + limit)
        cut = cut if cut > start else start + limit
        yield start, cut
        start = cut
    yield start, end
