"""One page taken apart: which block is title, byline, stamp, dateline, body, trailer.

What belongs here: where on the page a rule applies and what follows from it. What does not:
the shapes themselves (furniture, stamps, dateline, title, trailer), and whether the result
is an article (etl/parse/verdict.py).

The page is walked once. Its *head* ends where the first running text or sure dateline
stands; there a short line may be title, byline or section. Behind it, whatever no rule
takes is body: in doubt a line is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from etl.parse.bylines import is_bare_name
from etl.parse.dateline import Dateline, find_dateline
from etl.parse.furniture import Rule
from etl.parse.header import split_header
from etl.parse.lines import Block, count_words, split_blocks
from etl.parse.script import is_foreign, main_script
from etl.parse.sighting import Sighting, look
from etl.parse.stamps import has_date
from etl.parse.title import can_be_title, same_title, split_inline_title
from etl.parse.trailer import split_ending

# A dateline may follow some lines that no rule knew, but not half the article.
DATELINE_BLOCKS = 6
MOST_HEAD_BLOCKS = 60
LEAST_TITLE_WORDS = 3
# A headline may ask or quote and still be longer than most first paragraphs' first line.
MOST_ASKING_WORDS = 20


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

    def credit(self, seen: Sighting) -> None:
        if seen.credit is not None:
            self.bylines.extend(filter(None, [seen.credit.byline]))
            self.stamps.extend(filter(None, [seen.credit.stamp]))


def parse_page(text: str, *, given_title: str | None = None) -> ParsedPage:
    """Take a decoded page apart; ``given_title`` beats whatever the page shows."""
    header_date, start = split_header(text)
    seen = [look(block) for block in split_blocks(text, start)]
    draft = _Draft(title=" ".join((given_title or "").split()) or None)
    head_end = _head_end(seen)
    _sort_head(draft, seen, head_end)
    _sort_rest(draft, seen[head_end:])
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


def _joined(texts: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(texts)) or None


# -- the head -------------------------------------------------------------------------------


def _head_end(seen: Sequence[Sighting]) -> int:
    """The index of the first block of running text, or with a sure dateline."""
    for index, one in enumerate(seen[:MOST_HEAD_BLOCKS]):
        if _opens_body(one, is_last=index == len(seen) - 1):
            return index
    return min(len(seen), MOST_HEAD_BLOCKS)


def _opens_body(one: Sighting, *, is_last: bool) -> bool:
    if one.dateline is not None and one.dateline.is_sure:
        return True
    if not one.is_prose or one.is_trailer or one.rule is not None or one.credit is not None:
        return False
    # "Will the ferries of Suva ever run on time again, or is it too late?" is a headline.
    asks = one.text[-1] in "?!’'\"”…" and can_be_title(one.text)
    return is_last or not asks or one.block.word_count > MOST_ASKING_WORDS


def _sort_head(draft: _Draft, seen: Sequence[Sighting], head_end: int) -> None:
    head = seen[:head_end]
    title = _title_index(draft, head, has_body=head_end < len(seen))
    script = main_script(" ".join(one.text for one in seen))
    for index, one in enumerate(head):
        if index == title:
            draft.title = draft.title or one.text
        elif draft.title and same_title(draft.title, one.text):
            draft.cut("repeated title", one.block)
        elif index > title and draft.title and _continues_byline(one, head[index - 1], draft):
            draft.bylines.append(one.text)
        else:
            _sort_head_block(draft, one, before_title=index < title, script=script)


def _continues_byline(one: Sighting, before: Sighting, draft: _Draft) -> bool:
    """A bare name below the headline, or an outlet below "By Ana Li"."""
    follows = before.credit is not None and before.credit.byline is not None
    return _is_plain(one) and is_bare_name(one.text) and (follows or not draft.bylines)


def _is_plain(one: Sighting) -> bool:
    return one.credit is None and one.rule is None and not one.is_trailer


def _title_index(draft: _Draft, head: Sequence[Sighting], *, has_body: bool) -> int:
    """The index of the headline among the blocks of the head; -1 if there is none."""
    candidates = [index for index, one in enumerate(head) if _is_candidate(one)]
    if draft.title is not None:
        return next((i for i in candidates if same_title(draft.title, head[i].text)), -1)
    if len(head) == 1 and not has_body and head[0].ends_sentence:
        return -1
    for index in candidates:
        if any(same_title(head[index].text, head[i].text) for i in candidates if i > index):
            return index
    long = [i for i in candidates if head[i].block.word_count >= LEAST_TITLE_WORDS]
    return (long or candidates or _weak_candidates(head) or [-1])[0]


def _is_candidate(one: Sighting) -> bool:
    return _is_plain(one) and can_be_title(one.text)


def _weak_candidates(head: Sequence[Sighting]) -> list[int]:
    """The first line of all, if a rule only guesses: "Lyre Brief 1/2/2026", "AP Names Editor"."""
    if not head or not can_be_title(head[0].text):
        return []
    one = head[0]
    is_guess = one.credit is not None and one.credit.is_guess
    return [0] if is_guess or (one.rule is not None and one.rule.kind == "caption") else []


def _sort_head_block(draft: _Draft, one: Sighting, *, before_title: bool, script: str) -> None:
    if one.credit is not None:
        draft.credit(one)
    elif one.rule is not None:
        draft.cut(one.rule.kind, one.block)
    elif one.is_trailer:
        draft.trailers.append(one.text)
        # "Source: Xinhua| 2021-08-12 09:30:11|Editor: huaxia" is a stamp as well.
        draft.stamps.extend([one.text] if has_date(one.text) else [])
    elif is_foreign(one.text, script):
        draft.cut("navigation", one.block)
    elif before_title:
        draft.cut("section", one.block)
    else:
        draft.body.append(one.block)


# -- body and tail --------------------------------------------------------------------------


def _sort_rest(draft: _Draft, seen: Sequence[Sighting]) -> None:
    """The body and what stands below it.

    Behind a heading of other stories or comments, lines that are no running text go with
    it; so do headlines behind credits and tags, where the article has ended.
    """
    heading: Rule | None = None
    ended = False
    prose_after = _prose_after(seen)
    for index, one in enumerate(seen):
        kind = _kind_below(draft, one, is_first=index == 0)
        if kind == "body" and heading is not None and not _returns(one, heading):
            kind = heading.kind
        elif kind == "body" and ended and not one.ends_sentence:
            kind = "related"
        elif kind == "body":
            heading, ended = None, False
        elif one.rule is not None and one.rule.opens:
            is_end = 2 * prose_after[index] < prose_after[0]
            heading = one.rule if one.rule.kind != "comments" or is_end else heading
        ended = ended or kind in ("tags", "copyright", "trailer")
        _place(draft, one, kind)


def _prose_after(seen: Sequence[Sighting]) -> list[int]:
    """Characters of running text from each block on: "Comments" is the end only below most."""
    lengths = [len(one.text) if one.is_prose else 0 for one in reversed(seen)]
    return list(accumulate(lengths))[::-1]


def _kind_below(draft: _Draft, one: Sighting, *, is_first: bool) -> str:
    if is_first and one.dateline is not None:
        return "body"
    if draft.title and not is_first and same_title(draft.title, one.text):
        return "repeated title"
    if one.is_trailer:
        return "trailer"
    if one.rule is not None and not one.rule.in_head_only:
        return one.rule.kind
    return "credit" if one.credit is not None else "body"


def _place(draft: _Draft, one: Sighting, kind: str) -> None:
    if kind == "body":
        draft.body.append(one.block)
    elif kind == "trailer":
        draft.trailers.append(one.text)
    elif kind == "credit":
        draft.credit(one)
    else:
        draft.cut(kind, one.block)


def _returns(one: Sighting, heading: Rule) -> bool:
    """Behind "Also read" the article goes on with running text; behind "Comments" never."""
    return heading.kind != "comments" and one.is_prose


# -- what shares a block with the body ------------------------------------------------------


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
        if found is None or (index > 0 and not found.is_sure):
            continue
        rest = block.text[found.end :].lstrip()
        draft.body[index : index + 1] = [Block(rest, block.start, block.end)] if rest else []
        return found
    return _dateline_of_pipes(draft.bylines)


def _dateline_of_pipes(bylines: Sequence[str]) -> Dateline | None:
    """ "PTI | Moscow", cut from a line of stamps, is all the dateline that such a page has."""
    for byline in bylines:
        agency, bar, place = byline.partition(" | ")
        if bar and agency.isupper():
            return Dateline(text=byline, place=place.strip(), day=None, end=0, is_sure=True)
    return None


def _take_ending(draft: _Draft) -> None:
    if not draft.body:
        return
    last = draft.body[-1]
    at = split_ending(last.text)
    if at < len(last.text):
        draft.trailers.insert(0, last.text[at:].strip())
        draft.body[-1:] = [Block(last.text[:at], last.start, last.end)] if at else []
