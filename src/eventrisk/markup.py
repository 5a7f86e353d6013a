"""HTML, SGML and Markdown taken off a text, entities decoded: for reading, with characters made
plain, and for showing, with every character of the words as it is. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from eventrisk.carriers.encoded import encoded_spans, hidden_blocks
from eventrisk.carriers.front_matter import front_matter
from eventrisk.carriers.mail import part_lines
from eventrisk.carriers.quoted_printable import SIGN as CODED_SIGN
from eventrisk.carriers.quoted_printable import decoded, is_quoted_printable
from eventrisk.carriers.submission import data_spans
from eventrisk.rewrite import Composed, Rewritten

# Names of tags; what else stands between angle brackets is read without, but shown.
BLOCK_NAMES = (
    "address article aside blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 "
    "head header hr html li main nav ol p pre section table tbody tfoot thead title tr ul "
    "document type sequence filename description text page s c caption"
)
INLINE_NAMES = (
    "a abbr acronym area b base bdi bdo big button cite code col colgroup data del dfn em embed "
    "figcaption figure fn font i iframe img input ins kbd label legend link map mark meta nobr "
    "noscript object option param q r rp rt ruby samp select small span strike strong sub sup "
    "svg textarea time tt u var wbr td th"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
TAGS = BLOCKS | frozenset(INLINE_NAMES.split())
HIDDEN = (
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<ix:header", "</ix:header>"),
)
LONGEST_TAG = 3_000  # characters of its attributes
SIGNS = re.compile(r"[<>&*_#\[\]]")  # a stretch without them holds no markup
WRAPPED = re.compile(r"(?<=\w)-[ \t]*\r?\n[ \t]*(?=\w)")
# a name may have a prefix, as those of inline XBRL do (ix:nonNumeric)
NAME = r"[A-Za-z][A-Za-z0-9]{0,15}(?:[:-][A-Za-z][\w.:-]{0,60})?"
TAG = rf"</?(?P<tag>{NAME})(?:[\s/][^<>]{{0,{LONGEST_TAG}}})?>"
ENTITY = r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f\r\x00-\x08\x0e-\x1f\x7f\x80-\x9f"
PLAIN = {
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "\u2028": "\n",
    "\u2029": "\n",
}
TOKENS = re.compile(
    rf"{TAG}|(?P<declaration><[!?][A-Za-z][^<>]{{0,1000}}>)|(?P<entity>{ENTITY})"
    r"|(?P<image>!\[[^\[\]\n]{0,300}\](?:\([^()\s]{0,600}\))?)"
    r"|\[(?P<anchor>[^\[\]\n]{1,300})\]\([^()\s]{1,600}\)"
    r"|(?P<heading>(?:^|(?<=\s))#{1,6}[ \t]+)"
    r"|(?P<rule>(?:\*[ \t]+){3,}\*?|(?m:^)[ \t]*[-=_]{3,}(?:[ \t]+[-=_]{3,})*[ \t]*$)"
    r"|(?P<bold>\*{2,4}|__)|(?P<bullet>(?m:^)[ \t]*[*>][ \t]+)|(?P<star>(?<!\s)\*|\*(?!\s))"
    r"|(?P<crlf>\r\n)"
    rf"|(?P<space>[{SPACES}])|(?P<odd>[{''.join(map(re.escape, PLAIN))}])"
    r"|(?P<surrogate>[\ud800-\udfff])",
    re.MULTILINE,
)


def strip_markup(raw: str) -> Rewritten:
    """The text without its carrier's syntax: block tags and headings become line breaks, entities
    their characters. Encoded and hidden parts are gone.
    """
    return Rewritten(raw, _edits(raw, _words))


def decoded_transfer(raw: str) -> Rewritten | None:
    """The text without its transfer encoding, or None where it has none."""
    return Rewritten(raw, decoded(raw)) if is_quoted_printable(raw) else None


@lru_cache(maxsize=8)  # of one release many quotes are wanted, one after the other
def visible(raw: str) -> Composed:
    """The text as a reader sees it: without its carrier's syntax, a blank line between blocks.

    Marks, quotation marks and line breaks of the words stay, and so does what only looks like a tag
    (``<Wet>``). Of a submission its header and its documents of data are left out.
    """
    plain = decoded_transfer(raw)
    text = raw if plain is None else plain.text
    seen = Rewritten(text, _edits(text, _seen))
    return Composed(seen) if plain is None else Composed(plain, seen)


def words_of(raw: str, start: int, end: int) -> str:
    """What a reader sees of ``raw[start:end]``, on one line; of an end within markup the words
    inside the span stay.

    Empty where there are none.
    """
    piece = raw[start:end]
    opened = raw.rfind("<", max(0, start - LONGEST_TAG), start)
    in_tag = opened >= 0 and ">" not in raw[opened:start]
    if SIGNS.search(piece) or in_tag or (CODED_SIGN.search(piece) and is_quoted_printable(raw)):
        seen = visible(raw)
        piece = seen.text[slice(*seen.new_span(start, end))]
    return unwrapped(piece).strip()


def unwrapped(text: str) -> str:
    """White space and line breaks as single spaces; a word that was parted after its hyphen is
    whole.
    """
    return re.sub(r"\s+", " ", WRAPPED.sub("-", text))


def _edits(
    raw: str, replacement: Callable[[re.Match[str], str], str]
) -> Iterator[tuple[int, int, str]]:
    hidden = iter([*_hidden(raw), (len(raw) + 1, len(raw) + 1)])
    start, end = next(hidden)
    skip_to = 0
    for match in TOKENS.finditer(raw):
        while match.start() >= start:
            yield start, end, "\n"
            skip_to, (start, end) = end, next(hidden)
        if match.start() < skip_to or match.end() > start:
            continue
        yield from _replaced(match, replacement(match, raw))
    while start < len(raw):
        yield start, end, "\n"
        start, end = next(hidden)


def _replaced(match: re.Match[str], words: str) -> Iterator[tuple[int, int, str]]:
    """What goes and what comes in its place. A link's words stay where they are, so that a name in
    it has its place.
    """
    if match.lastgroup == "anchor":
        yield match.start(), match.start("anchor"), ""
        yield match.end("anchor"), match.end(), ""
        return
    if words != match.group():
        yield match.start(), match.end(), words


def _hidden(raw: str) -> list[tuple[int, int]]:
    """What no reader sees, in order and free of overlaps: comments, scripts, style sheets, front
    matter, encoded and hidden parts. What is never closed is left as text, so nothing is lost.
    """
    lower = raw.lower() if "<" in raw else ""
    found: list[tuple[int, int]] = [*encoded_spans(raw), *part_lines(raw), *_front(raw)]
    for opening, closing in HIDDEN:
        at = lower.find(opening)
        while at >= 0:
            end = lower.find(closing, at)
            if end < 0:
                break
            found.append((at, end + len(closing)))
            at = lower.find(opening, end)
    if lower:
        found += [*hidden_blocks(raw), *data_spans(raw)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _front(raw: str) -> list[tuple[int, int]]:
    """The front matter around its title; all of it where the words begin with the title again."""
    front = front_matter(raw)
    if front is None:
        return []
    title = raw[slice(*front.title)] if front.title else ""
    if front.title is None or raw[front.end :].lstrip("\r\n \t#*").startswith(title):
        return [(0, front.end)]
    return [(0, front.title[0]), (front.title[1], front.end)]


def _words(match: re.Match[str], raw: str) -> str:
    kind = match.lastgroup
    if kind == "tag":
        return (
            "\n"
            if match["tag"].lower() in BLOCKS
            else " "
            if match["tag"].lower() in ("td", "th")
            else ""
        )
    if kind == "entity":
        return _decoded(match.group())
    if kind == "odd":
        return PLAIN[match.group()]
    if kind == "bold":
        return _bold(match, raw) or _between_words(match, raw)
    if kind == "star":
        return _between_words(match, raw)
    return {
        "heading": "\n",
        "rule": "\n",
        "bullet": "• ",
        "space": " ",
        "crlf": "\n",
        "surrogate": "\ufffd",
    }.get(str(kind), "")


def _seen(match: re.Match[str], raw: str) -> str:
    """The same for a reader: words keep their characters, and a break between blocks is a blank
    line.
    """
    kind = match.lastgroup
    if kind == "tag" and match["tag"].lower() not in TAGS and ":" not in match["tag"]:
        return match.group()
    if kind in ("space", "odd", "crlf", "surrogate"):
        return match.group()
    if kind == "entity":
        return html.unescape(match.group())
    return _words(match, raw).replace("\n", "\n\n")


def _decoded(entity: str) -> str:
    """The character of an entity, itself made plain; an unknown entity stays as it is."""
    return "".join(PLAIN.get(c, " " if c in "\u00a0\t\r\f\v" else c) for c in html.unescape(entity))


def _bold(match: re.Match[str], raw: str) -> str:
    """Bold signs vanish; where they open or close a heading inside a running line they are a line
    break.
    """
    before = raw[max(0, match.start() - 2) : match.start()].rstrip(" *")
    after = raw[match.end() : match.end() + 2].lstrip(" *")
    spaced = raw[match.end() : match.end() + 1] == " "
    opens = (not before or before[-1:] in ".!?:\n)") and not spaced
    closes = raw[match.start() - 1 : match.start()] != " " and spaced
    return (
        "\n"
        if (opens or closes) and after[:1].isupper() and _heading_like(match, raw, opens)
        else ""
    )


def _between_words(match: re.Match[str], raw: str) -> str:
    """A space where scraped emphasis has swallowed one: ``of*E. coli*infection``; none in a
    symbol's ``*BRCA*m``.
    """
    before, after = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
    glued = before.isalpha() and after.isalpha()
    return " " if glued and not (before.isupper() and after.islower()) else ""


def _heading_like(match: re.Match[str], raw: str, opens: bool) -> bool:
    """A heading is short, and what stands between its signs does not run on in lower case."""
    sign = match.group()[:2]
    if opens:
        other = raw.find(sign, match.end(), match.end() + 220)
        inside = raw[match.end() : other] if other >= 0 else ""
    else:
        other = raw.rfind(sign, max(0, match.start() - 220), match.start())
        inside = raw[other + 2 : match.start()] if other >= 0 else ""
    return (
        bool(inside)
        and inside[:1].isupper()
        and "\n" not in inside.strip()
        and inside.rstrip()[-1:] != ","
    )
