"""ZIP: each member for itself, whatever is wrong with one of them or said of its size."""

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from landed import SMALL, json_lines, read, rules, table, texts, zipped

BODY = b"The text of the second member. " * 20
METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def archive(method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    return bytearray(zipped({"a.txt": b"One.", "b.txt": BODY, "c.txt": b"Three."}, method))


def entry_of(content: bytes, name: bytes) -> int:
    """Where the directory speaks of a member."""
    return content.rindex(b"PK\x01\x02", 0, content.rindex(name))


def header_of(content: bytes, name: bytes) -> int:
    """Where the member itself begins."""
    return content.rindex(b"PK\x03\x04", 0, content.index(name))


def wrong_checksum(content: bytearray) -> None:
    struct.pack_into("<I", content, entry_of(content, b"b.txt") + 16, 7)


def encrypted(content: bytearray) -> None:
    for at in (entry_of(content, b"b.txt") + 8, header_of(content, b"b.txt") + 6):
        content[at] |= 1


def unknown_method(content: bytearray) -> None:
    for at in (entry_of(content, b"b.txt") + 10, header_of(content, b"b.txt") + 8):
        struct.pack_into("<H", content, at, 97)


def broken_header(content: bytearray) -> None:
    at = header_of(content, b"b.txt")
    content[at : at + 4] = b"PKxx"


def broken_bytes(content: bytearray) -> None:
    at = content.index(b"b.txt") + len("b.txt")
    content[at : at + 12] = bytes(12)


def too_short(content: bytearray) -> None:
    struct.pack_into("<I", content, entry_of(content, b"b.txt") + 20, 3)


FAULTS = [wrong_checksum, encrypted, unknown_method, broken_header, broken_bytes, too_short]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("break_", FAULTS)
def test_a_member_at_fault_is_rejected_and_those_around_it_are_read(
    break_: Callable[[bytearray], None], method: int
) -> None:
    content = archive(method)
    break_(content)
    documents = read("a.zip", bytes(content))
    assert rules(documents) == [None, "unreadable_file", None]
    assert texts(documents) == [b"One.", b"Three."]
    assert (documents[1].member or "").startswith("b.txt")


@pytest.mark.parametrize("method", METHODS)
def test_what_could_be_unpacked_of_a_member_at_fault_is_kept(method: int) -> None:
    content = archive(method)
    wrong_checksum(content)
    assert BODY.startswith(read("a.zip", bytes(content))[1].raw[:100])


@pytest.mark.parametrize("method", METHODS)
def test_each_method_of_packing_is_read(method: int) -> None:
    assert texts(read("a.zip", bytes(archive(method)))) == [b"One.", BODY, b"Three."]


def doubled(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as file:
        warnings.simplefilter("ignore")
        for name, content in members:
            file.writestr(name, content)
    return buffer.getvalue()


def test_members_of_one_name_are_documents_of_their_own() -> None:
    documents = read("a.zip", doubled(("a.txt", b"One."), ("b.txt", b"Two."), ("a.txt", b"Three.")))
    assert [(d.member, d.raw) for d in documents] == [
        ("a.txt", b"One."),
        ("a.txt", b"Three."),
        ("b.txt", b"Two."),
    ]


def test_texts_of_one_name_have_the_sidecars_of_theirs_in_turn() -> None:
    titles = [json.dumps({"title": title}).encode() for title in ("first", "second")]
    members = [("a.txt", b"One."), ("a.json", titles[0]), ("a.txt", b"Two."), ("a.json", titles[1])]
    documents = read("a.zip", doubled(*members))
    assert [dict(d.given)["title"] for d in documents] == ["first", "second"]


def test_a_sidecar_that_cannot_be_read_rejects_its_text_and_keeps_it() -> None:
    content = bytearray(zipped({"b.json": b'{"title": "T"}', "b.txt": b"Two.", "c.txt": b"3"}))
    struct.pack_into("<I", content, entry_of(content, b"b.json") + 16, 7)
    documents = read("a.zip", bytes(content))
    assert rules(documents) == ["invalid_sidecar", None]
    assert documents[0].raw == b"Two."


def test_a_size_that_is_not_true_is_not_believed() -> None:
    content = bytearray(zipped({"a.txt": b"One.", "b.jsonl": json_lines({"text": "x"}) * 9}))
    struct.pack_into("<I", content, entry_of(content, b"b.jsonl") + 24, 2**31)
    struct.pack_into("<I", content, header_of(content, b"b.jsonl") + 22, 2**31)
    assert rules(read("a.zip", bytes(content)))[0] is None


ZEROS = bytes(2**20)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["b.jsonl", "b.csv", "b.txt", "b.parquet", "b.jsonl.gz"])
def test_a_member_over_its_limit_is_one_rejected_document(name: str, method: int) -> None:
    limits = replace(SMALL, member_bytes=100_000)
    content = zipped({"a.txt": b"One.", name: ZEROS, "c.txt": b"Three."}, method)
    documents = read("a.zip", content, limits=limits)
    assert texts(documents) == [b"One.", b"Three."]
    assert len(documents) == 3


def test_a_file_over_its_limit_is_read_as_far_as_it_goes() -> None:
    limits = replace(SMALL, file_bytes=60_000)
    members = {f"{number}.jsonl": json_lines({"text": "x" * 9_000}) for number in range(9)}
    documents = read("a.zip", zipped(members), limits=limits)
    assert rules(documents) == [None] * 6 + ["too_large"]
    assert "DATELINE_FILE_BYTES" in str(documents[-1].rejection)


def test_packing_that_is_too_tight_ends_the_member_and_names_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("etl.landing.drops.budget.FREE_MEMBER_BYTES", 50_000)
    lines = json_lines({"text": "One of many."}) + b"\n"
    content = zipped({"a.txt": b"One.", "b.jsonl": lines * 20_000, "c.txt": b"Three."})
    documents = read("a.zip", content)
    assert (documents[0].raw, documents[-1].raw) == (b"One.", b"Three.")
    assert [rule for rule in rules(documents) if rule] == ["too_large"]
    assert "DATELINE_PACKING_RATIO" in str(documents[-2].rejection)


def test_a_directory_over_the_limit_of_a_record_is_not_held() -> None:
    members = {f"{number:04d}.txt": b"" for number in range(200)}
    (document,) = read("a.zip", zipped(members))
    assert rules([document]) == ["too_large"]
    assert "its directory" in str(document.rejection)


def test_a_table_in_an_archive_is_read() -> None:
    documents = read("a.zip", zipped({"t.parquet": table({"text": ["One.", "Two."]})}))
    assert [(d.member, d.raw) for d in documents] == [
        ("t.parquet#1", b"One."),
        ("t.parquet#2", b"Two."),
    ]


def test_a_window_of_lzma_that_no_packer_asks_for_is_refused() -> None:
    content = archive(zipfile.ZIP_LZMA)
    at = content.index(b"b.txt") + len("b.txt") + 5
    struct.pack_into("<I", content, at, 2**31)
    documents = read("a.zip", bytes(content))
    assert rules(documents) == [None, "unreadable_file", None]
    assert "window" in str(documents[1].rejection)


def spoilt(
    content: bytes, *, member: bytes, entry: dict[int, bytes], local: dict[int, bytes]
) -> bytes:
    """An archive in which bytes of one member's entry and header are others, by their place."""
    spoilt = bytearray(content)
    for signature, size, changes in ((b"PK\x01\x02", 46, entry), (b"PK\x03\x04", 30, local)):
        at = spoilt.index(member, spoilt.index(signature)) - size
        while not spoilt.startswith(signature, at):
            at = spoilt.index(member, at + size + 1) - size
        for place, new in changes.items():
            spoilt[at + place : at + place + len(new)] = new
    return bytes(spoilt)


UTF8_FLAG = b"\x00\x08"


def test_a_name_that_is_no_utf_8_is_one_odd_path_and_takes_no_other_along() -> None:
    content = zipped({"a.txt": b"One.", "bXX.txt": b"Two.", "bXX.json": b"{}", "c.txt": b"Three."})
    for member in (b"bXX.txt", b"bXX.json"):
        odd = member.replace(b"XX", b"\xff\xfe")
        content = spoilt(
            content, member=member, entry={8: UTF8_FLAG, 46: odd}, local={6: UTF8_FLAG, 30: odd}
        )
    documents = read("a.zip", content)
    assert [(d.member, d.raw) for d in documents] == [
        ("a.txt", b"One."),
        (r"b\xff\xfe.txt", b"Two."),
        ("c.txt", b"Three."),
    ]
    assert rules(documents) == [None] * 3


def test_an_entry_that_asks_for_a_newer_reader_takes_no_other_along() -> None:
    content = zipped({"a.txt": b"One.", "b.txt": b"Two."})
    content = spoilt(content, member=b"a.txt", entry={6: b"\xff"}, local={})
    assert texts(read("a.zip", content)) == [b"One.", b"Two."]


def test_an_extra_field_that_is_cut_short_takes_no_other_along() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, extra in (("a.txt", b"\x99\x99\x04\x00abcd"), ("b.txt", b"")):
            member = zipfile.ZipInfo(name)
            member.extra = extra
            archive.writestr(member, f"Text of {name}")
    content = buffer.getvalue()
    at = content.rindex(b"\x99\x99\x04\x00")
    content = content[: at + 2] + b"\xff\xff" + content[at + 4 :]
    assert texts(read("a.zip", content)) == [b"Text of a.txt", b"Text of b.txt"]


def test_an_archive_behind_other_bytes_is_mended_too() -> None:
    content = zipped({"a.txt": b"One.", "bXX.txt": b"Two."})
    odd = b"b\xff\xfe.txt"
    content = spoilt(
        content, member=b"bXX.txt", entry={8: UTF8_FLAG, 46: odd}, local={6: UTF8_FLAG, 30: odd}
    )
    assert texts(read("a.zip", b"#!/bin/unpack\n" * 9 + content)) == [b"One.", b"Two."]
