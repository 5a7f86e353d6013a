"""Terms of the user's own: drugs, indications, agencies and companies beside those that are known.

One row a term, as a TSV file (``term``, ``label``, and where wanted ``canonical`` and ``note``) or
as mappings with these keys. Pure but for reading the file; keeps nothing of a text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from eventrisk.errors import LexiconError
from eventrisk.export.overwriting import KEPT
from eventrisk.labels import EntityLabel
from eventrisk.lexicon import table_rows
from eventrisk.names.candidates import Candidate
from eventrisk.names.overlaps import without_overlaps

Terms = str | Path | Iterable[Mapping[str, str]]
"""Terms of one's own: a TSV file, or mappings with ``term``, ``label`` and perhaps
``canonical``."""

LABELS = (EntityLabel.DRUG, EntityLabel.INDICATION, EntityLabel.AGENCY, EntityLabel.COMPANY)
NEEDED, COLUMNS = ("term", "label"), ("term", "label", "canonical", "note")
TERM_SOURCE = "own term"
PROBABILITY = 0.99  # above every finder's: the user has said what these words are
SHORT_CHARS = 5  # a word of so few, all of them capitals, is read in capitals alone
MIN_CHARS = 2  # letters or digits of a term
WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013"), "-")
QUOTES = dict.fromkeys(map(ord, "’‘"), "'")
SAME = HYPHENS | QUOTES


@dataclass(frozen=True, slots=True)
class Term:
    """A name, what it is a name of, and what it is called in results (empty: as the text says)."""

    words: str
    label: str
    canonical: str


@dataclass(frozen=True)
class Vocabulary:
    """Terms ready for look-up; two of the same terms are equal, whatever their order."""

    terms: tuple[Term, ...] = ()

    def __len__(self) -> int:
        return len(self.terms)

    @cached_property
    def _patterns(self) -> Mapping[tuple[str, ...], Sequence[_Pattern]]:
        """The terms by their folded words, so that a look-up costs the same for one and many."""
        patterns: dict[tuple[str, ...], list[_Pattern]] = {}
        for pattern in map(_pattern, self.terms):
            patterns.setdefault(tuple(map(str.casefold, pattern.words)), []).append(pattern)
        return patterns

    @cached_property
    def _lengths(self) -> Mapping[str, Collection[int]]:
        """How many words the terms have that begin with a folded word."""
        lengths: dict[str, set[int]] = {}
        for words in self._patterns:
            lengths.setdefault(words[0], set()).add(len(words))
        return lengths

    @property
    def sha256(self) -> str:
        """Of the terms, in any order."""
        rows = [[t.words, t.label, t.canonical] for t in self.terms]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    @cached_property
    def companies(self) -> frozenset[str]:
        """Canonical names of the companies."""
        return frozenset(t.canonical for t in self.terms if t.label == EntityLabel.COMPANY)

    def find(self, text: str) -> list[Candidate]:
        """Every place where a term stands, in order of the text and free of overlaps; half-open
        offsets into ``text``.
        """
        if not self.terms:
            return []
        words = [(m.start(), m.end()) for m in WORD.finditer(text)]
        return without_overlaps(self._candidates(text, words))

    def _candidates(self, text: str, words: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
        folded = [_plain(text[start:end]).casefold() for start, end in words]
        for at, first in enumerate(folded):
            for length in self._lengths.get(first, ()):
                span = words[at : at + length]
                for pattern in self._patterns.get(tuple(folded[at : at + length]), ()):
                    if pattern.stands(text, span):
                        yield _candidate(pattern.term, span[0][0], span[-1][1])

    def plus(self, other: Vocabulary) -> Vocabulary:
        """Both vocabularies' terms. Raises LexiconError where they say different things of a
        term.
        """
        placed = [("terms given first", t) for t in self.terms]
        return _of([*placed, *(("terms given later", t) for t in other.terms)])


NO_TERMS = Vocabulary()


def _candidate(term: Term, start: int, end: int) -> Candidate:
    return Candidate(start, end, term.label, term.canonical, TERM_SOURCE, PROBABILITY)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A term cut into words; ``gaps`` says before which of them white space stands."""

    term: Term
    words: tuple[str, ...]
    gaps: tuple[bool, ...]

    def stands(self, text: str, span: Sequence[tuple[int, int]]) -> bool:
        """Whether the words of a text at these places are the term, cased as it allows; folded they
        are its words.
        """
        if not _is_free(text, span[0][0], span[-1][1]):
            return False
        between = [text[left:right] for (_, left), (right, _) in pairwise(span)]
        if any("\n" in gap for gap in between):  # no name goes on in the next paragraph
            return False
        spaced = (False, *map(bool, between))
        written = (_plain(text[start:end]) for start, end in span)
        return spaced == self.gaps and all(map(_is_cased, written, self.words))


def vocabulary(terms: Terms) -> Vocabulary:
    """The terms of a file or of mappings.

    Raises LexiconError naming file and line (or the item, counted from 0) for a file that is
    missing or no UTF-8, a header without ``term`` and ``label`` or with columns that are not known,
    an empty or one-letter term, a label that is none, and a term that is said to be two things.
    """
    if isinstance(terms, str | Path):
        KEPT.add(Path(terms).absolute())
        return _of(_parsed(_text(Path(terms)), str(terms)))
    if hasattr(type(terms), "columns"):
        raise LexiconError(
            f"terms must be a file or a list of mappings, not a {type(terms).__name__}; give the "
            'rows of a frame as frame.to_dict("records"), in Polars frame.to_dicts()'
        )
    if not isinstance(terms, Iterable) or isinstance(terms, Mapping):
        raise LexiconError(
            f"terms must be a file or a list of mappings, not {type(terms).__name__}; write "
            'terms="mine.tsv"'
        )
    return _of(_given(terms))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LexiconError(
            f"{path}, line {line}: not UTF-8; save the terms as UTF-8, tab-separated"
        ) from error
    except OSError as error:
        raise LexiconError(f"{path}: cannot read the terms: {error.strerror}") from error


def _parsed(text: str, name: str) -> Iterator[tuple[str, Term]]:
    header, rows = table_rows(text, name)
    if header is None:
        raise LexiconError(f"{name}: no terms; the first line names the columns term and label")
    number, columns = header
    _check_columns(columns, f"{name}, line {number}")
    empty = True
    for line, row in rows:
        empty = False
        yield f"{name}, line {line}", _term(row, f"{name}, line {line}")
    if empty:
        raise LexiconError(f"{name}: no terms below the header; write one a line")


def _check_columns(columns: Sequence[str], where: str) -> None:
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise LexiconError(
            f"{where}: the header lacks {' and '.join(missing)}; it names the columns, parted by "
            f"tabs: {', '.join(COLUMNS)}"
        )
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown:
        raise LexiconError(
            f"{where}: no column is called {unknown[0]!r}; there are {', '.join(COLUMNS)}"
        )


def _given(terms: Iterable[object]) -> Iterator[tuple[str, Term]]:
    for number, row in enumerate(terms):
        where = f"terms, item {number}"
        if not isinstance(row, Mapping):
            raise LexiconError(
                f"{where}: a mapping with term and label is wanted, not {type(row).__name__}"
            )
        _check_columns(tuple(map(str, row)), where)
        yield where, _term({str(key): _cell(value) for key, value in row.items()}, where)


def _cell(value: object) -> str:
    """The words of a mapping's value; None and NaN, as tables have them, are none."""
    return "" if value is None or value != value else str(value).strip()


def _term(row: Mapping[str, str], where: str) -> Term:
    words, label = " ".join(row["term"].split()), row["label"].lower()
    if not words:
        raise LexiconError(f"{where}: the term is empty; give it or delete the line")
    if sum(c.isalnum() for c in words) < MIN_CHARS:
        raise LexiconError(
            f"{where}: the term {words!r} is too short; at least {MIN_CHARS} letters or digits are "
            "needed"
        )
    if label not in LABELS:
        raise LexiconError(f"{where}: no label is called {label!r}; there are {', '.join(LABELS)}")
    return Term(words, label, row.get("canonical") or _named(words, label))


def _named(words: str, label: str) -> str:
    """What a term is called where no other name is given, as names of its label are; the text says
    what a drug or a disease is called beside it.
    """
    if label == EntityLabel.AGENCY:
        return words
    return words.lower() if label == EntityLabel.COMPANY else ""


def _of(placed: Iterable[tuple[str, Term]]) -> Vocabulary:
    """The terms, each once and sorted, so that their order makes no difference."""
    known: dict[str, tuple[str, Term]] = {}
    for where, term in placed:
        key = _plain(term.words).casefold()
        first, before = known.setdefault(key, (where, term))
        if (before.label, before.canonical) != (term.label, term.canonical):
            raise LexiconError(
                f"{where}: {term.words!r} is given as {term.label} {term.canonical!r}, and as "
                f"{before.label} {before.canonical!r} in {first}; keep one"
            )
    terms = (term for _, term in known.values())
    return Vocabulary(tuple(sorted(terms, key=lambda t: (t.words, t.label))))


def _pattern(term: Term) -> _Pattern:
    words = _plain(term.words)
    matches = list(WORD.finditer(words))
    gaps = (False, *(a.end() < b.start() for a, b in pairwise(matches)))
    return _Pattern(term, tuple(m.group() for m in matches), gaps)


def _plain(words: str) -> str:
    """With plain hyphens and apostrophes; offsets stay as they are."""
    return words.translate(SAME)


def _is_free(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the words, also over a hyphen before them, or over one
    behind them that leads to a digit.
    """
    before = text[max(0, start - 2) : start]
    touched = before[-1:].isalnum() or before[-1:] == "_"
    compound = len(before) == 2 and before[1] in "-\u2010\u2011" and before[0].isalnum()
    behind = _plain(text[end : end + 2])
    goes_on = behind[:1].isalnum() or behind[:1] == "_" or re.match(r"-\d", behind)
    return not (touched or compound or goes_on)


def _is_cased(written: str, given: str) -> bool:
    """Whether a word of the text may be that of a term.

    Small letters are read in any case; a word with capitals begins with one (``Lomera``,
    ``LOMERA``, not ``lomera``); a short one of capitals alone (``GA``) is read as it is.
    """
    if written == given:
        return True
    if written.casefold() != given.casefold():
        return False
    if given.islower():
        return True
    if given.isupper() and len(given) <= SHORT_CHARS:
        return False
    return written[0].isupper() and (given[0].isupper() or written.isupper())
