"""What the extraction makes of written passages, mention by mention: a file to be compared.

    make snapshots      # writes it anew; its diff shows what a change of rules does

What belongs here: the passages of the golden set and of training/evaluation, read by the whole
extraction. What does not: whether the readings are right, which the golden set scores.

The model's own spans are recorded beside the readings and played back, so that they are the
same on every processor; ``make snapshots`` asks the model again.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from etl.extract import Extractor, build_extractor
from etl.extract.golden import load_passages
from etl.extract.greedy_decoding import SCORED

FOLDER = Path(__file__).parent / "readings"
READINGS = FOLDER / "extraction.txt"
SPANS = FOLDER / "model_spans.json"
WORLD = Path(__file__).parents[2] / "training" / "evaluation" / "world_news.jsonl"
FIELDS = ("title", "dateline", "body")
CHANCE_DIGITS = 4

Spans = dict[str, list[list[Any]]]


def articles() -> pl.DataFrame:
    """The passages as articles, numbered in the order of their files."""
    golden: list[dict[str, str]] = [passage.texts for passage in load_passages()]
    lines = WORLD.read_text(encoding="utf-8").splitlines()
    world = [{"body": json.loads(line)["text"]} for line in lines]
    rows = [{field: texts.get(field) for field in FIELDS} for texts in [*golden, *world]]
    numbered = pl.DataFrame(rows, schema=dict.fromkeys(FIELDS, pl.String)).with_row_index("number")
    number = pl.format("{}", pl.col("number")).str.zfill(3)
    return numbered.select(
        number.alias("delivery_id"),
        number.alias("article_id"),
        number.alias("file_name"),
        *FIELDS,
        language_code=pl.lit("en"),
        ingested_on=pl.lit(date(2024, 1, 20)),
    )


@dataclass
class Span:
    """A span as the extraction reads it of a spaCy document."""

    start_char: int
    end_char: int
    label_: str


@dataclass
class Group:
    """A group of spans with their scores, as far as it is read."""

    attrs: dict[str, list[float]]


@dataclass
class Document:
    """The part of a spaCy document that the extraction reads."""

    ents: list[Span]
    spans: dict[str, Group] = field(default_factory=dict)


class Vocabulary:
    """That of a model that knows no word: the part that the extraction reads."""

    strings: tuple[str, ...] = ()


@dataclass
class Replay:
    """A model that finds what was recorded. Raises KeyError for a text that was not."""

    spans: Spans
    vocab: Vocabulary = field(default_factory=Vocabulary)

    def pipe(self, pairs: Iterable[tuple[str, Any]], **_: object) -> Iterator[tuple[Document, Any]]:
        for text, context in pairs:
            found = self.spans[_key(text)]
            scores = Group({"scores": [chance for *_, chance in found]})
            yield Document([Span(*span) for *span, _ in found], {SCORED: scores}), context


@dataclass
class Recorder:
    """A model that notes what another one finds."""

    model: Any
    spans: Spans
    vocab: Vocabulary = field(default_factory=Vocabulary)

    def pipe(self, pairs: Iterable[tuple[Any, Any]], **options: Any) -> Iterator[tuple[Any, Any]]:
        for doc, context in self.model.pipe(pairs, **options):
            scores = doc.spans[SCORED].attrs["scores"] if doc.ents else []
            self.spans[_key(doc.text)] = [
                [span.start_char, span.end_char, span.label_, round(score, CHANCE_DIGITS)]
                for span, score in zip(doc.ents, scores, strict=True)
            ]
            yield doc, context


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def replaying(extractor: Extractor) -> Extractor:
    """The extractor with the recorded spans in place of its model."""
    return Extractor(extractor.gazetteer, Replay(json.loads(SPANS.read_text())), "")


def readings(extractor: Extractor) -> str:
    """Each passage with its mentions and countries, a line each."""
    whole = articles()
    found = extractor.extract(whole)
    lines: dict[str, list[str]] = {
        row["delivery_id"]: [f"{row['delivery_id']} {row['body'][:80]}"]
        for row in whole.iter_rows(named=True)
    }
    for row in found.mentions.iter_rows(named=True):
        lines[row["delivery_id"]].append(f"    {_mention(row)}")
    for row in found.article_countries.iter_rows(named=True):
        lines[row["delivery_id"]].append(f"  > {_country(row)}")
    for row in found.rejected.iter_rows(named=True):
        lines[row["delivery_id"]].append(f"  > {row['detail']}")
    return "\n".join("\n".join(each) for each in lines.values()) + "\n"


def _mention(row: dict[str, Any]) -> str:
    place = f"{row['field']} {row['start_char']}-{row['end_char']}"
    name = "" if row["name"] == row["text"] else f" = {row['name']}"
    code = f" {row['country_code']}" if row["country_code"] else ""
    return f"{row['label']} {row['text']}{name}{code}, {row['method']} {row['score']:g}, {place}"


def _country(row: dict[str, Any]) -> str:
    focus = ", focus" if row["is_focus"] else ""
    return (
        f"{row['rank']}. {row['country_code']} {row['score']:g}, salience {row['salience']:.3f}, "
        f"{row['mention_count']} times{focus}, {row['role']} by {row['evidence']} in {row['field']}"
    )


def write() -> None:
    """Ask the model and write both files anew."""
    extractor = build_extractor()
    spans: Spans = {}
    recorder = Recorder(extractor.model, spans)
    text = readings(Extractor(extractor.gazetteer, recorder, ""))
    FOLDER.mkdir(exist_ok=True)
    rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(spans[key])}" for key in sorted(spans))
    SPANS.write_text(f"{{\n{rows}\n}}\n")
    READINGS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.golden.readings --write")
    write()
