"""One page taken apart: which block is title, byline, stamp, dateline, body, trailer.

What belongs here: where on the page a rule applies and what follows from it. What does not:
the shapes themselves (furniture, stamps, dateline, title, trailer), and whether the result
is an article (etl/parse/verdict.py).

The page is walked once. Its *head* ends where the first running text or dateline stands;
there a short line may be title, byline or section. Behind it, whatever no rule takes is
body: in doubt a line is kept.
"""

from dataclasses import dataclass, field

from etl.parse.dateline import Dateline, find_dateline
from etl.parse.furniture import Rule, find_furniture
from etl.parse.header import split_header
from etl.parse.lines import Block, count_words, ends_sentence, reads_as_prose, split_blocks
from etl.parse.script import is_foreign, main_script
from etl.parse.stamps import is_name, split_credit
from etl.parse.title import can_be_title, same_title, split_inline_title
from etl.parse.trailer import is_trailer, split_ending

# A dateline may follow some lines that no rule knew, but not half the article.
DATELINE_BLOCKS = 6
MOST_HEAD_BLOCKS = 40
LEAST_TITLE_WORDS = 3
HEAD_ONLY = ("section",)
END_MARKS = ("tags", "comments", "copyright", "related", "trailer")


@dataclass(frozen=True)
class Cut:
    """Furniture that was cut: its kind, and where it stands in the decoded text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class ParsedPage:
    """The parts of a page; ``furniture`` is what belongs to none of them."""

    header_date: str | None
    title: str | None
    byline: str | None
    dateline: str | None
    dateline_place: str | None
    dateline_day: str | None
    stamps: tuple[str, ...]
    body: str
    trailer: str | None
    furniture: tuple[Cut, ...]

    @property
    def word_count(self) -> int:
        """Words of title and body."""
        return count_words(self.title or "") + count_words(self.body)


@dataclass
class _Draft:
    """What has been sorted out so far."""

    title: str | None
    bylines: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    trailers: list[str] = field(default_factory=list)
    furniture: list[Cut] = field(default_factory=list)

    def cut(self, kind: str, block: Block) -> None:
        self.furniture.append(Cut(kind, block.text, block.start, block.end))


def parse_page(text: str, *, given_title: str | None = None) -> ParsedPage:
    """Take a decoded page apart; ``given_title`` beats whatever the page shows."""
    header_date, start = split_header(text)
    blocks = split_blocks(text, start)
    draft = _Draft(title=(given_title or "").strip() or None)
    head_end = _head_end(blocks)
    _sort_head(draft, blocks[:head_end], has_body=head_end < len(blocks))
    _sort_rest(draft, blocks[head_end:])
    _take_title_from_body(draft)
    dateline = _take_dateline(draft)
    _take_ending(draft)
    return ParsedPage(
        header_date=header_date,
        title=draft.title,
        byline=_joined(draft.bylines),
        dateline=dateline.text if dateline else None,
        dateline_place=dateline.place if dateline else None,
        dateline_day=dateline.day if dateline else None,
        stamps=tuple(draft.stamps),
        body="\n\n".join(block.text for block in draft.body),
        trailer=_joined(draft.trailers),
        furniture=tuple(sorted(draft.furniture, key=lambda cut: cut.start)),
    )


def _joined(texts: list[str]) -> str | None:
    return "\n".join(dict.fromkeys(texts)) or None


def _head_end(blocks: list[Block]) -> int:
    """The index of the first block of running text, or with a sure dateline."""
    for index, block in enumerate(blocks[:MOST_HEAD_BLOCKS]):
        if _opens_body(block, is_last=index == len(blocks) - 1):
            return index
    return min(len(blocks), MOST_HEAD_BLOCKS)


def _opens_body(block: Block, *, is_last: bool) -> bool:
    dateline = find_dateline(block.text)
    if dateline is not None and (dateline.day is not None or "(" in dateline.text):
        return True
    if not reads_as_prose(block.text) or is_trailer(block.text):
        return False
    if find_furniture(block.text) is not None or split_credit(block.text) is not None:
        return False
    # "Will the ferries of Suva ever run on time again, or is it too late?" is a headline.
    asks = block.text[-1] in "?!’'\"”…" and can_be_title(block.text)
    return is_last or not asks or block.word_count > 20


def _sort_head(draft: _Draft, blocks: list[Block], *, has_body: bool) -> None:
    title = _title_index(draft, blocks, has_body=has_body)
    script = main_script(" ".join(block.text for block in blocks))
    for index, block in enumerate(blocks):
        if index == title:
            draft.title = draft.title or block.text
        elif draft.title and same_title(draft.title, block.text):
            draft.cut("repeated title", block)
        else:
            _sort_head_block(draft, block, before_title=index < title, script=script)


def _title_index(draft: _Draft, blocks: list[Block], *, has_body: bool) -> int:
    """The index of the headline among the blocks of the head; -1 if there is none."""
    candidates = [index for index, block in enumerate(blocks) if _is_candidate(block)]
    if draft.title is not None:
        return next((i for i in candidates if same_title(draft.title, blocks[i].text)), -1)
    if len(blocks) == 1 and not has_body:
        return -1
    for index in candidates:
        if any(same_title(blocks[index].text, blocks[i].text) for i in candidates if i > index):
            return index
    long = [i for i in candidates if blocks[i].word_count >= LEAST_TITLE_WORDS]
    return (long or candidates or [-1])[0]


def _is_candidate(block: Block) -> bool:
    if not can_be_title(block.text) or is_trailer(block.text):
        return False
    rule = find_furniture(block.text)
    if rule is not None and not (rule.kind == "caption" and rule.name == "labelled caption"):
        return False
    return split_credit(block.text) is None


def _sort_head_block(draft: _Draft, block: Block, *, before_title: bool, script: str) -> None:
    rule = find_furniture(block.text)
    if _take_credit(draft, block):
        return
    if rule is not None:
        draft.cut(rule.kind, block)
    elif is_trailer(block.text):
        draft.trailers.append(block.text)
    elif is_foreign(block.text, script):
        draft.cut("navigation", block)
    elif before_title:
        draft.cut("section", block)
    elif draft.title and not draft.bylines and is_name(block.text):
        draft.bylines.append(block.text)
    else:
        draft.body.append(block)


def _take_credit(draft: _Draft, block: Block) -> bool:
    credit = split_credit(block.text)
    if credit is None:
        return False
    if credit.byline:
        draft.bylines.append(credit.byline)
    if credit.stamp:
        draft.stamps.append(credit.stamp)
    return True


def _sort_rest(draft: _Draft, blocks: list[Block]) -> None:
    """The body and what stands below it."""
    inside: Rule | None = None
    ended = False
    for index, block in enumerate(blocks):
        kind = _kind_below(draft, block, first=index == 0)
        if kind == "body" and inside is not None and not _returns_to_article(block, inside):
            draft.cut(inside.kind, block)
            continue
        if kind == "body" and ended and not ends_sentence(block.text):
            draft.cut("related", block)
            continue
        rule = find_furniture(block.text)
        inside = rule if rule is not None and rule.opens else (None if kind == "body" else inside)
        ended = kind in END_MARKS or (ended and kind != "body")
        _place_below(draft, block, kind)


def _kind_below(draft: _Draft, block: Block, *, first: bool) -> str:
    if draft.title and same_title(draft.title, block.text) and not first:
        return "repeated title"
    rule = find_furniture(block.text)
    if is_trailer(block.text) and not first:
        return "trailer"
    if rule is not None and rule.kind not in HEAD_ONLY:
        return rule.kind
    return "credit" if not first and split_credit(block.text) is not None else "body"


def _place_below(draft: _Draft, block: Block, kind: str) -> None:
    if kind == "body":
        draft.body.append(block)
    elif kind == "trailer":
        draft.trailers.append(block.text)
    elif kind == "credit":
        _take_credit(draft, block)
    else:
        draft.cut(kind, block)


def _returns_to_article(block: Block, heading: Rule) -> bool:
    """Behind "Also read" the article goes on with running text; behind "Comments" never."""
    return heading.kind != "comments" and reads_as_prose(block.text)


def _take_title_from_body(draft: _Draft) -> None:
    """A page of one block may hold its headline as first sentence."""
    if not draft.body:
        return
    first = draft.body[0]
    if draft.title and same_title(draft.title, first.text) and len(draft.body) > 1:
        draft.cut("repeated title", draft.body.pop(0))
        return
    if len(draft.body) != 1 or find_dateline(first.text) is not None:
        return
    at = split_inline_title(first.text)
    head = first.text[:at].strip()
    if at and (draft.title is None or same_title(draft.title, head)):
        draft.title = draft.title or head
        draft.body[0] = Block(first.text[at:], first.start, first.end)


def _take_dateline(draft: _Draft) -> Dateline | None:
    for index, block in enumerate(draft.body[:DATELINE_BLOCKS]):
        found = find_dateline(block.text)
        if found is None or (index > 0 and found.day is None and "(" not in found.text):
            continue
        rest = block.text[found.end :]
        draft.body[index : index + 1] = [Block(rest, block.start, block.end)] if rest else []
        return found
    return _dateline_of_pipes(draft.bylines)


def _dateline_of_pipes(bylines: list[str]) -> Dateline | None:
    """ "PTI | Moscow", cut from a line of stamps, is all the dateline that such a page has."""
    for byline in bylines:
        agency, bar, place = byline.partition(" | ")
        if bar and agency.isupper():
            return Dateline(text=byline, place=place.strip(), day=None, end=0)
    return None


def _take_ending(draft: _Draft) -> None:
    if not draft.body:
        return
    last = draft.body[-1]
    at = split_ending(last.text)
    if at < len(last.text):
        draft.trailers.insert(0, last.text[at:].strip())
        draft.body[-1:] = [Block(last.text[:at], last.start, last.end)] if at else []
