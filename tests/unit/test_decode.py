"""Bytes to text, one encoding or repair at a time."""

import datetime

import polars as pl
import pytest

from etl.decode import decode, decode_documents, lossy_text
from etl.errors import Rejection
from etl.schema import RAW_DOCUMENTS

ARABIC = "قالت هيئة الميناء يوم الثلاثاء إن رافعتين ستغلقان للإصلاح"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("The café’s quay".encode(), "The café’s quay", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfThe quay", "The quay", id="utf-8 with mark"),
        pytest.param("The café".encode("utf-16"), "The café", id="utf-16 with mark"),
        pytest.param("The café".encode("utf-16-le"), "The café", id="utf-16-le without mark"),
        pytest.param("The café".encode("utf-16-be"), "The café", id="utf-16-be without mark"),
        pytest.param(ARABIC.encode("utf-16-le"), ARABIC, id="utf-16 without mark, not Latin"),
        pytest.param("The café".encode("utf-32"), "The café", id="utf-32 with mark"),
        pytest.param("The café’s “quay”".encode("cp1252"), "The café’s “quay”", id="windows-1252"),
        pytest.param("Le café fermé".encode("latin-1"), "Le café fermé", id="latin-1"),
        pytest.param("Lyre’s".encode() + b" caf\xe9", "Lyre’s café", id="stray byte in utf-8"),
        pytest.param("quay\u00a0ü".encode()[:-1], "quay\u00a0Ã", id="utf-8 cut in a character"),
        pytest.param(b"one\r\ntwo\rthree", "one\ntwo\nthree", id="line ends"),
        pytest.param("one\u2028two\u2029three".encode(), "one\ntwo\nthree", id="line separators"),
        pytest.param(b"the\x00 qu\x07ay\tis", "the quay\tis", id="control characters"),
        pytest.param(b"rain for\x7fthe year", "rain for the year", id="a wire's delete"),
        pytest.param(b"rain &mdash; wind &amp; fog", "rain — wind & fog", id="references"),
        pytest.param(b"The quay" + bytes(4096), "The quay", id="padding of a disk block"),
    ],
)
def test_encodings_become_text(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@pytest.mark.parametrize(
    "text",
    [
        "The mayor’s “quay” — closed…",
        "ﬁnal ＡＢＣ ½ ①",
        "L’été à la plage, où Ana “nage”",
        "Å, Â and Ã are letters; so is â.",
        "बंदरगाह बंद رہا Порт 港",
        "a\u200dб\u00adc\u00a0d",
    ],
)
def test_correct_text_stays_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text


def test_a_letter_and_its_accent_are_one_character() -> None:
    assert decode("gro\u0308\u00dfere Scho\u0308nheit".encode()) == "größere Schönheit"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_mojibake_is_repaired(encoding: str) -> None:
    text = "The café is closed"
    assert decode(text.encode().decode(encoding).encode()) == text


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        ("The mayor of Ã…lesund came", "The mayor of Ålesund came"),
        ("Ã–rebro and Ã‰vry", "Örebro and Évry"),
        ("AMANHÃ… disse", "AMANHÃ… disse"),
    ],
)
def test_a_single_letter_of_mojibake_is_repaired_within_a_word(broken: str, text: str) -> None:
    assert decode(broken.encode()) == text


def test_mojibake_is_repaired_beside_good_text() -> None:
    broken = "It’s closed".encode().decode("cp1252")
    assert decode(f"Порт\n{broken}\nL’été".encode()) == "Порт\nIt’s closed\nL’été"


@pytest.mark.parametrize("raw", [b"", b" \r\n\t", bytes(60), b"\xef\xbb\xbf\n", b"\xff\xfe"])
def test_white_space_only_is_empty(raw: bytes) -> None:
    outcome = decode(raw)
    assert isinstance(outcome, Rejection)
    assert outcome.rule == "empty"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(bytes(range(256)) * 4, id="binary"),
        pytest.param(b"\x1f\x8b\x08\x00" + bytes(range(1, 200)) * 9, id="compressed"),
        pytest.param("Ақтау порты жаңа айлағын ашты".encode("ptcp154"), id="unsure encoding"),
    ],
)
def test_what_is_no_text_is_undecodable(raw: bytes) -> None:
    outcome = decode(raw)
    assert isinstance(outcome, Rejection)
    assert outcome.rule == "undecodable"
    assert outcome.detail


def test_lossy_text_marks_what_it_cannot_read() -> None:
    assert lossy_text(b"qu\xffay\x00") == "qu\ufffday"


def test_lossy_text_reads_utf_16() -> None:
    assert lossy_text("quay".encode("utf-16-le")) == "quay"


def _raw(**columns: object) -> dict[str, object]:
    return {
        "delivery_id": "d1",
        "path": "a.txt",
        "size": 4,
        "mtime": datetime.datetime(2024, 1, 19),
        "sha256": "0",
        "file_name": "a.txt",
        "raw": b"quay",
        "ingested_on": datetime.date(2024, 1, 19),
        **columns,
    }


def test_documents_keep_what_came_with_them() -> None:
    raw = RAW_DOCUMENTS.frame([_raw(given_title="Quay closed", given_language="en")])
    documents, rejected = decode_documents(raw)
    assert documents.select("text", "given_title", "given_language").row(0) == (
        "quay",
        "Quay closed",
        "en",
    )
    assert rejected.is_empty()


def test_documents_without_text_are_rejected_by_decode() -> None:
    _, rejected = decode_documents(RAW_DOCUMENTS.frame([_raw(raw=b" ")]))
    assert rejected.select("delivery_id", "stage", "rule").row(0) == ("d1", "decode", "empty")


def test_what_landing_rejected_is_passed_on() -> None:
    raw = RAW_DOCUMENTS.frame([_raw(rule="unreadable_file", detail="bad gzip")])
    documents, rejected = decode_documents(raw)
    assert documents.is_empty()
    assert rejected.select("stage", "rule", "detail").row(0) == (
        "landing",
        "unreadable_file",
        "bad gzip",
    )


def test_both_frames_have_their_columns_when_empty() -> None:
    documents, rejected = decode_documents(RAW_DOCUMENTS.frame())
    assert documents.schema["text"] == pl.String()
    assert rejected.columns == [
        "delivery_id",
        "file_name",
        "stage",
        "rule",
        "detail",
        "ingested_on",
    ]


@pytest.mark.parametrize(
    ("raw", "is_text"),
    [
        (b"quay" * 9 + b"\x07" * 8, True),  # up to eight control characters in a short text
        (b"quay" * 9 + b"\x07" * 9, False),
        (b"q" * 980 + b"\x07" * 20, True),  # up to 2 % in a long one
        (b"q" * 979 + b"\x07" * 21, False),
        # Up to four accented letters of ten in Windows-1252.
        (("quayla" + "éüàè").encode("cp1252"), True),
        (("quayl" + "éüàè").encode("cp1252"), False),
        # One broken character of fifty in UTF-16.
        (("q" * 49 + "\ufffd").encode("utf-16"), True),
        (("q" * 48 + "\ufffd").encode("utf-16"), False),
    ],
)
def test_how_much_of_a_text_may_be_broken(raw: bytes, is_text: bool) -> None:
    assert isinstance(decode(raw), str) is is_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a\x00b\x00", "ab"),  # UTF-16 shows by two NULs
        (b"a\x00bc", "abc"),
        # By three of a hundred bytes, all on one side.
        ("д".encode("utf-16-le") * 47 + " ".encode("utf-16-le") * 3, "д" * 47 + " " * 3),
        (b"ab\x00" * 20, "ab" * 20),  # on both sides: padding
    ],
)
def test_nuls_that_tell_of_utf_16(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@pytest.mark.parametrize("escaped", ["amp;", "#38;", "#x26;", "AMP;", "#038;"])
@pytest.mark.parametrize("times", [1, 6, 7, 50])
def test_references_escaped_again_and_again_are_undone(escaped: str, times: int) -> None:
    for reference, meant in (("lt;", "<"), ("#38;", "&"), ("mdash;", "—"), (" ", "& ")):
        text = decode(f"Wind &{escaped * times}{reference}waves".encode())
        assert text == f"Wind {meant}waves"
        assert decode(text.encode()) == text
