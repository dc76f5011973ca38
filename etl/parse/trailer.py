"""Trailers: the credits and disclaimers below an article.

What belongs here: the shapes of lines and of last words that say where a piece came from.
What does not: whose they are (etl/sources).

To add a shape, add a ``Shape`` with an example; the tests run every example.
"""

import re
from dataclasses import dataclass

from etl.lexicon import fill, pattern, words
from etl.lexicon.agencies import agency_names
from etl.parse.lines import kept_of_lines
from etl.tables import made_of_tables

# A disclaimer may run on, but it never has an article's length.
REACH = 700
LAST_WORDS = 160

# A name, as an offer prints it.
OFFERED = r"[A-Z][\w.’'&-]*(?: [A-Z][\w.’'&-]*){0,4}"


@dataclass(frozen=True)
class Shape:
    """One shape of a credit or disclaimer; ``@NAMES`` in it come from tables."""

    name: str
    pattern: str
    example: str


# Whole blocks.
SHAPES: tuple[Shape, ...] = (
    Shape("disclaimer", r"(?i)^[(*\[\-–—\s]{0,4}disclaimer\b", "Disclaimer: From an agency feed."),
    Shape(
        "syndicated feed",
        r"(?i)^[(*\[\s]{0,4}(?:except for the headline|this (?:story|post|article|report|news|copy"
        r"|item|content)\b.{0,60}\b(?:syndicated|auto-?(?:published|generated)|not been (?:edited"
        r"|created|reviewed|modified)|published (?:from|via|in arrangement)|generated from"
        r"|originally (?:published|appeared)|first (?:published|appeared)|republished|courtesy)\b)",
        "This post was syndicated from Example Post.",
    ),
    Shape(
        "first appeared on",
        r"(?i)^the post .{1,300}\b(?:first )?appeared (?:first )?on\b",
        "The post Rain in Suva appeared first on Example Post.",
    ),
    Shape(
        "source",
        r"(?i)^[(\[\-–—•*\s]{0,4}(?:source|sources|source link|via|news source|original source"
        r"|credits?(?!.{1,60}(?:/| via ))"  # of a picture: "Credit: Ana Li/Reuters"
        r"|read the original(?: article)?|with thanks to)\s?[:|\-–—]\s?"
        r"(?!(?-i:[a-z]).*\s.*[.!?]$)\S.{0,120}$"
        r"|^(?i:source link|source)$",
        "Source: Example Agency",
    ),
    Shape(
        "inputs",
        r"(?i)^[(\[\-–—•*\s]{0,4}(?:with (?:additional )?(?:inputs?|reporting|files"
        r"|contributions|material|information) (?:from|by)\b|(?:additional |further )?(?:reporting"
        r"|writing|editing|translation|translated|edited|compiled|reported|written|contributed)"
        r" by\s[A-Z]).{0,240}$",
        "(With inputs from agencies)",
    ),
    Shape(
        "contribution",
        r"^.{2,120}\b(?:contributed to this (?:report|story|article))\b.{0,40}$",
        "Ana Li in Suva contributed to this report.",
    ),
    Shape(
        "sign-off",
        r"^(?:(?:[(/\[]|--|[–—])\s?@MARKED(?:[/,\s]{1,3}@MARKED)*"
        r"|[\-–—(/\[*\s]{0,4}@CREDITED(?:[/,\s]{1,3}@CREDITED)*)\b"
        r"[)/\]*.\s]{0,4}(?:[A-Z]{2,5}(?:[ /][A-Z]{2,5})*)?$",
        "REUTER",
    ),
    Shape(
        "end mark",
        r"^(?:[\-–—#*\s]{0,4}(?:ENDS?|Ends|30|###)[\-–—#*\s]{0,4})$",
        "-- ENDS --",
    ),
    Shape(
        "republication",
        r"^[(\[\-–—*\s]{0,4}(?:(?i:distributed|provided|republished) (?:by|from|with|under)\s"
        r"(?=(?:the |an? )?[A-Z])).{0,200}$"
        r"|^.{0,80}\b(?i:provided by syndigate|under a creative commons"
        r"|read the original article)\b.{0,200}$",
        "Distributed by Example Wire.",
    ),
    # An offer is the site's own: whose journalism is sold here published the page.
    Shape(
        "offer of the site",
        rf"^(?i:(?:subscribe|sign up) (?:for|to)) (?:(?:the|our) )?{OFFERED}[^.!?]{{0,60}}$"
        rf"|^(?:.{{0,60}}\b)?(?i:join|register for|try) {OFFERED} (?i:now$|today$|(?:for )?free\b"
        r"|(?:for )?only \S{1,6} (?:a|per) \w+)[^.!?]{0,60}$"
        rf"|^(?i:download the) {OFFERED} (?i:app)\b.{{0,60}}$"
        rf"|^.{{0,80}}\b(?i:access to (?:trusted|quality|premium|exclusive|independent|all|our)"
        rf"(?: \w+)?) {OFFERED} (?i:journalism|content|news|articles|stories|reporting)\b"
        r".{0,120}$",
        "Digital access to trusted Lyre Post journalism on any device.",
    ),
)

# Last words of the last paragraph.
ENDINGS: tuple[Shape, ...] = (
    # What a service that sells the first characters of articles puts behind them.
    Shape("characters left out", r"\s*\[\+\d{1,7} chars\]$", "He left. [+1234 chars]"),
    Shape(
        "end mark",
        r"(?<=[.!?\"”’'])\s*(?:Enditem|ENDITEM|ENDS?|Ends|###|■)\.?$",
        "He left. Enditem",
    ),
    Shape(
        "source in brackets",
        r"\s*[(\[](?i:source)s?\s?:\s?[^()\[\]]{2,80}[)\]]\s*\.?$",
        "He left. (Source: Example News)",
    ),
    Shape(
        "agency in brackets",
        r"(?<=[.!?\"”’'])\s*[(\[]@MARKED(?:[/,]\s?@MARKED)*[)\]]\.?(?:\s[A-Z]{2,5}){0,4}\s*$",
        "He left. (ANI)",
    ),
    # Behind the full stop, a person, a slash and an outlet took the picture or wrote the text.
    Shape(
        "name and outlet in brackets",
        r"(?<=[.!?\"”’'])\s*\([A-ZÀ-Þ][\w.'’\-]*(?: [A-ZÀ-Þ][\w.'’\-]*){1,3}\s?/\s?"
        r"[A-ZÀ-Þ][\w.'’\-]*(?: [A-ZÀ-Þ][\w.'’\-]*){0,3}\)\.?$",
        "He left. (Ana Li/Example News)",
    ),
    Shape(
        "wire sign-off",
        r"(?<=[.!?\"”’'])\s+@CREDITED(?:\.\.\.)?$",
        "He left. REUTER",
    ),
    Shape(
        "agency after a dash",
        r"(?<=[.!?\"”’'])\s*[\-–—]{1,3}\s?@MARKED\.?$|(?<=[.!?\"”’'])\s*/@MARKED/\.?$",
        "He left. -- AFP",
    ),
    Shape(
        "inputs in brackets",
        r"\s*\((?i:with (?:additional )?(?:inputs?|reporting) (?:from|by) )[^()]{2,80}\)\s*\.?$"
        r"|\s*\((?i:(?:additional )?(?:reporting|writing|editing) by )[^()]{2,160}\)\s*\.?$",
        "He left. (With inputs from agencies)",
    ),
)


@made_of_tables
def compiled(shapes: tuple[Shape, ...]) -> tuple[re.Pattern[str], ...]:
    """Shapes with the agencies of the registry.

    Behind a dash, in brackets or slashes any of their names counts, elsewhere one that means
    nothing else. Who sells pictures only is credited below them (etl/parse/captions.py).
    """
    agencies, desks = agency_names(), {"Agencies"}
    credited = agencies.sure | agencies.initials
    parts = {
        "CREDITED": pattern((credited | desks) - words("picture_credits", "library", "nobody")),
        "MARKED": pattern(agencies.marked | desks),
    }
    return tuple(re.compile(fill(shape.pattern, parts)) for shape in shapes)


@kept_of_lines
def is_trailer(text: str) -> bool:
    """Whether a whole block is a credit or disclaimer."""
    return len(text) <= REACH and any(shape.search(text) for shape in compiled(SHAPES))


def split_ending(text: str) -> int:
    """The offset at which the credit at the end of a paragraph begins, or its length."""
    front = max(0, len(text) - LAST_WORDS)
    last = text[front:]
    starts = [found.start() for shape in compiled(ENDINGS) if (found := shape.search(last))]
    return front + min(starts) if starts else len(text)
