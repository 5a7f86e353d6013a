"""Whether an alternative of a rule fires on a sentence, tried as the room of its file tries it."""

from __future__ import annotations

from dataclasses import replace

from eventrisk.names.drugs.evidence import Contexts
from eventrisk.names.drugs.words import Words
from eventrisk.rules import Alternative, Rule, fold
from eventrisk.structure.headings import WORD

DRUG_CONTEXTS, SECTIONS = "drugs/contexts.toml", "structure/sections.toml"
READ_FOLDED = ("events", "votes", "risk", "tone", "links")
HEADINGS = ("line", "any")


def looks_up_words(rule: Rule) -> bool:
    """Whether the rule's needs are whole words that are looked up, not literals of the text."""
    return rule.file == DRUG_CONTEXTS or (rule.file == SECTIONS and rule.role in HEADINGS)


def reads_folded(file: str) -> bool:
    """Whether the rules of a file are tried on folded or lower-case text."""
    return file.startswith(READ_FOLDED) or file in (DRUG_CONTEXTS, SECTIONS)


def fires(rule: Rule, one: Alternative, sentence: str) -> bool:
    """Whether the rule is tried on the sentence and this alternative of it fires."""
    alone = replace(rule, alternatives=(one,))
    if rule.file == DRUG_CONTEXTS:
        return _beside_name(alone, sentence)
    if rule.file == SECTIONS and rule.role in (*HEADINGS, "top"):
        return _opens(alone, sentence)
    text = fold(sentence) if rule.file.startswith(READ_FOLDED) else sentence
    if rule.file == SECTIONS:
        text = text.lower()
    return rule.can_match(text.lower()) and alone.compiled(_whole(alone)).search(text) is not None


def _whole(rule: Rule) -> str:
    """The pattern as it is matched: one with a subject follows the name of a committee."""
    return rf"\b{{subj}}(?:{rule.pattern})" if rule.says("subject") else rule.pattern


def _beside_name(rule: Rule, sentence: str) -> bool:
    words = Words(sentence)
    at = [i for i, low in enumerate(words.lows) if low.startswith("norvexa")]
    return any(True for i in at for _ in Contexts([rule]).fired(words, i, i))


def _opens(rule: Rule, line: str) -> bool:
    return (rule.role == "top" or _is_looked_up(rule, line)) and rule.regex.match(line) is not None


def _is_looked_up(rule: Rule, line: str) -> bool:
    first = WORD.match(line)
    word = first.group().lower() if first else ""
    return not {word, word.rstrip(".,:-–—"), "1" * word.startswith("1")}.isdisjoint(rule.needs)
