"""CSV: a row at fault is rejected by itself, whatever its quotes, and its neighbours live."""

import csv
import io
import random

import pytest
from landed import SMALL, read, rules, texts
from processor_time import takes_at_most

HEADER = b"text,publisher\n"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize(
    ("rows", "alive"),
    [
        ([b'"Open,A', b"Two,B", b"Three,C"], [b"Two", b"Three"]),
        ([b"One,A", b'"Open,B', b'"Three",C'], [b"One", b"Three"]),
        ([b"One,A", b'Two,"Open', b"Three,C", b'"Four","D"'], [b"One", b"Three", b"Four"]),
        ([b'"Open,A', b'"Open too,B', b"Three,C"], [b"Three"]),
        ([b'He said "yes",A', b'"He said "no" too",B', b"Three,C"], [b'He said "yes"', b"Three"]),
        ([b"One,A", b'"Two" ,B', b"Three,C"], [b"One", b"Three"]),
        ([b"One, two,A", b"Two,B"], [b"Two"]),
        ([b"One,A", b'"Two",B,', b"Three,C"], [b"One", b"Three"]),
        ([b"One,A", b'"Last, open,B'], [b"One"]),
    ],
)
def test_a_broken_row_takes_no_other_with_it(
    rows: list[bytes], alive: list[bytes], ending: bytes
) -> None:
    documents = read("a.csv", ending.join([HEADER.strip(), *rows]))
    assert texts(documents) == alive
    assert set(rules(documents)) == {None, "invalid_record"}
    assert len(documents) == len(rows)


def test_the_paragraphs_of_a_row_with_broken_quotes_are_no_documents() -> None:
    row = b'"Para one.\n\nShe said "yes" to it.\n\nPara three.",Daily\n'
    documents = read("a.csv", HEADER + b"One,A\n" + row + b"Two,B\n")
    assert texts(documents) == [b"One", b"Two"]
    assert rules(documents) == [None, "invalid_record", None]
    assert documents[1].raw.startswith(b'"Para one.')


def test_texts_of_several_lines_and_doubled_quotes_are_whole() -> None:
    bodies = ['One "quoted", and a comma.\n\nA second paragraph.', 'Two\r\nlines, ""', "Three"]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([["text", "url"], *([body, "u"] for body in bodies)])
    documents = read("a.csv", buffer.getvalue().encode())
    assert [document.raw.decode() for document in documents] == bodies


def test_a_row_with_too_few_fields_is_read_as_far_as_it_goes() -> None:
    documents = read("a.csv", b"text,publisher,url\nOne\nTwo,Daily\n\nThree,Daily,u\n")
    assert texts(documents) == [b"One", b"Two", b"Three"]
    assert [document.member for document in documents] == ["1", "2", "3"]


LONG = b"x" * (SMALL.record_bytes + 1)


@pytest.mark.parametrize(
    "row",
    [
        LONG + b",A",
        b'"' + LONG + b'",A',
        b'"' + b"line\n" * SMALL.record_bytes + b'",A',
        b'"' + b'doubled ""\n' * SMALL.record_bytes + b'",A',
        b"A," + LONG + LONG + LONG,
        b",".join([b"ab"] * SMALL.record_bytes),
    ],
    ids=["plain", "quoted", "lines", "doubled quotes", "last field", "fields"],
)
def test_a_row_over_the_limit_is_one_rejected_document(row: bytes) -> None:
    documents = read("a.csv", HEADER + b"One,A\n" + row + b"\nTwo,B\n")
    assert rules(documents) == [None, "too_large", None]
    assert texts(documents) == [b"One", b"Two"]
    assert "DATELINE_RECORD_BYTES" in str(documents[1].rejection)


def test_a_quote_that_closes_nowhere_takes_one_line_also_beyond_the_limit() -> None:
    rows = b"".join(b"Row %d,B\n" % number for number in range(3_000))
    documents = read("a.csv", HEADER + b'"Open,A\n' + rows)
    assert rules(documents) == ["invalid_record", *[None] * 3_000]
    assert documents[-1].raw == b"Row 2999"


def test_a_long_line_with_an_open_quote_is_passed_over_alone() -> None:
    documents = read("a.csv", HEADER + b'"' + LONG + b",A\nTwo,B\nThree,C\n")
    assert rules(documents) == ["too_large", None, None]


def test_a_first_row_over_the_limit_names_it() -> None:
    (document,) = read("a.csv", LONG + b"\n1\n")
    assert rules([document]) == ["too_large"]
    assert "DATELINE_RECORD_BYTES" in str(document.rejection)


def test_fields_without_number_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.landing.drops.csv_lines.MOST_VALUES", 50)
    documents = read("a.csv", HEADER + b"One,A\n" + b"a," * 60 + b"\nTwo,B\n")
    assert rules(documents) == [None, "too_large", None]


def test_a_byte_order_mark_and_strange_bytes_come_through_a_fault() -> None:
    content = b"\xef\xbb\xbf" + HEADER + b'"Open,\xff\n' + b"caf\xe9,A\n" * 2_000
    documents = read("a.csv", content)
    assert texts(documents) == [b"caf\xe9"] * 2_000
    assert documents[0].raw == b'"Open,\xff\n'


@pytest.mark.parametrize("seed", range(20))
def test_any_soup_of_quotes_ends_in_linear_time(seed: int) -> None:
    choose = random.Random(seed)
    pieces = ['"', '""', '"""', ",", "\n", "x", '",', ',"', '"\n', "\r", "y\n"]
    soup = "".join(choose.choices(pieces, k=20_000))
    assert takes_at_most(5, lambda: read("a.csv", HEADER + soup.encode()))
    assert read("a.csv", HEADER + soup.encode())
