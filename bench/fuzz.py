"""Mutated documents and drops through the stages, for some seconds of processor time.

    python -m bench.fuzz [--seconds 60] [--seed 1] [--target NAME ...]

What belongs here: the targets, how an input is changed, and the search. What does not: the
findings, which are tests.

Each target gets inputs that are mutations of sound and hostile ones: bytes flipped, cut, doubled
and spliced, at places that words or numbers end. An input that makes the target raise, or run
on for long, is shrunk by halves and printed with its seed; the command then ends with 1.
"""

import argparse
import io
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache

from bench.faults.shapes import SHAPES, text_of
from etl.dates.articles import date_articles
from etl.dates.delivered import read_given, read_header
from etl.dates.readings import read_dates
from etl.decode import decode
from etl.extract.article import read_article
from etl.extract.gazetteer.dictionary import load_gazetteer
from etl.extract.passes import run_passes
from etl.landing.drops import SUFFIXES, read_documents
from etl.landing.limits import Limits
from etl.parse import judge, parse_page
from etl.parse.markup import not_text, without_markup
from etl.schema import PARSED_ARTICLES

LONGEST_SECONDS = 5.0
"""Of processor time, for inputs of some kilobytes."""
MOST_BYTES = 4_000
SMALL = Limits(document_bytes=20_000, record_bytes=20_000, member_bytes=100_000, file_bytes=200_000)
NIGHT = date(2024, 2, 1)

Target = Callable[[bytes], object]

gazetteer = cache(load_gazetteer)


def _drops(raw: bytes) -> None:
    """The first byte chooses the kind of file."""
    suffix = SUFFIXES[raw[0] % len(SUFFIXES)] if raw else ".txt"
    for document in read_documents(f"a{suffix}", io.BytesIO(raw[1:]), limits=SMALL):
        assert len(document.raw) <= SMALL.document_bytes


def _decode(raw: bytes) -> None:
    text = decode(raw)
    if isinstance(text, str):
        assert decode(text.encode()) == text
        text.encode()


def _parse(raw: bytes) -> None:
    text = decode(raw)
    if isinstance(text, str) and not_text(text) is None:
        page = parse_page(without_markup(text))
        judge(page)
        assert parse_page(page.body, given_title=page.title or "").body == page.body


def _dates(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    for read in (read_header, read_given):
        assert len(read(text).readings) <= 2
    read_dates(text, origin="stamp")
    row = dict.fromkeys(PARSED_ARTICLES.column_names)
    known = {"delivery_id": "d", "file_name": "f", "body": text, "stamps": [text], "word_count": 1}
    more = {"language_code": "en", "ingested_on": NIGHT, "given_published_at": text[:60]}
    dated, rejected = date_articles(PARSED_ARTICLES.frame([{**row, **known, **more}]))
    assert dated.height + rejected.height == 1
    assert all(isinstance(at, datetime) for at in dated["published_at"].drop_nulls())


def _gazetteer(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    row = {"title": text[:80], "dateline": text[:40], "body": text, "language_code": "en"}
    article = read_article(row, gazetteer())
    run_passes(article)
    for mention in article.mentions:
        assert article.texts[mention.field][mention.start : mention.end] == mention.text


TARGETS: dict[str, Target] = {
    "drops": _drops,
    "decode": _decode,
    "parse": _parse,
    "dates": _dates,
    "gazetteer": _gazetteer,
}


def seeds() -> list[bytes]:
    """Sound and hostile inputs to begin with."""
    article = (
        " date 2024-01-19 Northern quay closed\n\nBy Ana Li\n\nMOMBASA, Kenya (AP) — The harbour"
        " master said on Jan. 19, 2024 at 10:05 p.m. GMT that “all ships” wait.\n\nAlso read\n"
    )
    record = b'{"text": "Ships wait in Kenya.", "published_at": "2024-01-19T10:05:00Z"}\n'
    rows = b'text,title,published_at\n"Ships, all","x",2024-01-19\n'
    shapes = (text_of(shape, 200).encode("utf-8", "replace") for shape in SHAPES)
    return [article.encode(), article.encode("utf-16"), record * 3, rows * 3, *shapes]


def mutated(order: random.Random, pool: Sequence[bytes]) -> bytes:
    """One of the pool, changed at one to eight places, with a byte in front for the drops."""
    raw = bytearray(order.choice(pool))
    for _ in range(order.randint(1, 8)):
        at = order.randint(0, len(raw))
        end = min(len(raw), at + order.choice((1, 2, 4, 16, 64)))
        change = order.randrange(5)
        if change == 0:
            raw[at:end] = order.randbytes(end - at)
        elif change == 1:
            del raw[at:end]
        elif change == 2:
            raw[at:at] = raw[at:end] * order.choice((1, 2, 30))
        elif change == 3:
            other = order.choice(pool)
            start = order.randint(0, len(other))
            raw[at:end] = other[start : start + order.choice((1, 4, 16, 64, 400))]
        else:
            raw[at:at] = order.choice(("\u200b", "\u202e", "\ufeff", "\0", "9" * 30, "(")).encode()
    return order.randbytes(1) + bytes(raw[:MOST_BYTES])


def reason(target: Target, raw: bytes) -> str | None:
    """Why an input is a finding: what it raises, or that it takes long; else None."""
    start = time.process_time()
    try:
        target(raw)
    except Exception as error:  # noqa: BLE001  whatever is raised is what is looked for
        return f"{type(error).__name__}: {error}"[:300]
    taken = time.process_time() - start
    return f"{taken:.1f} s for {len(raw)} bytes" if taken > LONGEST_SECONDS else None


def shrunk(target: Target, raw: bytes, *, tries: int = 200) -> bytes:
    """A shorter input that is still a finding."""
    size = len(raw) // 2
    while size and tries:
        pieces = range(0, len(raw), size)
        shorter = (raw[:at] + raw[at + size :] for at in pieces)
        found = next((one for one in shorter if reason(target, one)), None)
        raw, size, tries = (found, size, tries - 1) if found else (raw, size // 2, tries)
    return raw


def search(name: str, *, seconds: float, seed: int) -> Iterator[tuple[int, bytes, str]]:
    """Findings: how many inputs were tried before, the input made short, and the reason."""
    target, order, pool = TARGETS[name], random.Random(seed), seeds()
    target(b"\0")  # loads what is loaded late
    end, count = time.process_time() + seconds, 0
    while time.process_time() < end:
        raw = mutated(order, pool)
        count += 1
        if reason(target, raw):
            short = shrunk(target, raw)
            yield count, short, reason(target, short) or "passes now"
        elif order.random() < 0.01:
            pool[order.randrange(len(pool))] = raw[1:]
    sys.stdout.write(f"{name}: {count} inputs, seed {seed}\n")


def main(arguments: list[str]) -> int:
    """Search each target for its share of the seconds; whether nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", nargs="*", default=list(TARGETS), choices=list(TARGETS))
    chosen = parser.parse_args(arguments)
    findings = 0
    for name in chosen.target:
        share = chosen.seconds / len(chosen.target)
        for count, raw, why in search(name, seconds=share, seed=chosen.seed):
            findings += 1
            sys.stdout.write(f"{name} after {count}: {why}\n    {raw!r}\n")
            sys.stdout.flush()
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
