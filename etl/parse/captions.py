"""Captions: the words under a picture, and who took it.

What belongs here: the shapes of captions and photo credits. What does not: credits of the
text (etl/parse/trailer.py).
"""

import re

from etl.lexicon import fill, pattern, words
from etl.lexicon.agencies import agency_names
from etl.parse.lines import count_words, ends_sentence
from etl.tables import made_of_tables

# With its credit at the end, and behind an agency; longer ones are paragraphs.
MOST_CAPTION_WORDS = 60
MOST_LED_WORDS = 45
MOST_CREDIT_WORDS = 10
# A caption tells what is to be seen; three sentences with a name behind them are a report.
MOST_CAPTION_SENTENCES = 2
SENTENCE_END = re.compile(r"[.!?][\"”’]?\s+(?=[\"“‘]?[A-ZÀ-Þ]|$)")

NAME = r"[\w.'’\- ]{2,40}"

LABEL = re.compile(
    r"(?i:image (?:source|caption|credit)|media caption|photo(?:graph)? ?(?:by|credit)"
    r"|photos? ?[:|]|picture ?(?:credit|:)|pic ?:|images? ?:|video ?:"
    r"|file (?:photo|picture|image) ?[:\-–—]|caption ?:|courtesy ?:|watch ?:|watch video"
    r"|photo courtesy|view image in fullscreen )"
    r"|(?:FILE|File) [\-–—] "
)
# "(AP Photo/Ann Lee)", "(Photo by Ann Lee)", "(Reuters/Ann Lee)", "(File Photo)" at the end
CREDIT_AT_END = (
    r"\((?:AP Photo|(?i:photos?|images?|picture|pic|photo credit|credit)(?i: by| courtesy(?: of)?)?"
    r"\s?[:/ ])[^()]{0,60}\)\.?$|\(@MARKED/[^()]{2,40}\)\.?$"
    r"|\((?:File [Pp]hoto|FILE|Representational image)\)\.?$"
)
# "(Ann Lee/Reuters)" at the end may have taken the picture, or written the text.
NAME_AT_END = rf"\({NAME}/\s?@MARKED(?:\s?[/,][^()]{{0,40}})?\)\.?$"
# "A ferry at the quay on Monday. REUTERS/Ann Lee"
AGENCY_AT_END = rf"(?<=[.!?\"”])\s(?:{NAME}/\s?@SURE|@SURE\s?/\s?{NAME})$"
PICTURES = ("photo", "picture", "image")
PHOTOGRAPHER = re.compile(
    r"\b(?:(?i:photographer)\s?:|(?i:photograph|photo|picture|image)s? (?:by|BY|By):?)\s[A-Z]"
)
CREDIT_ALONE = (
    rf"(?i:credits?)\s?[:|–\-]\s?(?:{NAME}(?:\s?/\s?| via )@MARKED|@MARKED\s?/\s?{NAME})\.?|"
    rf"@LIBRARY|@SURE\s?/\s?{NAME}|(?:{NAME}/\s?)?@MARKED(?:\s?/\s?@MARKED)+"
    rf"|{NAME} via @MARKED"
    r"|(?i:\(?(?:file|representational) (?:photo|picture|image)\)?(?:\s?\([^()]{0,40}\))?\.?)"
    r"|(?i:\(?(?:image|photo) for representation(?:al purposes?)?(?: only)?\)?\.?)"
)
# "Credit: Reuters", "© AFP" above running text; below it, it is the text's.
CREDIT_ABOVE_TEXT = (
    rf"(?:(?i:credits?)\s?[:|–\-]|©)\s?(?:{NAME}[/,]\s?)?@MARKED(?:\s?/\s?{NAME})?\.?"
)
# "Reuters The quay", "AFP via Getty Images The quay", "Ann Lee/Getty The quay"
LEADING_AGENCY = (
    r"(?:[A-ZÀ-Þ][\w.'’\- ]{1,30}?(?:\s?/\s?| via )){0,2}@SURE"
    r"(?: via @SURE)?\s(?=[A-ZÀ-Þ“\"'‘])(?!@SURE$)"
)


@made_of_tables
def _compiled(shape: str) -> re.Pattern[str]:
    """A shape with the agencies and libraries of the tables.

    Within brackets or beside a slash any of their names counts; elsewhere one that is a word too
    would take a headline for a caption.
    """
    agencies, others = agency_names(), words("picture_credits", "library", "nobody")
    parts = {
        "SURE": pattern(agencies.sure | others),
        "MARKED": pattern(agencies.marked | others),
        "LIBRARY": pattern(words("picture_credits", "library")),
    }
    return re.compile(fill(shape, parts))


def is_labelled_caption(text: str) -> bool:
    """ "Image source, Example Images", "FILE - The bridge", "Watch: Fire in the market", and in
    other languages a credit that names nobody but who took it: "Foto: Ann Lee/dpa"."""
    if LABEL.match(text) is not None:
        return True
    label = _credit_label().match(text)
    if label is None:
        return False
    return count_words(text[label.end() :]) <= MOST_CREDIT_WORDS and not ends_sentence(text)


@made_of_tables
def _credit_label() -> re.Pattern[str]:
    return re.compile(rf"(?i){pattern(words('picture_credits', 'label'))}\s?[:：|]\s?")


def is_captioned_credit(text: str) -> bool:
    """A caption that ends in the credit, or names the photographer."""
    if _names_photographer(text) or _ends_in(CREDIT_AT_END, text, "("):
        return count_words(text) <= MOST_CAPTION_WORDS
    name = _ends_in(NAME_AT_END, text, "(") or _ends_in(AGENCY_AT_END, text, "/")
    if name is None or count_words(text) > MOST_CAPTION_WORDS:
        return False
    return _count_sentences(text[: name.start()]) <= MOST_CAPTION_SENTENCES


def _names_photographer(text: str) -> bool:
    has_picture = any(map(text.casefold().__contains__, PICTURES))
    return has_picture and PHOTOGRAPHER.search(text) is not None


def _ends_in(shape: str, text: str, needed: str) -> re.Match[str] | None:
    """A credit at the end of a line; none can be there without what is ``needed``."""
    return _compiled(shape).search(text) if needed in text else None


def _count_sentences(text: str) -> int:
    return len(SENTENCE_END.findall(text))


def is_photo_credit(text: str) -> bool:
    """A credit alone on its line."""
    return _compiled(CREDIT_ALONE).fullmatch(text) is not None


def may_credit_picture(text: str) -> bool:
    """A credit that is a picture's where running text follows: "Credit: Reuters", "© AFP"."""
    return _compiled(CREDIT_ABOVE_TEXT).fullmatch(text) is not None


def is_led_by_agency(text: str) -> bool:
    """ "Getty Images The bridge in March 2019": a caption whose credit comes first.

    It is no sentence; "Reuters Breakingviews says so." is.
    """
    return (
        _compiled(LEADING_AGENCY).match(text) is not None
        and not ends_sentence(text)
        and count_words(text) <= MOST_LED_WORDS
    )
