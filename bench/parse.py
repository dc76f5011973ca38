"""Accuracy of the parse and source stages on the development corpus: ``python -m bench.parse``.

    python -m bench.parse                              prints the figures
    python -m bench.parse docs/parsing-accuracy.md     writes them between the marks of a page

What belongs here: dates of headers, places of datelines, titles, outlets, and what of a page
is kept. What does not: countries (bench/accuracy.py). Nothing of the corpus is written.
"""

import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from bench.corpus import corpus_folder, load_articles, load_documents
from bench.furniture import compare, load_labels
from bench.watched import watched
from etl.parse import ParsedPage, parse_page
from etl.sources import attribute_sources, load_registry
from etl.sources.names import build_index

BEGIN, END = "<!-- begin figures -->", "<!-- end figures -->"


@dataclass(frozen=True)
class Figure:
    """One line of the table: what, how good, of how many, and what was wanted."""

    name: str
    value: str
    of: str
    target: str = ""


@cache
def pages() -> dict[str, ParsedPage]:
    """Every document taken apart, those that are no article too."""
    rows = load_documents().select("delivery_id", "text").rows()
    read = watched(rows, "parse", "documents", total=len(rows))
    return {doc: parse_page(text) for doc, text in read}


def gold(name: str) -> pl.DataFrame:
    return pl.read_parquet(corpus_folder() / "gold" / f"gold_{name}_dev.parquet")


# -- dates and datelines ------------------------------------------------------------------------


def header_dates() -> Figure:
    """The header as the label has it, wherever the label is no placeholder."""
    labels = pl.concat(
        gold(name).filter(pl.col(real)).select("doc", "date")
        for name, real in (("reuters", "date_ok"), ("feeds", "date_real"), ("geo", "date_real"))
    )
    right = sum(pages()[doc].header_date == day for doc, day in labels.iter_rows())
    return Figure("header date right", _share(right, len(labels)), str(len(labels)), "1.000")


def datelines() -> Iterator[Figure]:
    """The wire's datelines: whether a place is found, and whether it is the city."""
    labels = gold("reuters").select("doc", "dateline_city").rows()
    places = {doc: pages()[doc].dateline_place for doc, _ in labels}
    wanted = sum(city is not None for _, city in labels)
    given = sum(place is not None for place in places.values())
    right = sum(bool(city) and _city(places[doc]) == _city(city) for doc, city in labels)
    yield Figure("dateline city, precision", _share(right, given), str(given), "0.97")
    yield Figure("dateline city, recall", _share(right, wanted), str(wanted), "0.95")


def _city(place: str | None) -> str:
    """ "SAN JOSE, Calif." and "San Jose" are one."""
    return _letters((place or "").split(",")[0])


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# -- titles -------------------------------------------------------------------------------------


def titles() -> Iterator[Figure]:
    """The label's headline is found where the letters agree."""
    for name, what in (("feeds", "feeds"), ("geo", "local news on one line")):
        labels = gold(name).select("doc", "title").rows()
        found = [(pages()[doc].title, title) for doc, title in labels]
        right = sum(_letters(mine or "") == _letters(label) for mine, label in found)
        given = sum(mine is not None for mine, _ in found)
        yield Figure(f"title right, {what}", _share(right, len(found)), str(len(found)))
        yield Figure(f"title right where one is given, {what}", _share(right, given), str(given))


# -- outlets ------------------------------------------------------------------------------------

_CREDIT = r"(?:source\s?:\s?|photographer[^/\n]{{0,60}}/|copyright \d{{4}} (?:the )?){name}"
_SIGN_OFF = re.compile(r"\n\s*reuter\s*\Z", re.IGNORECASE)


def outlets() -> Iterator[Figure]:
    """Publisher or agency of articles whose outlet the labels name."""
    registry = load_registry()
    index = build_index(registry)
    wanted = dict(gold("reuters").select("doc", pl.lit("Reuters")).iter_rows())
    wanted |= dict(gold("feeds").select("doc", "source").iter_rows())
    filed = _filed(registry)
    ids = {doc: index.find(name) for doc, name in wanted.items() if doc in filed}
    named = [doc for doc, source in ids.items() if source and _is_named(doc, source, registry)]
    credited = [doc for doc in named if _is_credited(doc, ids[doc], registry)]
    given = [doc for doc in ids if filed[doc] is not None]
    yield _outlet("outlet right where a credit names it", credited, ids, filed, "0.95")
    yield _outlet("outlet right where its name occurs at all", named, ids, filed)
    yield _outlet("outlet right where one is given (precision)", given, ids, filed, "0.98")


def _outlet(
    name: str,
    docs: Iterable[str],
    ids: dict[str, str | None],
    filed: dict[str, str | None],
    target: str = "",
) -> Figure:
    chosen = list(docs)
    right = sum(filed[doc] == ids[doc] for doc in chosen)
    return Figure(name, _share(right, len(chosen)), str(len(chosen)), target)


def _filed(registry: pl.DataFrame) -> dict[str, str | None]:
    attribution, _ = attribute_sources(load_articles(), registry, derived_by="bench")
    return dict(attribution.select("delivery_id", "source_id").iter_rows())


@cache
def texts() -> dict[str, str]:
    return dict(load_documents().select("delivery_id", "text").iter_rows())


def _names(source_id: str, registry: pl.DataFrame) -> str:
    row = registry.row(by_predicate=pl.col("source_id") == source_id, named=True)
    return "|".join(map(re.escape, (row["name"], *row["aliases"])))


def _is_named(doc: str, source_id: str, registry: pl.DataFrame) -> bool:
    is_signed = source_id == "reuters" and _SIGN_OFF.search(texts()[doc])
    return bool(is_signed or re.search(rf"\b(?:{_names(source_id, registry)})\b", texts()[doc]))


def _is_credited(doc: str, source_id: str | None, registry: pl.DataFrame) -> bool:
    if source_id == "reuters" and _SIGN_OFF.search(texts()[doc]):
        return True
    name = rf"(?:{_names(source_id or '', registry)})\b"
    return bool(re.search(_CREDIT.format(name=name), texts()[doc], re.IGNORECASE))


# -- what is kept -------------------------------------------------------------------------------


def furniture() -> Iterator[Figure]:
    """Own paragraphs and furniture in the bodies of the hand-labelled documents."""
    labels = load_labels()
    bodies = dict(load_articles().select("doc", "body").iter_rows())
    kept = compare(labels, texts(), bodies)
    yield Figure("own paragraphs kept", f"{kept.recall:.3f}", str(kept.paragraphs), "1.000")
    yield Figure(
        "characters of bodies that are furniture",
        f"{kept.furniture_share:.3f}",
        str(kept.body_chars),
        "at most 0.030",
    )
    empty = [doc for doc, spans in labels.items() if all(a == b for a, b in spans)]
    taken = sum(doc in bodies for doc in empty)
    yield Figure("pages without own text taken for articles", str(taken), str(len(empty)))
    for doc in kept.lost:
        sys.stderr.write(f"a paragraph is lost or torn: {doc}\n")


def speed() -> Figure:
    """Pages taken apart in a second on one core."""
    all_texts = list(texts().values())
    started = time.perf_counter()
    for text in all_texts:
        parse_page(text)
    per_second = len(all_texts) / (time.perf_counter() - started)
    return Figure("pages parsed in a second", f"{per_second:.0f}", str(len(all_texts)))


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.3f}"


def figures() -> list[Figure]:
    """All of them, in the order of the page."""
    return [header_dates(), *datelines(), *titles(), *outlets(), *furniture()]


def render(rows: Iterable[Figure]) -> str:
    """A Markdown table."""
    head = ["| what | figure | of | wanted |", "|---|---|---|---|"]
    return "\n".join([*head, *(f"| {r.name} | {r.value} | {r.of} | {r.target} |" for r in rows)])


def main(arguments: list[str]) -> None:
    found = figures()
    if arguments:
        path = Path(arguments[0])
        before, rest = path.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        page = f"{before}{BEGIN}\n{render(found)}\n{END}{after}"
        path.write_text(page, encoding="utf-8")
        return
    for row in (*found, speed()):
        wanted = f"  wanted {row.target}" if row.target else ""
        sys.stdout.write(f"{row.name:48} {row.value:>8}  of {row.of:>6}{wanted}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
