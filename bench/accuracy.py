"""Countries on the development corpus, side by side with other tools: ``make bench-accuracy``.

What belongs here: precision, recall and F1 of countries, focus top-1 and speed against the
labels in ``DATELINE_CORPUS``, and writing docs/accuracy.md. What does not: the adapters of
the other tools (bench/peers.py), entity spans, and the golden set (bench/golden.py).

Every labelled document counts, also one that an earlier stage rejected: it has no countries.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import polars as pl

from bench.corpus import corpus_folder, geo_gold, load_articles, reuters_gold
from bench.feeds import HALVES, feed_figures, load_countries, score_sets
from bench.peers import Find, Peer, peers
from bench.place_distances import table
from bench.speed import plain_tokenisation, timed
from etl.extract import build_extractor

PAGE = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"
SHARES = [step / 20 for step in range(1, 15)]

Found = dict[str, set[str]]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One tool's figures; (precision, recall, F1) by set, first-country shares, documents/s."""

    name: str
    about: tuple[float, float, float]
    every: tuple[float, float, float]
    modern: tuple[float, float, float]
    wire_first: float
    local_first: float
    modern_first: float
    per_second: float
    remark: str = ""


def collect(countries: pl.DataFrame) -> Found:
    grouped = countries.group_by("delivery_id").agg("country_code")
    return {doc: set(codes) for doc, codes in grouped.iter_rows()}


def first_share(first: dict[str, str], is_right: Callable[[str, str], bool], docs: int) -> float:
    """Share of ``docs`` whose first country ``is_right``."""
    return sum(is_right(doc, code) for doc, code in first.items()) / docs


def run_dateline(articles: pl.DataFrame) -> Result:
    extractor = build_extractor()
    countries = extractor.extract(articles).article_countries
    everything, focus = collect(countries), collect(countries.filter(pl.col("is_focus")))
    first = dict(
        countries.filter(pl.col("rank") == 1).select("delivery_id", "country_code").iter_rows()
    )
    seconds = timed(lambda: extractor.extract(articles), times=1)
    model = "with its entity model" if extractor.model is not None else "rules only"
    return _result("**Dateline**", focus, everything, first, len(articles) / seconds, model)


def run_peer(peer: Peer, articles: pl.DataFrame) -> Result | str:
    """The peer's figures, or why it could not be run."""
    try:
        find, remark = peer.build(), peer.versions
    except (ImportError, OSError, PackageNotFoundError) as error:
        return f"{peer.name}: not run here ({error})"
    texts = {row["doc"]: _text(row) for row in articles.to_dicts()}
    counts = {doc: Counter(find(text)) for doc, text in texts.items()}
    everything = {doc: set(found) for doc, found in counts.items()}
    about, share = _best_share(counts)
    first = {doc: found.most_common(1)[0][0] for doc, found in counts.items() if found}
    seconds = timed(lambda: _run_all(find, texts), times=2)
    remark = f"{remark}; about: a share of {share:.2f} of the mentions"
    return _result(peer.name, about, everything, first, len(texts) / seconds, remark)


def _text(row: dict[str, Any]) -> str:
    return "\n\n".join(row[field] for field in ("title", "dateline", "body") if row[field])


def _run_all(find: Find, texts: dict[str, str]) -> None:
    for text in texts.values():
        find(text)


def _best_share(counts: dict[str, Counter[str]]) -> tuple[Found, float]:
    """The countries with at least that share of a document's mentions which, of all shares,
    gives the best F1 on the very labels: more than a user could know."""

    def kept(share: float) -> Found:
        return {
            doc: {code for code, n in found.items() if n >= share * found.total()}
            for doc, found in counts.items()
        }

    best = max(SHARES, key=lambda share: score_sets(reuters_gold(), kept(share))[2])
    return kept(best), best


def _result(
    name: str,
    about: Found,
    everything: Found,
    first: dict[str, str],
    per_second: float,
    remark: str,
) -> Result:
    wire, geo, feeds = reuters_gold(), geo_gold(), load_countries()
    return Result(
        name=name,
        about=score_sets(wire, about),
        every=score_sets(geo.countries, everything),
        modern=score_sets({doc: label.countries for doc, label in feeds.items()}, everything),
        modern_first=first_share(first, lambda d, code: code in _about(d), _about_count()),
        wire_first=first_share(first, lambda d, code: code in wire.get(d, ()), len(wire)),
        local_first=first_share(first, lambda d, code: code == geo.focus.get(d), len(geo.focus)),
        per_second=per_second,
        remark=remark,
    )


def _about(doc: str) -> frozenset[str]:
    """The countries that a labelled feed item is about; none for other documents."""
    label = load_countries().get(doc)
    return label.focus if label else frozenset()


def _about_count() -> int:
    return sum(bool(label.focus) for label in load_countries().values())


def page(
    results: list[Result],
    missing: list[str],
    notes: list[str],
    feed_rows: list[str],
    baseline: float,
) -> str:
    """docs/accuracy.md: the table, what its columns mean, and how each tool was used."""
    wire, geo = reuters_gold(), geo_gold()
    rows = [
        f"| {r.name} | {_three(r.about)} | {r.wire_first:.2f} | {_three(r.every)} "
        f"| {r.local_first:.2f} | {_three(r.modern)} | {r.modern_first:.2f} "
        f"| {r.per_second:,.0f} | {r.per_second / baseline:.2f} |"
        for r in results
    ]
    return "\n".join(
        [
            "# Accuracy",
            "",
            "Written by `make bench-accuracy` (`python -m bench.accuracy --write`), which runs",
            "Dateline and what one might pick instead over the same texts, one after the other",
            "on one core.",
            "",
            "| tool | wire, about: P / R / F1 | first | local, every: P / R / F1 | first "
            "| modern, every: P / R / F1 | first | documents/s | multiple |",
            "|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            f"- **wire, about**: {len(wire)} pieces of a newswire of 1987 with the countries that",
            "  its editors say each is about. Dateline gives its countries in focus. The others",
            "  have no such notion: they give the countries with at least some share of a piece's",
            "  mentions, and for each the share was taken that does best on these very labels.",
            f"- **local, every**: {len(geo.countries)} pieces of local news with every place in",
            "  them. All countries that a tool finds.",
            f"- **modern, every**: {len(load_countries())} feed items of 2025 and 2026, title and",
            "  summary, drawn at random and labelled by hand before anything was run on them",
            "  (bench/feeds.py). Many name no country. All countries that a tool finds.",
            "- **first**: how often the first country (others: that with most mentions) is one of",
            "  the wire's, the one with most places in a local piece, or one that a modern item",
            "  is about.",
            "- **documents/s**: on one core, processor time; **multiple** of plain spaCy",
            "  tokenisation in the same run. Dateline also ranks, and finds persons,",
            "  organisations and groups with its model: docs/speed.md has the parts by themselves.",
            "",
            "Dateline's rules were developed and its salience weights fitted on the first two",
            "sets, and errors were looked at in half of the third, so its figures flatter it; a",
            "sealed set of other sources scores the releases.",
            "",
            "## Modern items: both halves, and spans",
            "",
            "`python -m bench.feeds`: what Dateline finds in the half whose errors were looked at",
            "(a), and in the other (b). Spans are exact, over 21 items of each half.",
            "",
            "| figure | a: P / R / F1 | b: P / R / F1 |",
            "|---|---|---|",
            *feed_rows,
            "",
            "How far the score of a mention can be trusted: [calibration.md](calibration.md).",
            "",
            "## Where places lie",
            "",
            "`python -m bench.place_distances`: labelled places of the local news against the row",
            "of `places` that a mention of the same words means. Some labels are of kinds that",
            "the table has not: rivers, streets, counties.",
            "",
            table(),
            "## How each was run",
            *(f"- {note}" for note in notes),
            *(f"- {line}" for line in missing),
            "",
        ]
    )


def _feed_rows() -> list[str]:
    halves = feed_figures()
    return [
        f"| {name} | " + " | ".join(_three(halves[half][name]) for half in HALVES) + " |"
        for name in halves[HALVES[0]]
    ]


def _three(figures: tuple[float, float, float]) -> str:
    precision, recall, f1 = figures
    return f"{precision:.2f} / {recall:.2f} / **{f1:.2f}**"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    parser.add_argument("--no-peers", action="store_true", help="Dateline alone")
    arguments = parser.parse_args()
    articles = load_articles()
    tools = (
        () if arguments.no_peers else peers(corpus_folder().parent / "ner" / "newsmap_english.yml")
    )
    results, missing, notes = [run_dateline(articles)], [], []
    notes.append(f"Dateline: {results[0].remark}")
    for peer in tools:
        outcome = run_peer(peer, articles)
        if isinstance(outcome, str):
            missing.append(outcome)
        else:
            results.append(outcome)
            notes.append(f"{peer.name}: {peer.note} ({outcome.remark})")
    baseline = len(articles) / timed(plain_tokenisation(articles["body"].to_list()))
    for r in results:
        sys.stdout.write(
            "{:40} about {:.4f} {:.4f} {:.4f}  first {:.4f}   ".format(
                r.name.strip("*"), *r.about, r.wire_first
            )
            + "every {:.4f} {:.4f} {:.4f}  first {:.4f}   ".format(*r.every, r.local_first)
            + "modern {:.4f} {:.4f} {:.4f}  first {:.4f}   ".format(*r.modern, r.modern_first)
            + f"{r.per_second:.0f} documents/s\n"
        )
    for line in missing:
        sys.stdout.write(f"{line}\n")
    if arguments.write:
        text = page(results, missing, notes, _feed_rows(), baseline)
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
