"""Bytes to text: the decode stage.

What belongs here: finding the encoding of a raw document, repairing mojibake, and taking
out the characters that no text has (NUL, control characters). What does not: anything
about the text's meaning, which is the parse stage's, and reading files (etl/landing/drops/).

Correct text comes out exactly as it was: curly quotes, wide characters and ligatures are
left alone. Only line ends are made one kind, and a letter with its accent one character.
"""

import codecs
import html
import re
from functools import cache
from types import ModuleType
from unicodedata import normalize

import polars as pl

from etl.encodings import WESTERN, decoded, find_encoding
from etl.errors import RULES, Rejection
from etl.schema import QUARANTINE, RAW_DOCUMENTS, SIDECAR_COLUMNS, lake_table

GIVEN = tuple(column.name for column in SIDECAR_COLUMNS)
KEPT = ("delivery_id", "file_name", *GIVEN, "given_by", "media_type", "ingested_on")
DOCUMENTS_SCHEMA = pl.Schema(
    {**{name: RAW_DOCUMENTS.polars_schema[name] for name in KEPT}, "text": pl.String()}
)
REJECTED_SCHEMA = lake_table(QUARANTINE).polars_schema

# UTF-32-LE starts with the UTF-16-LE mark, so the longer marks come first.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Space is the only NUL-bearing character of Arabic or Hindi in UTF-16: every 12th byte or so.
LEAST_NUL_SHARE = 0.03
# Eight control characters are noise of a wire, and so are two of a hundred; more are no text.
MOST_CONTROL_SHARE = 0.02
FEW_CONTROLS = 8
# Western European text has some 5 to 15 % accented letters; Cyrillic or Greek that is read
# as Windows-1252 ("Ïðåçèäåíò") has nearly nothing else.
MOST_ACCENTED_SHARE = 0.4
CONTROL_BYTES = bytes({*range(1, 9), *range(14, 32), 127})
# ISO 2022 has bytes of ASCII only, and says by such signs that two of them are a character.
SHIFT_TO_JAPANESE = re.compile(rb"\x1b\$(?:[@B]|\(D)")
SURROGATE = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f\ufeff]")
# On old wires DEL stands where a space was lost ("for<DEL>the year"): it must part words.
DELETE = "\x7f"
# What a UTF-8 lead byte and a continuation byte look like when read as Windows-1252, or a
# C1 control. Merely a cheap guard ("à " with a no-break space trips it): ftfy decides.
CONTINUATION = "\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
CONTINUATION += "\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161"
CONTINUATION += "\u203a\u0153\u017e\u0178"
MOJIBAKE_SIGN = re.compile(f"[\xc2-\xf4][{CONTINUATION}]|[\x80-\x9f]")
# "Ã…lesund", where ftfy is not sure: in "AMANHÃ… " no letter follows.
LETTER_IN_WORD = re.compile(f"[ÃÄÅ][{CONTINUATION}](?=[a-zß-ÿ])")
# "rain &mdash; and wind", left over from the page's markup.
REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,7}|#[xX][0-9A-Fa-f]{2,6});")
# "&amp;amp;amp;lt;": each pass over a page that was escaped again and again leaves one behind.
NESTED = re.compile(r"&(?:(?:amp|AMP|#0{0,5}38|#[xX]0{0,4}26);)+(?=[A-Za-z#])")
MOST_REPAIRS = 6

PAGE = re.compile(r"(?i)\s*(?:text/html|application/xhtml\+xml)\b")
CHARSET = re.compile(r"(?i)\bcharset\s*=\s*[\"']?([\w.:-]{2,40})")
CHARSET_OF_PAGE = re.compile(
    rb"(?i)<(?:meta|\?xml)\b[^<>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})"
)
HEAD_BYTES = 4096
WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
"""What browsers read for an encoding: the wider one that holds it."""
NO_TEXTS = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode"})
"""Codecs of Python that are no encodings of text, or not of a page."""


def decode(raw: bytes) -> str | Rejection:
    """The text of a raw document, or why it has none.

    UTF-8 and UTF-16 (with or without a mark), then what etl/encodings.py is sure of, then
    Windows-1252; a stray Windows-1252 byte in UTF-8 is read as such. Line ends become ``\\n``;
    control characters other than ``\\n`` and ``\\t`` are removed. A letter and its accent are one
    character (NFC), as most write them. Decoding the output again changes nothing.
    """
    text = _characters(raw)
    if isinstance(text, Rejection):
        return text
    text = clean(text)
    if not text.strip():
        return Rejection("empty", f"{len(raw)} bytes, nothing but white space")
    return text


def is_page(media_type: object) -> bool:
    """Whether a document is a page of HTML."""
    return isinstance(media_type, str) and bool(PAGE.match(media_type))


def decode_page(raw: bytes, *, media_type: str = "") -> str | Rejection:
    """The characters of a page of HTML, or why it has none; nothing is cleaned yet.

    A byte order mark, then UTF-8 where it is valid, then the charset that ``media_type`` or the
    page itself names, then as for text.

    Source: WHATWG, Encoding Standard, section 4.2 (labels); a page that is valid UTF-8 is that,
    whatever it says: of the two its label errs more often.
    """
    encoding, rest = _marked(raw)
    if encoding is None and not _is_utf8(rest):
        named = CHARSET.search(media_type) or CHARSET_OF_PAGE.search(rest[:HEAD_BYTES])
        encoding = _known_encoding(named[1]) if named else None
    if encoding is not None:
        text = rest.decode(encoding, errors="replace")
        broken = text.count("\ufffd")
        if broken > MOST_CONTROL_SHARE * len(text):
            detail = f"{broken} of {len(text)} characters broken as {encoding}"
            return Rejection("undecodable", detail)
    else:
        found = _characters(rest)
        if isinstance(found, Rejection):
            return found
        text = found
    if not text.strip():
        return Rejection("empty", f"{len(raw)} bytes, nothing but white space")
    return text.replace("\x00", "")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known_encoding(label: str | bytes) -> str | None:
    """Python's name of an encoding of text; the wider one where browsers take the label so."""
    name = label.decode("ascii", "replace") if isinstance(label, bytes) else label
    try:
        known = codecs.lookup(WIDER.get(name.strip().casefold(), name.strip())).name
    except LookupError:
        return None
    return WIDER.get(known, known) if known not in NO_TEXTS else None


def lossy_text(raw: bytes) -> str:
    """The text of any bytes at all, for people to look at: never fails.

    Bytes that are no text become U+FFFD; NULs are removed, since DuckDB clients cut there.
    """
    encoding, rest = _marked(raw)
    encoding = encoding or _utf16_without_mark(rest) or "utf-8"
    return rest.decode(encoding, errors="replace").replace("\x00", "")


def decode_documents(raw: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Decode every document of a part.

    Args:
        raw: rows of ``schema.RAW_DOCUMENTS``; one whose ``rule`` is set was already
            rejected at landing and is passed on.

    Returns:
        ``documents``: delivery_id, file_name, the given_* columns, ingested_on, text; and
        ``rejected``: delivery_id, file_name, stage, rule, detail, ingested_on. Each input
        row is in exactly one of them, in input order.
    """
    documents, rejected = [], []
    for row in raw.select(*KEPT, "raw", "rule", "detail").iter_rows(named=True):
        outcome = _outcome(row)
        if isinstance(outcome, Rejection):
            rejected.append(_rejected_row(row, outcome))
        else:
            documents.append({**{name: row[name] for name in KEPT}, "text": outcome})
    return (
        pl.DataFrame(documents, schema=DOCUMENTS_SCHEMA, orient="row"),
        pl.DataFrame(rejected, schema=REJECTED_SCHEMA, orient="row"),
    )


def _outcome(row: dict[str, object]) -> str | Rejection:
    if row["rule"] is not None:
        return Rejection(str(row["rule"]), str(row["detail"] or ""))
    raw = row["raw"] if isinstance(row["raw"], bytes) else b""
    if is_page(row["media_type"]):
        return decode_page(raw, media_type=str(row["media_type"]))
    return decode(raw)


def _rejected_row(row: dict[str, object], why: Rejection) -> dict[str, object]:
    kept = {name: row[name] for name in ("delivery_id", "file_name", "ingested_on")}
    return {**kept, "stage": RULES[why.rule].stage, "rule": why.rule, "detail": why.detail}


def _characters(raw: bytes) -> str | Rejection:
    """Bytes to characters, before anything is cleaned."""
    encoding, rest = _marked(raw)
    encoding = encoding or _utf16_without_mark(rest)
    if encoding not in (None, "utf-8"):
        return _wide_text(rest, encoding=str(encoding))
    rest = rest.replace(b"\x00", b"")
    if SHIFT_TO_JAPANESE.search(rest):
        return _older_text(rest, "iso2022_jp_2")
    controls = len(rest) - len(rest.translate(None, CONTROL_BYTES))
    if controls > max(FEW_CONTROLS, MOST_CONTROL_SHARE * len(rest)):
        return Rejection("undecodable", f"{controls} of {len(rest)} bytes are control characters")
    try:
        return rest.decode("utf-8")
    except UnicodeDecodeError:
        return _text_of_bytes(rest)


def _marked(raw: bytes) -> tuple[str | None, bytes]:
    """The encoding that a byte order mark names, and the bytes behind the mark."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return encoding, raw[len(mark) :]
    return None, raw


def _utf16_without_mark(raw: bytes) -> str | None:
    """UTF-16 shows by NULs that all stand at odd (LE) or all at even (BE) places."""
    first, second = raw[0::2].count(0), raw[1::2].count(0)
    if first + second < max(2, LEAST_NUL_SHARE * len(raw)):
        return None
    # NULs in a row are padding of a disk block, not UTF-16.
    letters = len(raw.replace(b"\x00", b""))
    if letters * 2 < len(raw) - 2:
        return None
    if min(first, second) > 0.02 * max(first, second):
        return None
    return "utf-16-le" if second > first else "utf-16-be"


def _wide_text(raw: bytes, *, encoding: str) -> str | Rejection:
    width = 4 if encoding.startswith("utf-32") else 2
    # A file cut off in the middle of a character still has its text.
    whole = raw[: len(raw) // width * width]
    text = whole.decode(encoding, errors="replace")
    broken = text.count("\ufffd") + len(UNWANTED.findall(text)) - text.count("\x00")
    if broken > MOST_CONTROL_SHARE * len(text):
        return Rejection("undecodable", f"{broken} of {len(text)} characters broken as {encoding}")
    return text


def _text_of_bytes(raw: bytes) -> str | Rejection:
    """Text that is not all UTF-8: with stray bytes, or in an encoding from before Unicode.

    In Chinese GB 18030 a third of the characters happen to be valid in UTF-8.
    """
    read = raw.decode("utf-8", errors="surrogateescape")
    stray = len(SURROGATE.findall(read))
    encoding = WESTERN if len(BEYOND_ASCII.findall(read)) - stray >= stray else find_encoding(raw)
    if encoding is None:
        return Rejection("undecodable", "neither UTF-8 nor UTF-16, nor surely of another encoding")
    return _western_text(raw) if encoding == WESTERN else _older_text(raw, encoding)


def _older_text(raw: bytes, encoding: str) -> str | Rejection:
    # A file cut off in the middle of a character still has its text.
    text = decoded(raw, encoding).removesuffix("\ufffd")
    broken = text.count("\ufffd")
    if broken > MOST_CONTROL_SHARE * len(text):
        return Rejection("undecodable", f"{broken} of {len(text)} characters broken as {encoding}")
    return text


def _western_text(raw: bytes) -> str | Rejection:
    """UTF-8 in which single bytes, or all beyond ASCII, are Windows-1252."""
    text = raw.decode("utf-8", errors=_windows_1252_handler())
    letters = sum(map(str.isalpha, text))
    accented = letters - len(re.findall("[A-Za-z]", text))
    foreign = len(re.findall("[^\x00-\u024f\u2000-\u2122]", text))
    if accented - foreign > MOST_ACCENTED_SHARE * letters:
        return Rejection(
            "undecodable", f"neither UTF-8 nor UTF-16, and {accented} of {letters} letters accented"
        )
    return text


@cache
def _windows_1252_handler() -> str:
    codecs.register_error("dateline-windows-1252", _as_windows_1252)
    return "dateline-windows-1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


def clean(text: str) -> str:
    """Repair, then remove, until nothing changes: a removed control may join a sequence."""
    for _ in range(MOST_REPAIRS):
        cleaned = UNWANTED.sub("", LINE_ENDS.sub("\n", _repair(text))).replace(DELETE, " ")
        cleaned = cleaned if cleaned.isascii() else normalize("NFC", cleaned)
        if cleaned == text:
            break
        text = cleaned
    return text


def _repair(text: str) -> str:
    """Undo character references and mojibake.

    Mojibake line by line: a page often glues good and bad parts together.
    """
    if "&" in text:
        text = REFERENCE.sub(lambda found: html.unescape(found[0]), NESTED.sub("&", text))
    if not MOJIBAKE_SIGN.search(text):
        return text
    ftfy = _ftfy()
    text = LETTER_IN_WORD.sub(lambda found: _letter(found[0]), text)
    return "\n".join(
        ftfy.fix_encoding(line) if MOJIBAKE_SIGN.search(line) else line for line in text.split("\n")
    )


def _letter(pair: str) -> str:
    read = pair.encode("cp1252", errors="ignore").decode("utf-8", errors="replace")
    return read if read.isalpha() else pair


@cache
def _ftfy() -> ModuleType:
    """Imported late: most parts of clean UTF-8 never need it."""
    import ftfy

    return ftfy
