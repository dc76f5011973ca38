"""Furniture: what stands on a page beside the article.

What belongs here: one small rule per shape of line, each with an example and, where it is
easily mistaken, a counter-example. What does not: where in the page a rule applies and what
follows from it (etl/parse/page.py), and credits that are kept (etl/parse/trailer.py).

To add a shape, add a ``Rule`` with an example; the tests run every example. A rule sees one
block of at most ``REACH`` characters, so none can eat an article.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from etl.parse.lines import count_words, ends_sentence

REACH = 400

SHARE_WORDS = frozenset(
    """share shares save print email e-mail mail facebook twitter tweet x whatsapp telegram reddit
    linkedin pinterest pin it instagram viber messenger copy link copied url flipboard pocket tumblr
    sms skype vk threads bluesky messenger youtube tiktok rss via on this article story post page
    with friends to clipboard by or more font size a+ a- aa follow us google news listen like
    bookmark comment comments subscribe gift""".split()
)
SHARE_CORE = frozenset(
    """share shares save print facebook twitter tweet whatsapp telegram reddit linkedin pinterest
    email e-mail viber messenger flipboard bookmark follow clipboard copied""".split()
)
AGENCIES = (
    r"AP|AFP|Reuters|REUTERS|EPA|EPA-EFE|EFE|ANI|PTI|IANS|AAP|Getty Images|Getty|Shutterstock"
    r"|Xinhua|TASS|Sputnik|Anadolu|PA Media|PA|dpa|Alamy|Bloomberg|iStock|Unsplash|Pixabay|NurPhoto"
)
NEWS_SECTIONS = frozenset(
    """world news latest top local national international business politics sport sports opinion
    entertainment technology tech science health lifestyle culture economy finance markets asia
    africa europe americas america middle east us uk pakistan india home regional headlines
    breaking featured travel education environment weather crime society life arts video videos
    photos pictures gallery live trending popular editorial editorials columns""".split()
)


@dataclass(frozen=True)
class Rule:
    """One shape of furniture.

    ``opens`` marks a heading behind which other stories or comments follow;
    ``in_head_only`` a line that may also be a crosshead inside the article.
    """

    kind: str
    name: str
    matches: Callable[[str], bool]
    example: str
    counter_example: str = ""
    opens: bool = False
    in_head_only: bool = False


def _pattern(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.search(text) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"[\w+\-]+", text.casefold())


def is_share_bar(text: str) -> bool:
    """Only the words of sharing, one of them unmistakable; counts between them may stand."""
    words = _words(text)
    return (
        0 < len(words) <= 40
        and any(word in SHARE_CORE for word in words)
        and all(word in SHARE_WORDS or word.isdigit() for word in words)
    )


def is_section(text: str) -> bool:
    """Section names alone: "World", "Latest News, World", "Home / Asia"."""
    words = [word for word in _words(text) if word not in ("and", "of", "the")]
    return 0 < len(words) <= 6 and all(word in NEWS_SECTIONS for word in words)


def is_breadcrumb(text: str) -> bool:
    """Steps between arrows, or a menu that starts at Home."""
    if count_words(text) > 30 or ends_sentence(text):
        return False
    arrows = len(re.findall(r"[»›→▸]| > ", text))
    return arrows >= 2 or bool(re.match(r"(?i)home\s?(?:[»›→▸>/|\\-]|news\b)", text))


def is_counter(text: str) -> bool:
    """Numbers that count views, or single signs: "501.5", "Hits: 4", "x", "00:00"."""
    if len(text) > 40:
        return False
    if re.fullmatch(
        r"(?i)(?:hits|views|reads|likes|shares|comments|page views|visits|votes)\s?[:\-(]?\s?"
        r"[\d.,]+\s?[km]?\)?",
        text,
    ):
        return True
    if re.fullmatch(
        r"(?i)[\d.,]+\s?[km]?\s(?:hits|views|reads|likes|shares|comments?|visits|votes)", text
    ):
        return True
    if re.fullmatch(r"(?i)\d{1,3}\s?-?min(?:ute)?s?\s(?:read|listen)(?:\s?time)?", text):
        return True
    return re.fullmatch(r"[\d.,:%+\-\s]{1,14}[kKmM]?|[xX×]|[^\w\s]{1,5}", text) is not None


def is_photo_credit(text: str) -> bool:
    """A credit of a picture, with or without the caption before it."""
    return count_words(text) <= 60 and _PHOTO_CREDIT.search(text) is not None


_PHOTO_CREDIT = re.compile(
    rf"\((?:AP Photo|(?:Photo|Image|Picture|Pic|Credit|Photo credit)s?(?: by| courtesy)?\s?:?)"
    rf"[^()]{{0,60}}\)\.?$|\((?:[\w.'’\- ]{{2,40}}/\s?(?:{AGENCIES})(?:\s?[/,][^()]{{0,40}})?"
    rf"|(?:{AGENCIES})/[^()]{{2,40}}|File [Pp]hoto|FILE|Representational image)\)\.?$"
    rf"|^(?:{AGENCIES})\s?/\s?[\w.'’\- ]{{2,40}}$"
    r"|^(?i:file (?:photo|picture|image)|representational (?:image|photo)|image for representation)"
    r"(?i:\s?\(.{0,40}\))?\.?$"
)

RULES: tuple[Rule, ...] = (
    Rule("share", "share bar", is_share_bar, "Share Save", "Shares fell"),
    Rule(
        "share",
        "share invitation",
        _pattern(
            r"(?i)^(?:share (?:this|on|via)|follow (?:us|@)|join (?:us|our)\b.{0,30}"
            r"(?:telegram|whatsapp)|click (?:here )?to share).{0,80}$"
        ),
        "Share this story with your friends",
    ),
    Rule("navigation", "breadcrumb", is_breadcrumb, "Home » News » World »", "Home prices rose."),
    Rule(
        "navigation",
        "control",
        _pattern(
            r"(?i)^(?:skip to (?:main )?content|menu|search|log ?in|sign (?:in|up)|sign out|register"
            r"|subscribe(?: now)?|my account|toggle navigation|back to top|next|previous|prev|close"
            r"|open|show (?:more|less)|load more|view (?:all|more)|see (?:all|more)|more|e-?paper"
            r"|next (?:article|post|story)|previous (?:article|post|story)|play(?: video)?|pause|mute"
            r"|unmute|watch live|listen to (?:this )?article|text size|dark mode|language|english"
            r"|accept(?: all)?(?: cookies)?|gallery|by continuing.{0,120}cookies?.{0,60}"
            r"|we use cookies.{0,200}|this (?:site|website) uses cookies.{0,200}"
            r"|enable javascript.{0,80}|your browser does not support.{0,80})\.?$"
        ),
        "Skip to content",
        "More rain is on the way",
    ),
    Rule("counter", "counter", is_counter, "Hits: 4", "2024 elections"),
    Rule("separator", "rule", _pattern(r"^[_\-*=~•·.–—\s]{2,}$"), "___"),
    Rule(
        "live",
        "time of a live page",
        _pattern(r"(?i)^\d{1,2}[:.]\d\d\s?(?:[ap]\.?\s?m\.?)?(?:\s?\(?[A-Z]{2,4}\)?)?$"),
        "10:45 a.m.",
    ),
    Rule(
        "advertisement",
        "advertisement",
        _pattern(
            r"(?i)^[\-–—\[(*\s]{0,4}(?:(?:skip |story continues (?:below|after) |article continues"
            r" (?:below|after) |continues after |remove )?(?:this |the )?(?:advertisement|advert|ads?)"
            r"|advertis(?:ement|ing) .{0,20}|sponsored(?: content| links?| by .{0,30})?|promoted"
            r"|scroll (?:down )?to continue.{0,40}|story continues below|article continues below"
            r"|continue reading(?: below)?)[\-–—\])*\s:.]{0,4}$"
        ),
        "Article continues after this advertisement",
        "Advertisement revenue fell by half",
    ),
    Rule(
        "advertisement",
        "subscription offer",
        _pattern(
            r"(?i)^(?:save (?:over )?\d+%|save now on|subscribe (?:to|for|now)\b|then .{1,12} per month"
            r"|complete digital access|essential digital access|cancel anytime|try unlimited access"
            r"|unlock (?:this article|the full)|only .{1,8} for (?:your first|\d)|already a subscriber"
            r"|get (?:the|our) .{0,60}newsletter|sign up (?:for|to) .{0,80}|download (?:the|our) .{0,40}"
            r"\bapp\b|click here to (?:subscribe|join|get).{0,80}|for (?:the )?latest .{0,60}"
            r"(?:follow|subscribe|download).{0,80}).{0,160}$"
        ),
        "Save over 40% on Standard Digital",
        "Save the Children said on Monday that it would leave.",
    ),
    Rule(
        "caption",
        "labelled caption",
        _pattern(
            r"^(?i:image (?:source|caption|credit)|media caption|photo(?:graph)?s? ?(?:by|credit|:)"
            r"|picture ?(?:credit|:)|pic ?:|image ?:|credit ?:|video ?:|file photo ?[:\-–—]"
            r"|file (?:–|-|—) |caption ?:|courtesy ?:|watch ?:|watch video|photo courtesy)"
        ),
        "Image source, Example Images",
    ),
    Rule(
        "caption",
        "photographer",
        _pattern(r"\b(?:(?i:photographer)\s?:|(?i:photograph|photo|picture|image)s? by:?)\s[A-Z]"),
        "A bridge in Suva. Photographer: Ann Lee/Example",
        "The photographer was freed on Monday.",
    ),
    Rule(
        "caption",
        "photo credit",
        is_photo_credit,
        "A bridge in Suva. (Ann Lee/Reuters)",
        "He spoke (in English) to them.",
    ),
    Rule(
        "caption",
        "caption after its agency",
        lambda text: (
            _LEADING_CREDIT.match(text) is not None
            and not ends_sentence(text)
            and count_words(text) <= 45
        ),
        "Getty Images The bridge in March 2019",
        "Reuters reported the bridge was closed.",
    ),
    Rule(
        "related",
        "pointer to another story",
        _pattern(
            r"(?i)^[\-–—•▪►>*\[(\s]{0,4}(?:also read|read also|read more|read next|must read|also see"
            r"|see also|also watch|related(?: (?:story|stories|article|articles|news|topics?|posts?"
            r"|content|coverage))?|more from .{0,40}|recommended(?: for you)?|suggested|don['’]?t miss"
            r"|you (?:may|might) (?:also )?(?:like|be interested).{0,30}|top stories|most (?:read|popular"
            r"|viewed)|trending(?: news| now| stories)?|latest (?:news|stories|updates)|more (?:news"
            r"|stories|on this(?: story)?)|editor['’]?s['’]? (?:picks?|choice)|in case you missed it"
            r"|what to read next|read the full story|read full article|recent posts|popular posts"
            r"|other stories|more top stories|next up|up next|promoted stories|elsewhere on the web"
            r"|around the web)(?:\s?[:\-–—|»>\])]|\s?$)"
        ),
        "ALSO READ: Rain stops play",
        "Related companies were fined on Monday.",
        opens=True,
    ),
    Rule(
        "tags",
        "tags",
        _pattern(
            r"(?i)^[\-–—•*\s]{0,4}(?:tags?|tagged(?: in| with)?|topics?|keywords?|filed under|categor(?:y"
            r"|ies)|posted in|read more on|labels?|in this (?:article|story))\s?(?:[:,|#]|$)|^(?:#\w+[\s,]*)"
            r"{2,}$|^tagged (?:in|with|as) .{0,200}$|^Tagged (?:in|with|as) .{0,200}$"
        ),
        "- READ MORE ON: rain, cricket",
        "Tags were found on the bird.",
    ),
    Rule(
        "comments",
        "comments",
        _pattern(
            r"(?i)^(?:\d+ )?(?:comments?|responses?|replies)(?: \(?\d+\)?)?(?: are closed.?)?:?$"
            r"|^(?:leave|post|write|add|submit) (?:a |your )?(?:comment|reply|response).{0,40}$"
            r"|^(?:view|show|load|read|see) (?:all |\d+ )?(?:comments?).{0,20}$|^join the (?:conversation"
            r"|discussion).{0,40}$|^your email address will not be published.{0,80}$"
            r"|^be the first to comment.{0,40}$|^cancel reply$|^(?:name|email|website)\s?\*?$"
        ),
        "Leave a Reply",
        "Comments by the minister angered many.",
        opens=True,
    ),
    Rule(
        "copyright",
        "copyright",
        _pattern(
            r"(?i)^(?:©|\(c\)|&copy;|copyright (?:©|\(c\)|by\b|\d{4})).{0,250}$|^.{0,120}\ball rights reserved\b.{0,200}$"
            r"|^(?:©|.{0,60}©)\s?(?:19|20)\d\d.{0,120}$|^reproduction (?:in whole )?.{0,120}prohibited.{0,60}$"
            r"|^(?:terms (?:of (?:use|service)|and conditions)|privacy policy|cookie policy|contact us"
            r"|about us|advertise with us).{0,160}$"
        ),
        "© 2021 The Example Times. All rights reserved.",
        "Copyright law changed.",
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

_LEADING_CREDIT = re.compile(rf"(?:{AGENCIES})(?: via (?:{AGENCIES}))?\s(?=[A-Z“\"'])")


def find_furniture(text: str) -> Rule | None:
    """The first rule that takes ``text``, a whole block, for furniture."""
    if len(text) > REACH:
        return None
    return next((rule for rule in RULES if rule.matches(text)), None)
