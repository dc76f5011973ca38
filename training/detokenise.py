"""Running text from the word lists of annotated corpora.

What belongs here: where a space stands between two tokens, and spans over tokens as spans over
characters. What does not: labels.
"""

from collections.abc import Sequence

from training.passages import Passage, Span

_ENDINGS = frozenset("'s ’s n't 're 've 'll 'd 'm".split())
_NO_SPACE_BEFORE = frozenset(".,;:!?)]}%'’”…") | _ENDINGS
_NO_SPACE_AFTER = frozenset("([{$£€“‘#") | {"US$"}
_QUOTES = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


def to_passage(words: Sequence[str], spans: Sequence[tuple[int, int, str]]) -> Passage:
    """One sentence as text; ``spans`` are half-open over words."""
    text = ""
    starts: list[int] = []
    ends: list[int] = []
    quote_is_open = False
    glue = True
    for raw in words:
        word = _QUOTES.get(raw, raw)
        closes = word == '"' and quote_is_open
        if text and not glue and not closes and word not in _NO_SPACE_BEFORE:
            text += " "
        starts.append(len(text))
        text += word
        ends.append(len(text))
        glue = word in _NO_SPACE_AFTER or (word == '"' and not quote_is_open)
        if word == '"':
            quote_is_open = not quote_is_open
    found = sorted((starts[a], ends[b - 1], label) for a, b, label in spans)
    return Passage(text, tuple(Span(*span) for span in found))
