"""Organisations by rule: "... Corp", "Bank of Japan", "Ministry of Defence".

What belongs here: where an organisation ends, told by its head word. What does not: which
country it belongs to (resolve, through the place in its name, or organisations.csv).
"""

from etl.extract.names.field_view import FieldView, Name
from etl.extract.names.organisation_cues import load_cues
from etl.extract.text.casing import is_plain
from etl.extract.text.word_lists import not_names

LONGEST = 6
# Words from the last field of a list to the head.
MOST_JOINED = 2
SCORE = 0.75


def organisation_at(view: FieldView, first: int, last: int) -> Name | None:
    """The organisation that starts at ``first`` in a run that ends at ``last``."""
    key = view.key(first)
    if view.headline or not view.is_capital(first) or key in view.rules.titles:
        return None
    if key in not_names() and view.words.starts_sentence(first):
        return None
    head = _last_head(view, first, last)
    if head is None or head == first or _is_country(view, first, head):
        return None
    return Name("ORG", first, head, "organisation", SCORE)


def _is_country(view: FieldView, first: int, head: int) -> bool:
    """ "Soviet Union": a country whose name ends as organisations' names do."""
    known = view.matched.get(first)
    if known is None or known.first != first or known.last < head:
        return False
    return any(c.method == "country_name" for c in known.candidates)


def _last_head(view: FieldView, first: int, last: int) -> int | None:
    """The last word of the organisation: its head, or what follows "Bank of"."""
    head = None
    joined = view.words.words[first : last + 1].count("and")
    for index in range(first, min(last, first + LONGEST + 2 * joined - 1) + 1):
        key = view.key(index)
        if key in view.rules.heads and view.is_capital(index):
            head = index
            if key in view.rules.heads_of:
                start = _complement_start(view, index, last)
                if start is not None:
                    return _complement_end(view, start)
        elif key in view.rules.titles or (key == "of" and head != index - 1):
            break
    return head


def _complement_start(view: FieldView, head: int, last: int) -> int | None:
    """First word of what follows "of" or "of the" behind the head: "Bank of the Republic"."""
    words = view.words
    if head + 2 <= last and words.words[head + 1] in ("of", "for"):
        return head + 2
    small = [word for word in words.words[head + 1 : head + 3] if words.spaced(head)]
    after = head + 3
    joined = after < len(words) and words.spaced(head + 1) and words.spaced(head + 2)
    return after if small == ["of", "the"] and joined and view.is_capital(after) else None


def _complement_end(view: FieldView, first: int) -> int:
    """Last word of the complement: up to three capitalised words."""
    end = first
    while end < first + 2 and view.words.spaced(end) and _is_plain(view, end + 1):
        end += 1
    return _list_end(view, first, end)


def _list_end(view: FieldView, first: int, end: int) -> int:
    """Last word of a list of fields: "Ministry of Gender, Labour and Social Development"; ``end``
    where no such list goes on, and of names of others: "Ministry of Health, Oxfam and Unicef"."""
    words, index = view.words, end
    if not all(_is_field(view, i) for i in range(first, end + 1)):
        return end
    while words.gaps[index] == ", " and _is_field(view, index + 1):
        index = _field_end(view, index + 1)
    is_list = words.gaps[index] in (" ", ", ") and words.words[index + 1] == "and"
    if not is_list or not words.spaced(index + 1) or not _is_field(view, index + 2):
        return end
    is_headed = view.key(index + 2) in view.rules.heads
    if index == end and (is_headed or _is_body(view, index + 2)):
        return end
    return _field_end(view, index + 2)


def joins_fields(view: FieldView, last: int) -> bool:
    """Whether the "and" behind word ``last`` stands within a name: "Oil and Gas Corporation"; not
    "the Army and Police Force"."""
    words, behind = view.words, last + 2
    if not words.spaced(last + 1) or not (_is_field(view, last) and _is_field(view, behind)):
        return False
    if _is_body(view, last) or _is_body(view, behind):
        return False
    for index in range(behind + 1, behind + 1 + MOST_JOINED):
        if not words.spaced(index - 1) or not view.is_capital(index):
            return False
        if view.key(index) in view.rules.heads:
            return True
    return False


def _is_body(view: FieldView, index: int) -> bool:
    """ "Parliament", "Police": no field of "Ministry of Defence and Parliament", but a body."""
    cues = load_cues()
    return view.key(index) in cues.institutions | cues.bare | view.rules.heads_of


def _field_end(view: FieldView, index: int) -> int:
    while view.words.spaced(index) and _is_field(view, index + 1):
        index += 1
    return index


def _is_field(view: FieldView, index: int) -> bool:
    """ "Labour", "Social": a capital for a plain word that is no place."""
    is_free = index not in view.matched and view.key(index) not in view.rules.titles
    is_known = view.key(index) in load_cues().field or is_plain(view.words.words[index])
    return is_free and view.is_capital(index) and is_known


def _is_plain(view: FieldView, index: int) -> bool:
    """Not the title of whoever leads it: "Bank of Ireland Governor"."""
    return view.is_capital(index) and view.key(index) not in view.rules.titles
