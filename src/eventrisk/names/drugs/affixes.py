"""What stands beside a name and belongs to it, or says that it is no drug here. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set

from eventrisk.names.drugs.words import Words

SUFFIX_LETTERS = (
    4  # biosimilars carry four lower-case letters after a hyphen (FDA guidance of 2017)
)


class DrugAffixes:
    """The neighbours of a name; ``rows`` as in ``drugs/affixes.tsv``."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._of: dict[str, set[str]] = {}
        for row in rows:
            self._of.setdefault(row["role"], set()).add(row["part"])

    @property
    def plain(self) -> Set[str]:
        """Lower-case halves of ordinary compounds (``long-term``)."""
        return self._of["plain"]

    def with_tail(self, words: Words, last: int) -> int:
        """Index of the last word of a generic name, its salt or biosimilar suffix taken in."""
        end = last
        while end < last + 2 and words.gap(end) == " " and words.lows[end + 1] in self._of["salt"]:
            end += 1
        if end == last and self._has_suffix(words, last):
            return last + 1
        return end

    def _has_suffix(self, words: Words, last: int) -> bool:
        if last + 1 >= len(words) or not words.glued[last + 1]:
            return False
        suffix = words.words[last + 1]
        ends_there = last + 2 >= len(words) or not words.glued[last + 2]
        return (
            len(suffix) == SUFFIX_LETTERS
            and suffix.isalpha()
            and (suffix.islower() or words.words[last].isupper())
            and ends_there
            and suffix.lower() not in self._of["tail"]
        )

    def with_release(self, words: Words, last: int, marks: Collection[int] = ()) -> int:
        """Index of the last word of a brand, the mark of its release form (``XR``) taken in, or the
        second word of its name (``PLUS``); not behind one of the trade ``marks``.
        """
        if last + 1 < len(words) and words.ends[last] in marks:
            return last
        if words.gap(last) == " " and self._next_is(words, last, "second"):
            capitals = words.words[last + 1].isupper() and words.words[last].isupper()
            if capitals and words.gap(last + 1).startswith((" (", ",", ".", "\n")):
                return last + 1
        if (
            words.gap(last) in (" ", "-")
            and last + 1 < len(words)
            and words.words[last + 1] in self._of["release"]
        ):
            return last + 1
        return last

    def names_company(self, words: Words, last: int) -> bool:
        """Whether the next word makes the name a firm's (``Norvexa Therapeutics``, ``Norvexa,
        Inc.``).
        """
        return (
            words.gap(last) in (" ", ", ")
            and self._next_is(words, last, "company")
            and words.words[last + 1][0].isupper()
        )

    def names_platform(self, words: Words, last: int) -> bool:
        """Whether the next two words make the name a technology or a device."""
        near = words.gap(last) in (" ", "-")
        further = words.gap(last + 1) == " " and self._next_is(words, last + 1, "platform")
        return near and (further or self._next_is(words, last, "platform"))

    def names_target(self, words: Words, first: int, last: int) -> bool:
        """Whether the neighbours make the name a molecule of the body (``anti-IL-2``, ``insulin
        resistance``).
        """
        before = words.lows[first - 1] if first else ""
        against = words.glued[first] and before in self._of["against"]
        made = before in self._of["made"] and words.gap(first - 1) == " "
        return (
            against
            or made
            or (words.gap(last) in (" ", "-", "\n") and self._next_is(words, last, "target"))
        )

    def is_given(self, words: Words, first: int) -> bool:
        """Whether the words before say that somebody is given it: ``adjunct to insulin``, ``their
        insulin``.
        """
        if not first or words.gap(first - 1) != " ":
            return False
        before = words.lows[first - 1]
        return before in self._of["given"] or (
            before == "to" and first > 1 and words.lows[first - 2] in ("adjunct", "added", "add-on")
        )

    def names_study(self, words: Words, last: int) -> bool:
        """Whether the next word makes the name a trial's."""
        return words.gap(last) == " " and self._next_is(words, last, "study")

    def _next_is(self, words: Words, last: int, role: str) -> bool:
        return last + 1 < len(words) and words.lows[last + 1] in self._of[role]
