"""Words of a text with their offsets, and the folding under which names are compared.

What belongs here: cutting a field into words, what stands between two words, and the folded
form of a word. What does not: which names exist (gazetteer) and what they mean (places).

A word is a run of letters and digits; "Côte d'Ivoire" is three words, "U.S." two. Names are
compared word by word, so a hard line break or a hyphen inside a name costs nothing. No spaCy
Doc is made: that alone would take as long as all of the rules.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"([\W_]+)")
# Between the words of one name: a space (the wire breaks lines inside names), a hyphen, an
# apostrophe, an ampersand, or the dot of a short abbreviation ("St. Louis", "U.S.").
INNER_GAP = re.compile(r"[ \t\u00a0]*\n?[ \t\u00a0]*|[-–‑]|\.[ ]?|['’‘ʼʻ`]|[ ]?&[ ]?")
SPACE_GAP = re.compile(r"[ \t\u00a0]*\n?[ \t\u00a0]*")
SENTENCE_GAP = re.compile(r"[.!?…:;]|\n\s*\n|[\"“”]")
LONGEST_ABBREVIATION = 4
HYPHENS = frozenset("-‐‑")
APOSTROPHES = ("'", "’", "‘", "`", "ʻ")
# Inside a word. Unicode has it as a letter, and most typists as one apostrophe or another.
_OKINA = re.compile(r"(?<=[^\W_])ʻ(?=[^\W_])")
_LETTERS = str.maketrans("øłđıæœðþØŁĐÆŒ", "oldiaodtoldao", "ʿʾʻ")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The word without case and accents: "Türkiye" and "TURKIYE" fold to "turkiye"."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_LETTERS).casefold()


def fold_name(name: str) -> str:
    """The folded words of a name, joined by spaces: the key of the gazetteer."""
    if name.isascii():
        return " ".join(WORD.findall(name.lower()))
    return " ".join(fold(word) for word in WORD.findall(name))


def name_keys(name: str) -> frozenset[str]:
    """The keys under which a text may write a name: with its ʻokina, which cuts a word as an
    apostrophe does, or without it."""
    if "ʻ" not in name:
        return frozenset((fold_name(name),))
    return frozenset((fold_name(name), fold_name(_OKINA.sub("'", name))))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one field in order; every list but ``capitals`` has one item per word.

    ``keys`` are the folded words, ``starts`` and ``ends`` half-open offsets into ``text``;
    ``gaps`` is what stands between a word and the next one, empty after the last (an ʻokina
    stands there as the apostrophe it cuts as); ``capitals`` are the positions of the words
    that begin with a capital.
    """

    text: str
    words: list[str]
    keys: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    capitals: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def index_at(self, offset: int) -> int:
        """The position of the first word that starts at character ``offset`` or behind it."""
        return bisect_left(self.starts, offset)

    def key(self, first: int, last: int) -> str:
        """The folded words ``first`` to ``last`` (inclusive), joined by spaces."""
        return " ".join(self.keys[first : last + 1])

    def before(self, index: int) -> str:
        """What stands before word ``index``, back to the word before it."""
        return self.text[self.ends[index - 1] if index > 0 else 0 : self.starts[index]]

    def after(self, index: int) -> str:
        """What stands after word ``index``, up to the next word or the end."""
        stop = self.starts[index + 1] if index + 1 < len(self.words) else len(self.text)
        return self.text[self.ends[index] : stop]

    def joined(self, index: int) -> bool:
        """Whether word ``index`` and the next can be words of one name."""
        gap = self.gaps[index]
        if gap == " ":
            return True
        if not gap or INNER_GAP.fullmatch(gap) is None:
            return False
        return not gap.startswith(".") or len(self.words[index]) <= LONGEST_ABBREVIATION

    def spaced(self, index: int) -> bool:
        """Whether only white space stands between word ``index`` and the next."""
        gap = self.gaps[index]
        return gap == " " or (bool(gap) and SPACE_GAP.fullmatch(gap) is not None)

    def starts_sentence(self, index: int) -> bool:
        """Whether word ``index`` opens a sentence, a paragraph or a quotation."""
        return index == 0 or SENTENCE_GAP.search(self.before(index)) is not None


def split_words(text: str) -> Words:
    """Cut one field into words; an ʻokina cuts as an apostrophe does."""
    pieces = _BETWEEN.split(_OKINA.sub("‘", text) if "ʻ" in text else text)
    bounds = [0, *accumulate(map(len, pieces))]
    # Words stand at even places; before the first and behind the last one may be empty.
    first = 0 if pieces[0] else 2
    stop = len(pieces) if pieces[-1] else len(pieces) - 1
    words = pieces[first:stop:2]
    return Words(
        text,
        words,
        keys=list(map(fold, words)),
        starts=bounds[first:stop:2],
        ends=bounds[first + 1 : stop + 1 : 2],
        gaps=[*pieces[first + 1 : stop - 1 : 2], ""] if words else [],
        capitals=[index for index, word in enumerate(words) if word[0].isupper()],
    )
