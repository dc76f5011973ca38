"""Shingles: what a text is made of, five words at a time.

What belongs here: cutting texts into words and words into shingles, as numbers. What does not:
comparing them (etl/copies/pairs.py, etl/stories/likeness.py).

Source: A. Broder, On the resemblance and containment of documents (1997).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

SHINGLE_WORDS = 5
_SEED = 1
_STEP = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

# Scripts that put no spaces between words: each character counts as one.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
WORD = rf"{_UNSPACED}|[\p{{L}}\p{{M}}\p{{N}}--{_UNSPACED}]+"

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, kw_only=True)
class Shingles:
    """The shingles of some texts: hash and number of the text, sorted by text, then by hash.

    ``starts`` has where each text's own begin, and the number of all at its end.
    """

    hashes: Hashes
    texts: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    def of(self, text: int) -> Hashes:
        """The distinct shingles of one text, sorted."""
        return self.hashes[self.starts[text] : self.starts[text + 1]]


def shingles(texts: pl.Series) -> Shingles:
    """The distinct shingles of each text; one of fewer than five words has none."""
    words = (
        pl.DataFrame({"word": texts.fill_null("").str.to_lowercase().str.extract_all(WORD)})
        .with_row_index("text")
        .explode("word")
        .drop_nulls()
    )
    hashes, owners = words["word"].hash(_SEED).to_numpy(), words["text"].to_numpy()
    count = max(0, len(hashes) - SHINGLE_WORDS + 1)
    is_whole = owners[:count] == owners[len(hashes) - count :]
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE_WORDS):
        mixed = mixed * _STEP + hashes[offset : offset + count]
        mixed ^= mixed >> _SHIFT
    return _distinct(mixed[is_whole], owners[:count][is_whole].astype(np.int64), len(texts))


def _distinct(hashes: Hashes, owners: npt.NDArray[np.int64], count: int) -> Shingles:
    order = np.lexsort((hashes, owners))
    hashes, owners = hashes[order], owners[order]
    is_new = np.ones(len(hashes), dtype=bool)
    is_new[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    hashes, owners = hashes[is_new], owners[is_new]
    return Shingles(
        hashes=hashes, texts=owners, starts=np.searchsorted(owners, np.arange(count + 1))
    )
