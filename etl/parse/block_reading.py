"""What the rules read one block as, each asked at most once.

What belongs here: putting the shapes of the other modules side by side. What does not:
deciding between them, which depends on the place in the page (etl/parse/page.py).
"""

from dataclasses import dataclass
from functools import cached_property

from etl.parse.bylines import Credit, split_credit
from etl.parse.dateline import Dateline, find_dateline
from etl.parse.furniture import Rule, find_furniture, says_copyright
from etl.parse.lines import Block, ends_sentence, reads_as_prose, reads_as_statement
from etl.parse.trailer import is_trailer


@dataclass(frozen=True)
class BlockReading:
    """A block and what it may be. Each question is answered at most once."""

    block: Block

    @property
    def text(self) -> str:
        return self.block.text

    @cached_property
    def rule(self) -> Rule | None:
        """The furniture rule that takes it."""
        return find_furniture(self.text)

    @cached_property
    def is_copyright(self) -> bool:
        """Whether the furniture rule that takes it is one of copyright."""
        return says_copyright(self.text)

    @cached_property
    def credit(self) -> Credit | None:
        """Its byline and stamp."""
        return split_credit(self.text)

    @cached_property
    def dateline(self) -> Dateline | None:
        """The dateline it opens with; a table has none."""
        return None if self.block.is_table else find_dateline(self.text)

    @cached_property
    def is_trailer(self) -> bool:
        """Whether it is a credit or disclaimer as a whole."""
        return is_trailer(self.text)

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as running text."""
        return reads_as_prose(self.text)

    @cached_property
    def is_statement(self) -> bool:
        """Whether it is a sentence that ends in a full stop, however short."""
        return reads_as_statement(self.text)

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return ends_sentence(self.text)
