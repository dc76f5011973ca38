"""Texts of any length in the shapes that make a program slow, each of one thing repeated.

What belongs here: one unit per shape, and the texts made of it. What does not: what the stages
make of them (linear.py, and the tests of the stages).

A shape tells what is repeated; a text of it has the length asked for, give or take nothing.
"""

import random
from collections.abc import Callable
from itertools import count, islice, product
from string import ascii_lowercase, ascii_uppercase

UNITS: dict[str, str] = {
    "space": " ",
    "no-break space": "\xa0",
    "tab": "\t",
    "line end": "\n",
    "blank lines": " \n",
    "opening bracket": "(",
    "closing bracket": ")",
    "brackets": "()",
    "spaced brackets": "( ) ",
    "square brackets": "[",
    "underscore": "_",
    "em dash": "—",
    "spaced em dash": " — ",
    "hyphen": "-",
    "spaced hyphens": " -- ",
    "double quote": '"',
    "spaced double quotes": '" ',
    "single quote": "'",
    "curly quotes": "“”",
    "curly apostrophe": "’",
    "guillemets": "»",
    "spaced guillemets": "Home » ",
    "asterisk": "*",
    "ampersand": "&",
    "reference": "&amp;",
    "numbered reference": "&#38;#38;",
    "open reference": "&#3",
    "less than": "<",
    "greater than": ">",
    "spaced less than": "a < b ",
    "pipe": "|",
    "spaced pipes": "World | ",
    "slash": "/",
    "spaced slashes": "a/b / ",
    "backslash": "\\",
    "full stop": ".",
    "spaced full stops": ". ",
    "lines of full stops": ".\n",
    "comma": ",",
    "spaced commas": "a, ",
    "colon": ":",
    "spaced colons": "a: ",
    "exclamation": "!",
    "question": "? ",
    "ellipsis": "…",
    "percent": "%",
    "dollar": "$1",
    "hash": "#",
    "tags": "#northern ",
    "at": "@",
    "digit": "0",
    "spaced digits": "1 ",
    "numbers": "1,234,567.89 ",
    "one letter": "a",
    "one capital": "A",
    "spaced capitals": "A ",
    "initials": "A. ",
    "acronym dots": "U.S.",
    "small words": "the northern quay ",
    "capital words": "Northern Quay ",
    "words all in capitals": "NORTHERN QUAY ",
    "hyphenated": "well-known-",
    "apostrophes": "o'clock's ",
    "possessives": "Lyre's ",
    "titles": "President Minister Mr. ",
    "persons": "Ana Kowalski ",
    "persons and commas": "Ana Kowalski, ",
    "given names": "John ",
    "particles": "van der de la ",
    "organisation words": "Bank of the Ministry of ",
    "company suffixes": "Lyre Inc. ",
    "acronyms": "ABC (Alpha Beta Corp) ",
    "bracketed acronyms": "(ABC) ",
    "country": "France ",
    "countries and commas": "France, ",
    "lines of countries": "France\n",
    "country without spaces": "France",
    "countries": "Chad Mali Niger Georgia Jordan Turkey ",
    "demonyms": "French German ",
    "cities": "Paris, France; ",
    "cities alone": "Paris ",
    "datelines": "PARIS (AP) — ",
    "lines of datelines": "PARIS, France (AP) — The ships left on Monday.\n",
    "dateline places": "PARIS/LONDON/",
    "agencies": "(AP) ",
    "citations": "Reuters reported, according to AP, ",
    "credits": "(Ana Li/AP)\n",
    "bylines": "By Ana Li\n",
    "byline in one line": "By Ana Li and ",
    "captions": "Photo: ",
    "copyright": "Copyright 2024 ",
    "headings": "Also read\n",
    "disclaimers": "Disclaimer: this post was syndicated from X.\n",
    "updates": "Updated: ",
    "stamps": "Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago ",
    "lines of stamps": "Published: Feb. 23, 2022 at 5:51 PM\n",
    "day": "2024-01-19 ",
    "header": "date 2024-01-19 ",
    "lines of headers": "date 2024-01-19\n",
    "written day": "19 January 2024 ",
    "written days": "on Jan. 19, 2024, ",
    "months": "January ",
    "months alone": "May ",
    "weekdays": "Monday ",
    "last weekdays": "last Monday ",
    "years": "in 2019 ",
    "year ranges": "2019-20 ",
    "spans of days": "from 3 to ",
    "spans": "between 2010 and ",
    "times": "10:05 ",
    "times of day": "10:05 p.m. GMT ",
    "ordinals": "1st ",
    "ages": "2 hours ago ",
    "slashed days": "08/07/2017 ",
    "digits and slashes": "1/",
    "digits and dots": "1.",
    "address": "http://a.example/b?c=d ",
    "one long address": "http://a.example/",
    "mail address": "ana@a.example ",
    "at and letters": "a@",
    "www": "www.",
    "zero-width space": "\u200b",
    "zero-width joiner": "a\u200d",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "direction marks": "\u202e\u202c",
    "combining mark": "\u0301",
    "letter and marks": "a\u0301\u0323",
    "Arabic": "قال الوزير ",
    "Arabic full stops": "۔",
    "Hindi": "नई दिल्ली ",
    "Chinese": "北京市政府",
    "Thai": "กรุงเทพ",
    "emoji": "👩‍👩‍👧‍👦",
    "mojibake": "â€™",
    "mojibake in words": "Itâ€™s ",
    "mojibake twice over": "Ã¢â‚¬â„¢",
    "half mojibake": "Ã",
    "no-break mojibake": "Â\xa0",
    "C1 controls": "\x80\x99",
    "replacement": "\ufffd",
    "tag": "<b>",
    "closed tags": "<p>a</p>",
    "tag with attribute": '<a href="b">c</a> ',
    "open tag": "<a ",
    "open attribute": '<a b="',
    "open comment": "<!--",
    "half comments": "<!-- -->",
    "open script": "<script>",
    "CDATA": "<![CDATA[",
    "doctype": "<!doctype ",
    "html with spaces": "<html ",
    "mail header": "Subject: a\n",
    "folded mail header": "A: b\n c\n",
    "JSON": '{"a": [',
    "table rows": "    Goods    -7.1\n",
    "short lines": "One line\n",
    "sentence lines": "The ships sail in March from the port.\n",
    "wrapped lines": "the northern quay of the port was closed on a windy day as\n",
    "paragraphs": "The harbour master of Lyre said that the quay was closed by wind.\n\n",
    "sentences": "The harbour master of Lyre said that the quay was closed. ",
    "quoted sentences": "“The quay is closed,” said Ana Kowalski of Lyre Bank in Chad. ",
    "questions": "Is the quay closed? ",
    "sentence without spaces": "He left.",
    "control": "a\x0b",
    "carriage return": "\r",
}
"""What a shape repeats."""


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    return lambda chars: opening * (chars // 2) + closing * (chars - chars // 2)


def _of_distinct(template: str) -> Callable[[int], str]:
    """A template in which "@" is another word each time: nothing can be looked up again."""

    def make(chars: int) -> str:
        words = map("".join, product(ascii_lowercase, repeat=5))
        units = (template.replace("@", word.capitalize()) for word in words)
        return "".join(islice(units, chars // len(template) + 1))[:chars]

    return make


def _mixed(chars: int) -> str:
    """All units in any order, the same for each length."""
    order = random.Random(7)
    units = sorted(UNITS.values())
    return "".join(islice((order.choice(units) for _ in count()), chars))[:chars]


def _letters(chars: int) -> str:
    """Nothing but letters of every kind, without a space."""
    order = random.Random(7)
    return "".join(order.choices(ascii_uppercase + ascii_lowercase + "éü'-.", k=chars))


MADE: dict[str, Callable[[int], str]] = {
    "nested brackets": _nested("(", ")"),
    "nested quotes": _nested("“", "”"),
    "nested spaced quotes": _nested('"', "'"),
    "nested tags": _nested("<", ">"),
    "distinct words": _of_distinct("@ "),
    "distinct persons": _of_distinct("Ana @, "),
    "distinct surnames": _of_distinct("@ Kowalski said. "),
    "distinct persons in sentences": _of_distinct("The minister, John @, left. "),
    "distinct organisations": _of_distinct("the @ Bank and "),
    "distinct acronyms": _of_distinct("@ Beta Corp (@) "),
    "distinct companies": _of_distinct("@ Inc. "),
    "distinct agencies": _of_distinct("@ News reported. "),
    "distinct places": _of_distinct("in @, France. "),
    "distinct datelines": _of_distinct("@, France (AP) — The ships left on Monday again.\n"),
    "distinct paragraphs": _of_distinct(
        "The harbour master of @ said that the quay was closed.\n\n"
    ),
    "distinct lines": _of_distinct("@ line\n"),
    "distinct titles": _of_distinct("President @ and Minister @ "),
    "everything in any order": _mixed,
    "letters without a space": _letters,
}
"""Shapes that are more than one thing repeated."""


def text_of(shape: str, chars: int) -> str:
    """A text of that shape, ``chars`` characters long."""
    if shape in MADE:
        return MADE[shape](chars)
    unit = UNITS[shape]
    return (unit * (chars // len(unit) + 1))[:chars]


SHAPES = (*UNITS, *MADE)
