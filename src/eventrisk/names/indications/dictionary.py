"""What is known of diseases: names, abbreviations, head words, modifiers and contexts, ready for
look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from eventrisk.lexicon import terms
from eventrisk.names.indications.words import HYPHENS, JOINERS, Word, folded, keys, words

VALUE = ""  # the key under which a node of a trie keeps its value; no word folds to it
GLUE = JOINERS | HYPHENS | {"+"}
MAX_COMPOUND = 16  # words and hyphens of one compound; keeps hostile chains of hyphens cheap
MIN_STEM = 2  # letters before an ending such as "-itis"


class Name(NamedTuple):
    """A disease: its canonical name, its area, and whether this form of it is also something
    else.
    """

    canonical: str
    area: str
    ambiguous: bool = False


class Trie:
    """Look-up of terms of several words; hyphens and slashes between them do not count."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}

    def add(self, parts: Iterable[str], value: Any) -> None:
        """Stores ``value`` under the keys; the first value given stays."""
        node = self.root
        for part in parts:
            node = node.setdefault(part, {})
        node.setdefault(VALUE, value)

    def longest(self, ws: Sequence[Word], at: int, step: int = 1) -> tuple[int, Any] | None:
        """The longest term from word ``at`` on (``step`` -1: back from it): index of its last word,
        and its value.
        """
        node, best = self.root.get(ws[at].key), None
        while node is not None:
            if VALUE in node:
                best = (at, node[VALUE])
            at = neighbour(ws, at, step)
            if at < 0:
                break
            node = node.get(ws[at].key)
        return best


def neighbour(ws: Sequence[Word], at: int, step: int) -> int:
    """The index of the next word in the direction of ``step``, over one hyphen or slash; -1 at the
    end.
    """
    at += step
    if 0 <= at < len(ws) and ws[at].text in JOINERS:
        at += step
    return at if 0 <= at < len(ws) else -1


def attached(ws: Sequence[Word], at: int) -> bool:
    """Whether a hyphen or slash at ``at`` touches the words on both of its sides."""
    return (
        0 < at < len(ws) - 1
        and ws[at].text in JOINERS
        and ws[at - 1].end == ws[at].start
        and ws[at].end == ws[at + 1].start
    )


class DiseaseLexicon:
    """All term lists of diseases. Use ``disease_lexicon()``: the lists are read once."""

    def __init__(self) -> None:
        self.names = Trie()
        self.abbreviations: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        for row in terms("indications/indications.tsv"):
            name = Name(row["canonical"] or row["term"], row["area"])
            self.names.add(keys(row["term"]), name)
            for short in filter(None, row["abbreviations"].split("|")):
                self._abbreviate(short.rstrip("?"), name._replace(ambiguous=short.endswith("?")))
        self.heads = {
            _folded_head(row["head"]): row["kind"] for row in terms("indications/heads.tsv")
        }
        endings = [head[1:] for head, kind in self.heads.items() if kind == "suffix"]
        self.endings = tuple(sorted(endings))
        modifiers = terms("indications/modifiers.tsv")
        self.forward, self.backward = _tries(modifiers, "term")
        self.links = _of_kind(modifiers, "link")
        self.stoppers = _of_kind(modifiers, "stopper")
        self.classes = frozenset(folded(word) for word in _of_kind(modifiers, "class"))
        self.units = frozenset(folded(word) for word in _of_kind(modifiers, "unit"))
        self.adjective_endings = tuple(sorted(_of_kind(modifiers, "adjective_ending")))
        contexts = terms("indications/contexts.tsv")
        self.after, self.before = _tries(contexts, "words")
        self.fillers = frozenset(
            folded(row["words"]) for row in contexts if row["kind"] == "filler"
        )

    def _abbreviate(self, short: str, name: Name) -> None:
        parts = tuple(word.text for word in words(short))
        forms = self.abbreviations.setdefault(parts[0], [])
        forms.append((parts, name))
        forms.sort(key=lambda form: -len(form[0]))

    def abbreviation(self, ws: Sequence[Word], at: int) -> tuple[int, Name] | None:
        """The longest abbreviation that starts at word ``at``, case and all: index of its last
        word, and its name.
        """
        for parts, name in self.abbreviations.get(ws[at].text, ()):
            if tuple(word.text for word in ws[at : at + len(parts)]) == parts:
                return at + len(parts) - 1, name
        return None

    def head(self, key: str) -> str:
        """Kind of head word a key is (``alone``, ``needs``, ``known``, ``suffix``), or an empty
        string.
        """
        kind = self.heads.get(key)
        if kind is not None:
            return "" if kind == "never" else kind
        if key.endswith(self.endings) and any(
            key.endswith(e) and len(key) - len(e) >= MIN_STEM for e in self.endings
        ):
            return "suffix"
        return ""

    def modifier(self, ws: Sequence[Word], at: int) -> tuple[int, frozenset[str]]:
        """The longest modifier that ends at word ``at``: index of its first word, and its kinds
        (none: empty).
        """
        return self.backward.longest(ws, at, -1) or (at, frozenset())

    def follows(self, ws: Sequence[Word], at: int) -> tuple[int, frozenset[str]]:
        """The longest context that begins at word ``at``: index of its last word, and its kinds."""
        return self.after.longest(ws, at) or (at, frozenset())

    def precedes(self, ws: Sequence[Word], at: int) -> tuple[int, frozenset[str]]:
        """The longest context that ends at word ``at``: index of its first word, and its kinds."""
        return self.before.longest(ws, at, -1) or (at, frozenset())


def _of_kind(rows: Sequence[Mapping[str, str]], kind: str) -> frozenset[str]:
    return frozenset(row["term"] for row in rows if row["kind"] == kind)


def _folded_head(head: str) -> str:
    return head if head.startswith("-") else folded(head)


def _tries(rows: Sequence[Mapping[str, str]], column: str) -> tuple[Trie, Trie]:
    """The terms with their kinds, forward and backward."""
    kinds: dict[tuple[str, ...], frozenset[str]] = {}
    for row in rows:
        parts = keys(row[column])
        kinds[parts] = kinds.get(parts, frozenset()) | {row["kind"]}
    forward, backward = Trie(), Trie()
    for parts, of_term in kinds.items():
        forward.add(parts, of_term)
        backward.add(reversed(parts), of_term)
    return forward, backward


def compound_start(ws: Sequence[Word], at: int) -> int:
    """The first word of the unbroken compound that ends at ``at`` (``HR+/HER2-negative`` is
    one).
    """
    lowest = max(0, at - MAX_COMPOUND)
    while (
        at > lowest
        and ws[at - 1].end == ws[at].start
        and (ws[at - 1].text in GLUE or ws[at - 1].text.isalnum())
    ):
        at -= 1
    while ws[at].text in GLUE:
        at += 1
    return at


@lru_cache(maxsize=1)
def disease_lexicon() -> DiseaseLexicon:
    """The packaged lists, read on first use."""
    return DiseaseLexicon()
