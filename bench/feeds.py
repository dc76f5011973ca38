"""Modern feed items, labelled by hand: countries and spans. ``python -m bench.feeds [--misses]``.

What belongs here: reading feed_country_labels.csv and feed_span_labels.csv, scoring against them,
and listing what is missed. What does not: other sets and other tools (bench/accuracy.py).

150 of the feed items of the development corpus were drawn at random; the 138 whose page holds an
article were labelled from the text alone, before anything was run on them. ``countries`` are those
that the text names: by name, people, place, seat of power or an organisation that bears the name.
Persons, companies and moneys alone name none. ``focus`` are those the piece is about. Errors
are looked at in half ``a`` only; half ``b`` is a check on what was made of them. The files
hold ids, codes and offsets; the text stays in the corpus.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.corpus import load_articles
from etl.extract.countries import rank_countries
from etl.extract.mentions import Mention
from etl.schema import LABELS

COUNTRY_LABELS = Path(__file__).with_name("feed_country_labels.csv")
SPAN_LABELS = Path(__file__).with_name("feed_span_labels.csv")
HALVES = ("a", "b")

Span = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Label:
    """What one item names (``countries``) and is about (``focus``)."""

    half: str
    countries: frozenset[str]
    focus: frozenset[str]


@cache
def load_countries() -> dict[str, Label]:
    """The labelled items by document."""
    with COUNTRY_LABELS.open(encoding="utf-8", newline="") as file:
        return {
            row["doc"]: Label(
                row["half"],
                frozenset(filter(None, row["countries"].split(";"))),
                frozenset(filter(None, row["focus"].split(";"))),
            )
            for row in csv.DictReader(file)
        }


def load_spans(articles: dict[str, dict[str, Any]]) -> dict[str, set[Span]]:
    """The labelled spans of each document whose fields are as they were when labelled."""
    spans: dict[str, set[Span]] = defaultdict(set)
    changed: set[str] = set()
    with SPAN_LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            doc, field = row["doc"], row["field"]
            text = articles[doc][field] if doc in articles else None
            if len(text or "") != int(row["field_chars"]):
                changed.add(doc)
            spans[doc].add((field, int(row["start_char"]), int(row["end_char"]), row["label"]))
    for doc in changed:
        sys.stderr.write(f"{doc}: cut otherwise than when it was labelled; spans not scored\n")
    return {doc: found for doc, found in spans.items() if doc not in changed}


def prf(right: int, given: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of counts."""
    precision, recall = right / max(1, given), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def score_sets(
    wanted: Mapping[str, Set[str]], found: Mapping[str, Set[str]]
) -> tuple[float, float, float]:
    """Micro-averaged over (document, country) pairs."""
    right = sum(len(codes & found.get(doc, set())) for doc, codes in wanted.items())
    given = sum(len(found.get(doc, set())) for doc in wanted)
    return prf(right, given, sum(map(len, wanted.values())))


def score_spans(
    wanted: dict[str, set[Span]], found: dict[str, set[Span]], label: str
) -> tuple[float, float, float]:
    """Exact span and label, over the documents of ``wanted``."""
    gold = {(doc, *span) for doc, spans in wanted.items() for span in spans if span[3] == label}
    given = {(d, *span) for d in wanted for span in found.get(d, ()) if span[3] == label}
    return prf(len(gold & given), len(given), len(gold))


def extract() -> tuple[dict[str, dict[str, Any]], dict[str, list[Mention]]]:
    """The labelled items' articles, and the mentions that the pipeline finds in them."""
    from etl.extract import build_extractor

    rows = [row for row in load_articles().to_dicts() if row["doc"] in load_countries()]
    found = build_extractor().find_mentions(rows)
    return {r["doc"]: r for r in rows}, dict(zip((r["doc"] for r in rows), found, strict=True))


def feed_figures() -> dict[str, dict[str, tuple[float, float, float]]]:
    """By half: precision, recall and F1 of countries, of those in focus, and of each label."""
    articles, mentions = extract()
    ranked = {
        doc: rank_countries(found, chars=len(articles[doc]["body"] or ""))
        for doc, found in mentions.items()
    }
    every = {doc: {c.country_code for c in cs} for doc, cs in ranked.items()}
    focus = {doc: {c.country_code for c in cs if c.is_focus} for doc, cs in ranked.items()}
    spans = {d: {(m.field, m.start, m.end, m.label) for m in ms} for d, ms in mentions.items()}
    gold = load_spans(articles)
    found: dict[str, dict[str, tuple[float, float, float]]] = {}
    for half in HALVES:
        labels = {doc: label for doc, label in load_countries().items() if label.half == half}
        own = {doc: kept for doc, kept in gold.items() if doc in labels}
        found[half] = {
            "every country": score_sets({d: v.countries for d, v in labels.items()}, every),
            "focus": score_sets({d: v.focus for d, v in labels.items()}, focus),
            **{label: score_spans(own, spans, label) for label in LABELS},
        }
    return found


def list_misses(half: str) -> None:
    """Write what is missing (-) and extra (+) in the items of one half."""
    articles, mentions = extract()
    gold = load_spans(articles)
    for doc, label in load_countries().items():
        if label.half != half:
            continue
        article, found = articles[doc], mentions[doc]
        ranked = rank_countries(found, chars=len(article["body"] or ""))
        lines = _differences("every", label.countries, {c.country_code for c in ranked})
        focus = {c.country_code for c in ranked if c.is_focus}
        lines += _differences("focus", label.focus, focus)
        if doc in gold:
            given = {(m.field, m.start, m.end, m.label) for m in found}
            lines += [_span_line("-", article, span) for span in sorted(gold[doc] - given)]
            lines += [_span_line("+", article, span) for span in sorted(given - gold[doc])]
        if lines:
            sys.stdout.write(f"{doc} {article['title']}\n" + "".join(lines))


def _differences(name: str, wanted: frozenset[str], given: set[str]) -> list[str]:
    lines = [f"    - {name} {code}\n" for code in sorted(wanted - given)]
    return lines + [f"    + {name} {code}\n" for code in sorted(given - wanted)]


def _span_line(sign: str, article: dict[str, Any], span: Span) -> str:
    field, start, end, label = span
    return f"    {sign} {article[field][start:end]!r} {label}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--misses", action="store_true", help="list the errors of half a")
    if parser.parse_args().misses:
        list_misses("a")
    for half, figures in feed_figures().items():
        for name, (precision, recall, f1) in figures.items():
            sys.stdout.write(f"half {half}  {name:14} {precision:.3f} {recall:.3f} {f1:.3f}\n")


if __name__ == "__main__":
    main()
