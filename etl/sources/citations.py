"""Outlets that an article cites in its running text.

What belongs here: names among words that make them a source of the report. What does not:
credits and datelines (cues.py); a cited outlet is never the publisher.

All bodies are searched for all names at once (Aho-Corasick, in Polars); only the words
around a hit are looked at one by one, so a body costs time in proportion to its length.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from etl.lexicon import fill, pattern, words
from etl.lexicon.calendar import names
from etl.sources.definitions import defined_otherwise
from etl.sources.evidence import Evidence
from etl.sources.names import NameIndex
from etl.tables import made_of_tables

# More names than the longest article has; a page of nothing but names must not cost minutes.
MOST_HITS = 2_000
# Shapes; ``@NAMES`` in them are words of citation_words.csv and the calendar.
_SPEAKS_AFTER = (
    r"(?i)(?:['’]s?)?[)\"”»’]?(?:\s\([^()]{1,20}\))?(?:\s@OUTLET){0,3},?"
    r"(?:\s(?:@BETWEEN|\w+day)){0,3}\s@SAYS\b"
)
_QUOTE = r"[\"“«„‘']?"
_NAMED_BEFORE = (
    rf"(?i:\b@BEFORE)\s(?:{_QUOTE}(?:the|an?|state|local|national|international|official"
    r"|semi-official|public|private|state-(?:run|owned|controlled|backed)|independent"
    r"|pro-government|@OUTLET|[A-Z][\w-]{1,20}(?:['’]s?)?|[\w-]{1,20}['’]s)\s){0,4}"
    rf"{_QUOTE}(?:(?i:www|[a-z]{{1,12}})\.)?$"
)
# "The quay is shut, reports the Lyre Post": the verb stands behind what is said.
_SAID_BEFORE = rf"(?<=[,”\"’'»]\s)@SAYS\s(?:[Tt]he\s)?{_QUOTE}$"
# "the Guardian Council", "Reuters Building": the name is part of another one.
_GOES_ON = r"\s(?!(?i:@OUTLET|\w+day)\b|@MONTH\b)[A-Z][\w-]+"
# "Gulf News Agency" is not Gulf News.
_IS_AGENCY = re.compile(r"\s(?:News )?Agency\b")
# "tribune.com" in "tribune.com.pk".
_DOMAIN_GOES_ON = re.compile(r"-|\.\w|@|/")
# "told" and "reported" stand this near to the name, up to four words before it.
_LOOK_AROUND_CHARS = 90


@made_of_tables
def _compiled(shape: str) -> re.Pattern[str]:
    parts = {
        "OUTLET": pattern(words("citation_words", "outlet")),
        "SAYS": pattern(words("citation_words", "says")),
        "BETWEEN": pattern(words("citation_words", "between")),
        "BEFORE": pattern(words("citation_words", "before")),
        "MONTH": pattern(names("month", language="en")),
    }
    return re.compile(fill(shape, parts))


def find_cited(
    text: str, start: int, end: int, source_id: str, index: NameIndex
) -> Evidence | None:
    """A name in running text, if the article relies on it: ``told X``, ``X reported``."""
    first = max(0, start - _LOOK_AROUND_CHARS)
    before = text[first:start]
    after = text[end : end + _LOOK_AROUND_CHARS]
    if _compiled(_GOES_ON).match(after) or (
        _IS_AGENCY.match(after) and source_id not in index.agencies
    ):
        return None
    if cue := _compiled(_NAMED_BEFORE).search(before) or _compiled(_SAID_BEFORE).search(before):
        start = first + cue.start()
    elif cue := _compiled(_SPEAKS_AFTER).match(after):
        end += cue.end()
    else:
        return None
    return Evidence(
        source_id=source_id,
        role="cited",
        origin="body",
        text=text[start:end],
        field="body",
        start=start,
        end=end,
    )


def find_all_cited(bodies: pl.Series, index: NameIndex) -> dict[int, list[Evidence]]:
    """The cited outlets of each body, by its number in the column."""
    spoken = list(index.spoken)
    if not spoken:
        return {}
    # A name may be broken over two lines; one character for another keeps the offsets.
    plain = bodies.str.replace_all(r"[\n\t\u00a0]", " ")
    hits = pl.DataFrame(
        {
            "body": plain,
            "name": plain.str.extract_many(spoken, overlapping=True),
            "offset": plain.str.find_many(spoken, overlapping=True),
        }
    ).with_row_index("number")
    found: dict[int, list[Evidence]] = defaultdict(list)
    some = hits.filter(pl.col("name").list.len() > 0)
    original = bodies.gather(some["number"])
    for (number, plain_body, spellings, offsets), body in zip(
        some.iter_rows(), original, strict=True
    ):
        for start, end, source_id in _whole_names(plain_body, spellings, offsets, index):
            if evidence := find_cited(plain_body, start, end, source_id, index):
                found[number].append(_as_printed(evidence, body))
    return found


def _whole_names(
    body: str, spellings: list[str], byte_offsets: list[int], index: NameIndex
) -> Iterator[tuple[int, int, str]]:
    """The hits that are whole words and part of no longer hit, as character offsets."""
    encoded = body.encode()
    others = defined_otherwise(body, index)
    taken, chars, bytes_seen = 0, 0, 0
    hits = sorted(zip(byte_offsets, spellings, strict=True), key=_longest_first)
    for offset, name in hits[:MOST_HITS]:
        chars += len(encoded[bytes_seen:offset].decode())
        bytes_seen = offset
        end = chars + len(name)
        if chars < taken or body[chars - 1 : chars].isalnum() or body[end : end + 1].isalnum():
            continue
        if index.spoken[name] in others.get(name, ()):
            continue
        if name in index.domains and _is_in_address(body, chars, end):
            continue
        taken = end
        yield chars, end, index.spoken[name]


def _is_in_address(body: str, start: int, end: int) -> bool:
    """Whether a domain is only a part of another, or of a mail's address."""
    return body[start - 1 : start] in ("-", "@", "/") or bool(_DOMAIN_GOES_ON.match(body, end))


def _longest_first(hit: tuple[int, str]) -> tuple[int, int]:
    return hit[0], -len(hit[1])


def _as_printed(evidence: Evidence, body: str) -> Evidence:
    """The same evidence with the words as they stand in the stored column."""
    return Evidence(**{**vars(evidence), "text": body[evidence.start : evidence.end]})
