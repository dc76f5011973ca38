"""Furniture: what stands on a page beside the article.

What belongs here: one small rule per shape of line, each with an example and, where it is
easily mistaken, a counter-example. What does not: where in the page a rule applies and what
follows from it (etl/parse/page.py), credits, which are kept (etl/parse/trailer.py), and
pictures (etl/parse/captions.py).

To add a shape, add a ``Rule`` with an example, or a phrase to etl/lexicon/furniture.csv; the
tests run every example. A rule sees one block of at most ``REACH`` characters, so that none
can eat an article.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.lexicon import pattern, words
from etl.parse.captions import (
    is_captioned_credit,
    is_labelled_caption,
    is_led_by_agency,
    is_photo_credit,
)
from etl.parse.lines import UNSPACED, count_words, ends_sentence, kept_of_lines
from etl.tables import made_of_tables

REACH = 400
# "Share Save Print ..." and "Home > News > ..." of forty words are bars; more are a text.
MOST_BAR_WORDS = 40
LEAST_ARROWS = 2
# "This is a subscriber-only story. To continue reading, log in or subscribe." has twelve words.
MOST_OFFER_WORDS = 22
MOST_NOTICE_WORDS = 45
MOST_INVITATION_WORDS = 14
_BULLETS = " *•-–—"


@dataclass(frozen=True)
class Rule:
    """One shape of furniture.

    ``opens`` marks a heading behind which tags, other stories or comments follow;
    ``in_head_only`` a line that may also be a crosshead inside the article.
    """

    kind: str
    name: str
    matches: Callable[[str], bool]
    example: str
    counter_example: str
    opens: bool = False
    in_head_only: bool = False


@kept_of_lines
def find_furniture(text: str) -> Rule | None:
    """The first rule that takes ``text``, a whole block, for furniture."""
    if len(text) > REACH:
        return None
    return next((rule for rule in RULES if rule.matches(text)), None)


def says_copyright(text: str) -> bool:
    """Whether ``find_furniture`` takes a line for one of copyright; of most lines it asks less."""
    if not any(rule.matches(text) for rule in RULES if rule.kind == "copyright"):
        return False
    rule = find_furniture(text)
    return rule is not None and rule.kind == "copyright"


def _pattern(
    *openings: str, within: Sequence[str] = (), needs: Sequence[str] = ()
) -> Callable[[str], bool]:
    """Shapes that a line opens with, or has ``within`` it.

    A search tries every shape at every letter. So what is ``within`` a line is looked for only
    where one of the words that it ``needs`` is, which are in small letters.
    """
    opening = re.compile("|".join(openings), re.IGNORECASE) if openings else None
    inner = re.compile("|".join(within), re.IGNORECASE) if within else None

    def matches(text: str) -> bool:
        if opening is not None and opening.match(text) is not None:
            return True
        if inner is None or not any(map(text.casefold().__contains__, needs)):
            return False
        return inner.search(text) is not None

    return matches


def _one_of(kind: str) -> Callable[[str], bool]:
    return lambda text: bare(text) in words("furniture", kind)


@kept_of_lines
def bare(text: str) -> str:
    """ "- READ MORE ON: " is compared as "read more on"."""
    return _straight(text.casefold()).strip(" \t\n.,:;!?-–—_|/»«›‹>[](){}•●▪►·*…#")


@kept_of_lines
def _bar_words(text: str) -> tuple[str, ...]:
    return tuple(_BAR_WORD.findall(text.casefold()))


def is_share_bar(text: str) -> bool:
    """Only the words of sharing, one of them unmistakable; counts between them may stand."""
    found = _bar_words(text) if len(text) <= REACH else ()
    if len(found) > MOST_BAR_WORDS or words("share_words", "sure").isdisjoint(found):
        return False
    shared = words("share_words")
    return all(word in shared or word.isdigit() for word in found)


def is_section(text: str) -> bool:
    """Section names alone: "World", "Latest News, World"."""
    found = [word for word in _bar_words(text) if word not in ("and", "of", "the")]
    return 0 < len(found) <= 6 and words("sections").issuperset(found)


def is_breadcrumb(text: str) -> bool:
    """Steps between arrows, or a menu that starts at Home."""
    has_steps = _HOME.match(text) is not None or len(_ARROW.findall(text)) >= LEAST_ARROWS
    return has_steps and not ends_sentence(text) and count_words(text) <= MOST_BAR_WORDS


def is_pointer(text: str) -> bool:
    """ "ALSO READ", "Also read: Rain stops play", "More from Suva"."""
    pointers = words("furniture", "pointer")
    heading, colon, _ = text.replace("：", ":").partition(":")
    if colon and bare(heading) in pointers:
        return True
    heading, dash, _ = text.partition(" - ")
    return bare(text) in pointers or (bool(dash) and bare(heading) in pointers)


def is_reading_time(text: str) -> bool:
    """ "Tiempo de lectura: 6 min", "4 Min. Lesezeit": a number, its unit, and what is counted."""
    time = _READING_TIME.search(text)
    if time is None:
        return False
    rest = f"{text[: time.start()]} {text[time.end() :]}"
    return " ".join(bare(rest).split()) in words("furniture", "reading_time")


def is_reader_offer(text: str) -> bool:
    """ "Sie haben bereits ein Abo? Hier anmelden.": a short line with what only offers say."""
    return _says("offer", text)


def is_cookie_notice(text: str) -> bool:
    """ "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten. Alle akzeptieren"."""
    return _says("cookie", text, most_words=MOST_NOTICE_WORDS)


def is_copyright(text: str) -> bool:
    """ "Alle Rechte vorbehalten. © Lyre Zeitung"."""
    return _says("copyright", text)


def is_invitation(text: str) -> bool:
    """ "Síguenos en Facebook", "Teilen auf WhatsApp": a short line that begins so and is no
    sentence."""
    if not _may_say("follow", text) or count_words(text) > MOST_INVITATION_WORDS:
        return False
    return _phrases("follow").match(_straight(text).lstrip(_BULLETS)) is not None


def is_tag_list(text: str) -> bool:
    """ "Schlagworte: Fähre, Verkehr", "标签：渡轮": what the tags are called, and the tags."""
    heading, colon, tags = text.replace("：", ":").partition(":")
    if not colon or bare(heading) not in words("furniture", "tag"):
        return False
    return count_words(tags) <= MOST_OFFER_WORDS and not ends_sentence(tags)


def _says(kind: str, text: str, most_words: int = MOST_OFFER_WORDS) -> bool:
    """Whether a short line, which quotes nobody, says one of the phrases of a kind."""
    if text[0] in '"“‘«„' or not _may_say(kind, text) or count_words(text) > most_words:
        return False
    return _phrases(kind).search(_straight(text)) is not None


def _may_say(kind: str, text: str) -> bool:
    """Whether the first word of one of the phrases is in a line, or letters without spaces are."""
    is_said = not _first_words(kind).isdisjoint(_words(text))
    return is_said or (not text.isascii() and UNSPACED.search(text) is not None)


@kept_of_lines
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_straight(text).casefold()))


@made_of_tables
def _first_words(kind: str) -> frozenset[str]:
    return frozenset(next(iter(_words(phrase)), "") for phrase in words("furniture", kind))


def _straight(text: str) -> str:
    """With plain apostrophes, and the dot of a Turkish "İ" as a small letter has it."""
    return text.replace("’", "'").replace("i\u0307", "i").replace("İ", "I")


@made_of_tables
def _phrases(kind: str) -> re.Pattern[str]:
    known = words("furniture", kind)
    unspaced = {phrase for phrase in known if UNSPACED.search(phrase)}
    return re.compile(rf"(?i)(?<!\w){pattern(known - unspaced)}(?!\w)|{pattern(unspaced)}")


def is_comment_count(text: str) -> bool:
    """ "12 Kommentare", "Comentarios (3)"."""
    count = _COUNT_BEFORE.match(text) or _COUNT_BEHIND.search(text)
    if count is None:
        return False
    return bare(text[: count.start()] + text[count.end() :]) in words("furniture", "counted")


_READING_TIME = re.compile(r"\d{1,3}\s?-?\s?[^\W\d_]{1,8}\.?")
_COUNT_BEFORE = re.compile(r"\(?\d{1,6}\)?\s+")
_COUNT_BEHIND = re.compile(r"\(?\d{1,6}\)?$")
_HOME = re.compile(r"(?i)home\s?(?:[»›→▸>/|\\,-]|news\b)")
_ARROW = re.compile("[»›→▸]|(?<= )>(?= )")
_BAR_WORD = re.compile(r"[\w+\-]+")
_WORD = re.compile(r"\w+")
_COUNTED = r"(?:hits|views?|reads|likes?|shares?|page views|visits|votes)"

RULES: tuple[Rule, ...] = (
    Rule("share", "share bar", is_share_bar, "Share Save", "Shares fell"),
    Rule(
        "share",
        "share invitation",
        _pattern(
            r"[*•\-\s]{0,4}(?:share (?:this|on|via)|follow (?:us|@)"
            r"|join (?:us|our)\b.{0,30}(?:telegram|whatsapp|channel)"
            r"|click (?:here )?to share).{0,80}$"
        ),
        "Share this story with your friends",
        "Share prices rose on Monday.",
    ),
    Rule(
        "share",
        "share invitation in other words",
        is_invitation,
        "Síguenos en Facebook, Twitter e Instagram",
        "Sigue en Facebook la disputa entre el alcalde y los vecinos por el puente nuevo del río.",
    ),
    Rule(
        "share",
        "who wrote it, to follow",
        _pattern(
            within=(
                r"^.{0,200}\bfollow (?:him|her|them|me|\S+ \S+) (?:on (?:twitter|x|facebook"
                r"|instagram|bluesky|threads|linkedin|mastodon)\b|@).{0,40}$",
            ),
            needs=("follow",),
        ),
        "Ann Lee is a reporter for the Lyre Post. Follow her on Twitter @annlee",
        "He asked them to follow her on Monday.",
    ),
    Rule("navigation", "breadcrumb", is_breadcrumb, "Home » News » World »", "Home prices rose."),
    Rule("navigation", "control", _one_of("control"), "Skip to content", "More rain is on the way"),
    Rule(
        "navigation",
        "browser and cookies",
        _pattern(
            r"(?:by continuing|we use|this (?:web)?site uses|we value).{0,120}"
            r"\b(?:cookies|privacy)|(?:please )?enable javascript"
            r"|your browser does not support|\d+ of \d+$"
        ),
        "We use cookies to improve your experience.",
        "We use salt from the sea, the cook said.",
    ),
    Rule(
        "navigation",
        "cookies in another language",
        is_cookie_notice,
        "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.",
        "Wir verwenden Salz und backen keine Cookies.",
    ),
    Rule(
        "counter",
        "counter",
        _pattern(
            rf"{_COUNTED}\s?[:\-(]?\s?[\d.,]+\s?[km]?\)?$",
            rf"[\d.,]+\s?[km]?\s{_COUNTED}$",
            r"\d{1,3}\s?-?min(?:ute)?s?\s(?:read|listen)(?:\s?time)?$",
            r"[\d.,:%+\-\s]{1,14}[km]?$|[x×]$|[^\w\s]{1,5}$",
        ),
        "Hits: 4",
        "4 hits and a miss",
    ),
    Rule(
        "counter",
        "reading time",
        is_reading_time,
        "Tiempo de lectura: 6 min",
        "6 min de retraso en el puerto",
    ),
    Rule("separator", "rule", _pattern(r"[_\-*=~•·.–—\s]{2,60}$"), "________", "-- He left."),
    Rule(
        "live",
        "time of a live page",
        _pattern(r"\d{1,2}[:.]\d\d\s?(?:[ap]\.?\s?m\.?)?(?:\s?\(?(?-i:[A-Z]{2,4})\)?)?$"),
        "10:45 a.m.",
        "10:45 train to Suva",
    ),
    Rule(
        "advertisement",
        "advertisement",
        _one_of("advertisement"),
        "Article continues after this advertisement",
        "Advertisement revenue fell by half",
    ),
    Rule(
        "advertisement",
        "subscription offer",
        _pattern(
            r"only \S{1,6} (?:a|per) (?:year|month)"
            r"|(?:join|register for|try) .{1,30}\b(?:only \S{1,6} (?:a|per)|now$|free)"
            r"|read this article for free|select what['’]s included$"
            r"|save (?:over )?\d+%|save now on|subscribe (?:to|for|now)\b.{0,120}$"
            r"|then .{1,12} per month|try unlimited access|unlock (?:this article|the full)"
            r"|already a (?:subscriber|member)|(?:get|receive) (?:the|our) .{0,60}newsletter"
            r"|sign up (?:for|to) (?:our|the|get|receive) |download (?:the|our) .{0,40}\bapp\b"
            r"|click here (?:to|for) .{0,80}$|for (?:the |more )?(?:latest )?.{0,40}"
            r"(?:follow us|subscribe to|download our).{0,80}$"
            r"|(?:this article is|this content is|exclusive) (?:only )?(?:for|available to)"
            r" subscribers",
            within=(
                r"\bnow \S{1,9} for (?:your|the) first\b",
                r"\b(?:complete|essential|full) digital access\b|\bcancel (?:at )?any ?time\b",
            ),
            needs=(" first", "digital access", "cancel"),
        ),
        "Save over 40% on Standard Digital",
        "Save the Children said on Monday that it would leave.",
    ),
    Rule(
        "advertisement",
        "offer to readers",
        is_reader_offer,
        "Sie haben bereits ein Abo? Hier anmelden.",
        "Wer ein Abo hat, liest weiter.",
    ),
    Rule(
        "caption",
        "labelled caption",
        is_labelled_caption,
        "Image source, Example Images",
        "Image problems haunt the mayor",
    ),
    Rule(
        "caption",
        "caption with its credit",
        is_captioned_credit,
        "A bridge in Suva. (Ann Lee/Reuters)",
        "He spoke (in English) to them.",
    ),
    Rule("caption", "photo credit", is_photo_credit, "EPA-EFE/STRINGER", "Reuters said so."),
    Rule(
        "caption",
        "caption after its agency",
        is_led_by_agency,
        "Getty Images The bridge in March 2019",
        "Reuters reported the bridge was closed.",
    ),
    Rule(
        "related",
        "pointer to another story",
        is_pointer,
        "ALSO READ: Rain stops play",
        "Related companies were fined: two in Suva.",
        opens=True,
    ),
    Rule(
        "related",
        "more from",
        _pattern(r"more (?:from|on|about|in|stories (?:from|on|by)) .{1,40}$"),
        "More from Lyre Post",
        "More on the quay was lost than saved, the master of the harbour said on Monday.",
        opens=True,
    ),
    Rule(
        "tags",
        "tags",
        _pattern(
            r"[\-–—•*\s]{0,4}(?:tags?|tagged(?: in| with)?|topics?|key ?words?|filed under|labels?"
            r"|categor(?:y|ies)|posted in|read more on|in this (?:article|story))\s?(?:[:,|#]|$)"
            r"|tagged (?:in|with|as) .{0,200}$|(?:#\w+[\s,]*){2,30}$"
        ),
        "- READ MORE ON: rain, cricket",
        "Tags were found on the bird.",
        opens=True,
    ),
    Rule(
        "tags",
        "tags in another language",
        is_tag_list,
        "Schlagworte: Fähre, Verkehr",
        "Themen der Woche waren die Fähre und der Verkehr.",
        opens=True,
    ),
    Rule(
        "comments",
        "comments",
        _one_of("comment"),
        "Leave a Reply",
        "Comments by the minister angered many.",
        opens=True,
    ),
    Rule(
        "comments",
        "counted comments",
        _pattern(
            r"\d+ (?:comments?|responses?|replies)$|(?:comments?|responses?) \(\d+\)$"
            r"|your email address will not be published"
        ),
        "3 Comments",
        "3 comments by the minister angered many.",
        opens=True,
    ),
    Rule(
        "comments",
        "counted comments in another language",
        is_comment_count,
        "12 Kommentare",
        "12 Kommentare des Ministers",
        opens=True,
    ),
    Rule(
        "copyright",
        "copyright",
        _pattern(
            r"(?:©|\(c\)|copyright (?:©|\(c\)|by\b|\d{4})).{0,350}$"
            r"|our standards: the thomson reuters",
            within=(
                r"\ball rights reserved\b|©\s?(?:19|20)\d\d",
                r"\bmay not be (?:published, broadcast|reproduced)",
            ),
            needs=("reserved", "©", "may not be"),
        ),
        "© 2021 The Example Times. All rights reserved.",
        "Copyright law changed.",
    ),
    Rule(
        "copyright",
        "copyright in another language",
        is_copyright,
        "Alle Rechte vorbehalten. © Lyre Zeitung",
        "Alle Rechte der Anwohner bleiben gewahrt.",
    ),
    Rule(
        "section",
        "section",
        is_section,
        "Latest News, World",
        "World leaders meet",
        in_head_only=True,
    ),
)
