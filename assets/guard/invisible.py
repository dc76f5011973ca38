"""Characters that nobody sees, or that make a line look other than it is, by their names.

What belongs here: text on its way to a page, a terminal, a log or Dagster's UI. What does not:
text on its way into a table or an export, which stays as it is.

An escape character in a file's name can clear a terminal, a right-to-left override makes
"exe.txt" of "txt.exe", and a line end forges a line of a log. Left alone is what a script needs:
joiners of Indian and Persian words, soft hyphens, the direction marks that Hebrew and Arabic are
typed with.

Source: Unicode Technical Report 36, section 3.7; Unicode Technical Standard 55, section 2.
"""

import re
import unicodedata

UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tabs and line ends
    "\u180e\u200b"
    "\u2028-\u202e"  # line and paragraph separators, embeddings and overrides
    "\u2060-\u206f"  # isolates, and operators that are invisible
    "\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"  # tags: a text in no letter that can be seen
    "\ud800-\udfff"  # bytes of a file's name that are no text
    "]"
)
LINE_BREAKS = re.compile("[\t\n]")


def shown(text: str) -> str:
    """The text with each such character as its name: ⟨right-to-left override⟩.

    Tabs and line ends stay.
    """
    return UNSEEN.sub(_name_of, text)


def shown_in_line(text: str) -> str:
    """The same, where a line end would forge a line."""
    return LINE_BREAKS.sub(_name_of, shown(text))


def _name_of(match: re.Match[str]) -> str:
    character = match.group()
    name = unicodedata.name(character, "").lower()
    return f"⟨{name or f'U+{ord(character):04X}'}⟩"
