"""How many rows of Parquet may be unpacked at a time.

What belongs here: what the pages of a row group come to, before any is unpacked. What does not:
reading pages' headers (parquet_pages.py) and rows (parquet_rows.py).

A small file can name one large text a million times, by a dictionary or as a repetition of the
text before; so rows are read in batches that hold also if each of their values is as long as
it can be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from etl.landing.drops.budget import Budget, OverLimit
from etl.landing.drops.parquet_pages import Page
from etl.landing.limits import Limits

MOST_ROWS = 1000
RECORDS_OF_A_BATCH = 2
# A writer closes a page after a thousand rows or so, however long they are.
RECORDS_OF_A_PAGE = 8


@dataclass(frozen=True, kw_only=True)
class ColumnSizes:
    """Bytes of a column in a row group: of its largest page and of its plain pages together,
    of a value as far as can be told, and of all values at the most."""

    largest_page: int
    plain_pages: int
    value: int
    all_values: int

    @classmethod
    def of(cls, found: Iterable[Page], *, is_repeated: bool = False) -> Self:
        """From the pages of one column; a row may have all values of a page if it is repeated."""
        largest = plain = value = everything = dictionary = 0
        for page in found:
            largest = max(largest, page.unpacked_bytes)
            if page.is_dictionary:
                dictionary = page.unpacked_bytes
                continue
            longest = page.unpacked_bytes // page.value_count
            longest = dictionary if page.names_values else longest
            longest = page.unpacked_bytes if page.repeats_values else longest
            if is_repeated:
                longest = max(page.unpacked_bytes, longest * page.value_count)
                page = replace(page, value_count=1)
            value = max(value, longest)
            everything += max(page.unpacked_bytes, longest * page.value_count)
            plain += 0 if page.names_values else page.unpacked_bytes
        return cls(largest_page=largest, plain_pages=plain, value=value, all_values=everything)


def check_sizes(budget: Budget, name: str, sizes: ColumnSizes, *, is_coded: bool) -> None:
    """Raise OverLimit where what is held at once would be too large.

    ``is_coded``: the values of the whole row group are gathered in one dictionary.
    """
    most = RECORDS_OF_A_PAGE * budget.limits.record_bytes
    held = max(sizes.largest_page, sizes.plain_pages if is_coded else 0)
    if held > most:
        what = f"{held} bytes of {name!r} at once, more than {RECORDS_OF_A_PAGE} records"
        raise OverLimit(budget, "record_bytes", what)


def batch_rows(columns: Sequence[ColumnSizes], limits: Limits) -> int:
    """How many rows may be unpacked at a time."""
    row_bytes = sum(column.value for column in columns)
    return max(1, min(MOST_ROWS, RECORDS_OF_A_BATCH * limits.record_bytes // max(1, row_bytes)))


def most_bytes(columns: Sequence[ColumnSizes]) -> int:
    """What all rows together may come to."""
    return sum(column.all_values for column in columns)
