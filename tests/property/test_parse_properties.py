"""Any bytes at all: every document is accounted for, and its own output comes out as it was."""

import re

from deliveries import raw_documents
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.decode import decode, decode_documents, lossy_text
from etl.errors import RULES
from etl.parse import ParsedPage, parse_documents, parse_page

LINES = st.sampled_from(
    [
        " date 2024-01-19 ",
        "Home » News » World »",
        "Northern quay of Port Lyre closed",
        "By Ana Li, Ben Oz",
        "3 May 2021 | 10:00 PM",
        "LIMA, May 3 (AP) — The quay was closed.",
        "ALSO READ",
        "The first ships sail in March.",
        "Comments",
        "___",
        "Disclaimer: from a feed.",
        "The post T appeared first on S.",
        "    Shr nine cts vs seven",
        " REUTER",
        "He said that it would rain for days, and that no ship could leave the port. (ANI)",
        "(Ann Lee/Reuters)",
        "Tag: harbour",
        "World",
        "Ana Li",
        "Ana Li 47 seconds ago",
        "PTI | Moscow | Updated: 10-10-2020 06:18 IST",
        "KARACHI: World",
        "KARACHI: Kochi: Share Save",
        "QUITO, May 4 (AP) — LIMA, May 3 (AP) — date 2024-01-19 The quay was closed.",
        "By Ana Li. (ANI)",
        "Northern quay closed. Northern quay closed. Ships wait for days at the other one now.",
        "Will the northern quay of Port Lyre ever be open to ships again?",
        "Северная набережная закрыта до конца мая",
        "Source: Example Post. ENDS (ANI)",
        "    date 2024-01-19 Net two vs one",
        "    Northern quay closed",
        "",
    ]
)
PAGES = st.lists(LINES | st.text(max_size=80), max_size=25).map("\n".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
RAW = st.one_of(
    st.binary(max_size=400),
    st.builds(lambda page, encoding: page.encode(encoding), PAGES, ENCODINGS),
    st.builds(lambda page: page.encode("cp1252", errors="replace"), PAGES),
    st.builds(lambda page: page.encode().decode("latin-1").encode(), PAGES),
)


@given(st.lists(RAW, max_size=6))
@example([b"\xd2"])
@settings(deadline=None)
def test_every_delivery_ends_as_article_or_rejection(raws: list[bytes]) -> None:
    raw = raw_documents(raws)
    documents, undecoded = decode_documents(raw)
    articles, unparsed, _ = parse_documents(documents)
    ended = [
        delivery for frame in (articles, undecoded, unparsed) for delivery in frame["delivery_id"]
    ]
    assert sorted(ended) == sorted(raw["delivery_id"])
    for frame in (undecoded, unparsed):
        assert all(RULES[row["rule"]].stage == row["stage"] for row in frame.iter_rows(named=True))


@given(RAW)
@example(b"\xc3\xa2\xe2\x82\xac\xe2\x84\xa2")
@example(b"\xc3\x83\x01\xc2\xa9 &#38;amp; \xef\xbb\xbf")
@settings(deadline=None)
def test_decoding_its_own_output_changes_nothing(raw: bytes) -> None:
    text = decode(raw)
    if isinstance(text, str):
        assert decode(text.encode()) == text


@given(RAW)
def test_decoded_text_is_clean(raw: bytes) -> None:
    text = decode(raw)
    if isinstance(text, str):
        assert text.strip()
        assert not set(text) & set(map(chr, (*range(9), *range(11, 32), *range(127, 160))))


@given(st.binary(max_size=300))
def test_lossy_text_never_fails(raw: bytes) -> None:
    assert "\x00" not in lossy_text(raw)


@given(PAGES)
@settings(deadline=None)
def test_cuts_slice_back_to_the_page(text: str) -> None:
    for cut in parse_page(text).furniture:
        assert (
            cut.text.split()
            == text[cut.start : cut.end]
            .replace("\u00ad", "")
            .replace("\u200b", "")
            .replace("\u2060", "")
            .split()
        )


@given(PAGES)
@example("A\nPA_0")
@settings(deadline=None)
def test_no_word_of_a_page_is_lost(text: str) -> None:
    """Every word ends in some part, but for the share words beside a byline."""
    page = parse_page(text)
    parts = [page.header_date, page.title, page.byline, page.dateline, page.body, page.trailer]
    kept = [*parts, *page.stamps, *(cut.text for cut in page.furniture)]
    lost = _words(text) - _words(" ".join(filter(None, kept)))
    assert lost <= {"share", "save", "date"}


def _words(text: str) -> set[str]:
    """An underscore parts words: "PARIS_The quay" opens with a dateline."""
    return set(re.findall(r"[^\W_]+", re.sub("[\u00ad\u200b\u2060]", "", text).casefold()))


@given(PAGES, st.none() | st.sampled_from(["", "Quay shut", "Northern quay closed again"]))
@settings(deadline=None)
def test_parsing_a_body_again_finds_nothing(text: str, given_title: str | None) -> None:
    """Own output is a body under its title; "" says that it has none."""
    once = parse_page(text, given_title=given_title)
    again = parse_page(once.body, given_title=once.title or "")
    assert again == ParsedPage(
        header_date=None,
        title=once.title,
        headline=None,
        byline=None,
        dateline=None,
        dateline_place=None,
        dateline_day=None,
        stamps=(),
        body=once.body,
        trailer=None,
        furniture=(),
    )
