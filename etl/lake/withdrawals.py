"""Articles that were taken down at their publisher's wish: out of the lake, and kept out.

What belongs here: the list of withdrawn articles, and taking their text out of every part of
the lake. What does not: the published file (etl/warehouse/staging.py) and kept releases.

A withdrawn delivery stays counted: its raw row keeps id, path and hash, but says rule
``withdrawn`` and has a note in place of its bytes. That row alone makes the stages
reject the document when they run again, so taking it out of the parts that are derived
already changes no fingerprint and agrees with what a later run would write. All steps may be
repeated: one that was killed is finished by the next.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from etl.durability import make_folder, write_durably
from etl.errors import RULES, StageError
from etl.fingerprint import fingerprint
from etl.identity import article_ids
from etl.lake.rows import read_rows
from etl.lake.store import COUNTS, SEAL, Lake, RawPart, overwrite, replacing
from etl.lake.wholeness import check_whole, read_json
from etl.night import STAGE_NAMES, stage_of
from etl.schema import (
    LAKE_ARTICLES,
    PARSED_ARTICLES,
    QUALITY_RESULTS,
    RAW_DOCUMENTS,
    SIDECAR_COLUMNS,
    Table,
)
from etl.stage import REJECTED

RULE = RULES["withdrawn"]
NOTE = b"Withdrawn: this text was removed at its publisher's wish."
LEDGER = "ledger"
DELIVERY = ("delivery_id", "path", "member", "file_name", "ingested_on")

NO_WITHDRAWN = pl.DataFrame(
    schema={name: RAW_DOCUMENTS.polars_schema[name] for name in (*DELIVERY, "detail")}
)

IDENTIFYING = ("delivery_id", "headline", "title", "dateline", "body")
"""Columns of ``schema.PARSED_ARTICLES`` that tell one article from another."""

Identify = Callable[[pl.DataFrame], pl.Series]
"""Article ids of rows of ``schema.PARSED_ARTICLES``: etl.identity.article_ids."""


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """One withdrawn article. ``contents`` are hashes of the deliveries that held its text.

    They know a later copy by its bytes even where changed code gives its text another id.
    """

    article_id: str
    reason: str
    withdrawn_on: date
    contents: tuple[str, ...] = ()


def read_tombstones(lake: Lake) -> list[Tombstone]:
    """All withdrawn articles, by id. Raises StageError where a record is damaged."""
    return [_read(file) for file in sorted(_folder(lake).glob("*.json"))]


def write_tombstone(lake: Lake, stone: Tombstone) -> None:
    """Add an article to the list, or write it anew."""
    file = _folder(lake) / f"{stone.article_id}.json"
    make_folder(file.parent)
    write_durably(file, json.dumps(asdict(stone), default=str, indent=1) + "\n")


def _read(file: Path) -> Tombstone:
    record = read_json(file)
    if record is None:
        raise StageError(f"{file} is damaged: restore it, or what was withdrawn may come back")
    withdrawn_on = date.fromisoformat(record["withdrawn_on"])
    contents = tuple(record["contents"])
    return Tombstone(**{**record, "withdrawn_on": withdrawn_on, "contents": contents})


def _folder(lake: Lake) -> Path:
    return lake.root / "withdrawn_articles"


def find_deliveries(
    lake: Lake, nights: Iterable[date], stones: Sequence[Tombstone], identify: Identify
) -> pl.DataFrame:
    """Deliveries that still hold the text of a withdrawn article: DELIVERY and article_id.

    Looked at are articles, duplicates, documents that were quarantined with the text known,
    and documents with the very bytes.
    """
    found = [_held_by(lake, part, stones, identify) for part in _parts(lake, nights)]
    return pl.concat(found) if found else _no_deliveries()


def take_out(
    lake: Lake, nights: Iterable[date], stones: Sequence[Tombstone], identify: Identify
) -> pl.DataFrame:
    """Take the text of withdrawn articles out of the nights; return ``find_deliveries`` of before.

    The caller holds the writer's lock.
    """
    by_id = {stone.article_id: stone for stone in stones}
    found = []
    for part in _parts(lake, nights) if stones else ():
        held = _held_by(lake, part, list(by_id.values()), identify)
        for (article_id,), deliveries in held.partition_by("article_id", as_dict=True).items():
            stone = by_id[str(article_id)]
            contents = tuple(sorted({*stone.contents, *deliveries["content"]}))
            by_id[stone.article_id] = _with_contents(stone, contents)
            write_tombstone(lake, by_id[stone.article_id])
        if held.height:
            _blank(part, held, by_id)
        _take_out_of_stages(lake, part)
        found.append(held)
    return pl.concat(found) if found else _no_deliveries()


def keep_out(lake: Lake, nights: Sequence[date]) -> str:
    """Take later deliveries of withdrawn articles out of the nights; say so in a line, or "".

    The caller holds the writer's lock.
    """
    stones = read_tombstones(lake)
    taken = take_out(lake, nights, stones, article_ids).height if stones else 0
    return f"{taken} deliveries of withdrawn articles are kept out" if taken else ""


def withdrawn_deliveries(lake: Lake, nights: Iterable[date]) -> pl.DataFrame:
    """Deliveries whose text has been taken out: DELIVERY and detail."""
    frames = [
        pl.scan_parquet(part.path, hive_partitioning=False)
        .filter(pl.col("rule") == RULE.name)
        .select(*DELIVERY, "detail")
        for part in _parts(lake, nights)
    ]
    return pl.concat(pl.collect_all(frames)) if frames else NO_WITHDRAWN


def detail_of(stone: Tombstone) -> str:
    """What ``quarantine.detail`` says of a withdrawn delivery."""
    return f"article {stone.article_id}: {stone.reason}"


def forget_samples(lake: Lake, identifiers: Sequence[str]) -> None:
    """Drop the samples of logged audits that show one of the articles or deliveries."""
    for file in sorted((lake.root / QUALITY_RESULTS.name).glob("*.parquet")):
        results = pl.read_parquet(check_whole(file))
        shows = pl.col("sample").str.contains_any(list(identifiers)).fill_null(False)
        if results.select(shows.any()).item():
            cleared = pl.when(shows).then(None).otherwise("sample").alias("sample")
            overwrite(file, results.with_columns(cleared))


# -- finding ----------------------------------------------------------------------------------


def _parts(lake: Lake, nights: Iterable[date]) -> list[RawPart]:
    return [part.whole() for night in nights for part in lake.raw_parts(night)]


def _no_deliveries() -> pl.DataFrame:
    names = {name: pl.String() for name in (*DELIVERY, "content", "article_id")}
    return pl.DataFrame(schema={**names, "ingested_on": pl.Date()}).select(*names)


def _held_by(
    lake: Lake, part: RawPart, stones: Sequence[Tombstone], identify: Identify
) -> pl.DataFrame:
    columns = [*DELIVERY, "sha256", "given_title", "rule"]
    raw = pl.read_parquet(part.path, columns=columns, hive_partitioning=False)
    raw = raw.filter(pl.col("rule").ne_missing(RULE.name))
    raw = raw.with_columns(content=_contents(raw))
    known = {content: stone.article_id for stone in stones for content in stone.contents}
    by_bytes = raw.select(
        "delivery_id",
        article_id=pl.col("content").replace_strict(known, default=None, return_dtype=pl.String),
    ).drop_nulls()
    by_text = _identified(lake, part, identify).filter(
        pl.col("article_id").is_in([stone.article_id for stone in stones])
    )
    articles = pl.concat([by_text, by_bytes]).unique("delivery_id", keep="first")
    held = raw.join(articles, on="delivery_id", how="inner").sort("delivery_id")
    return held.select(_no_deliveries().columns)


def _contents(raw: pl.DataFrame) -> pl.Series:
    """Hash of bytes and given headline, which tells apart articles that share a teaser."""
    pairs = raw.select("sha256", pl.col("given_title").fill_null("")).iter_rows()
    return pl.Series("content", [fingerprint(*pair) for pair in pairs], dtype=pl.String)


def _identified(lake: Lake, part: RawPart, identify: Identify) -> pl.DataFrame:
    """delivery_id and article_id of all documents of a part whose text is known."""
    known = pl.DataFrame(schema={"delivery_id": pl.String(), "article_id": pl.String()})
    articles = _file_of(lake, part, LAKE_ARTICLES)
    if articles.exists():
        known = pl.read_parquet(articles, columns=known.columns, hive_partitioning=False)
    parsed = _file_of(lake, part, PARSED_ARTICLES)
    if not parsed.exists():
        return known
    # Those that the articles lack have no date, or that stage is not done yet.
    others = read_rows([parsed], PARSED_ARTICLES, IDENTIFYING).join(
        known, on="delivery_id", how="anti"
    )
    return pl.concat([known, others.select("delivery_id", article_id=identify(others))])


def _file_of(lake: Lake, part: RawPart, table: Table) -> Path:
    stage = stage_of(table.name)
    return lake.part_folder(stage.name, part.night, part.name) / f"{table.name}.parquet"


# -- taking out -------------------------------------------------------------------------------


def _with_contents(stone: Tombstone, contents: tuple[str, ...]) -> Tombstone:
    return Tombstone(
        article_id=stone.article_id,
        reason=stone.reason,
        withdrawn_on=stone.withdrawn_on,
        contents=contents,
    )


def _blank(part: RawPart, held: pl.DataFrame, stones: dict[str, Tombstone]) -> None:
    """Put the note in place of the bytes; the fingerprint, made of delivery ids, stays."""
    raw = read_rows([part.path], RAW_DOCUMENTS)
    is_held = pl.col("delivery_id").is_in(held["delivery_id"].to_list())
    details = {
        row["delivery_id"]: detail_of(stones[row["article_id"]])
        for row in held.iter_rows(named=True)
    }
    detail = pl.col("delivery_id").replace_strict(details, default=None, return_dtype=pl.String)
    texts = {
        "raw": pl.lit(NOTE),
        "rule": pl.lit(RULE.name),
        "detail": detail,
        **{c.name: pl.lit(None, dtype=pl.String) for c in SIDECAR_COLUMNS},
    }
    overwrite(
        part.path,
        raw.with_columns(
            pl.when(is_held).then(value).otherwise(name).alias(name)
            for name, value in texts.items()
        ),
    )


def _take_out_of_stages(lake: Lake, part: RawPart) -> None:
    """Have the derived parts agree with the raw part's withdrawn rows."""
    columns = ["delivery_id", "file_name", "detail", "rule", "ingested_on"]
    raw = pl.read_parquet(part.path, columns=columns, hive_partitioning=False)
    withdrawn = raw.filter(pl.col("rule") == RULE.name)
    rejected = REJECTED.conform(withdrawn.with_columns(stage=pl.lit(RULE.stage)))
    for stage in STAGE_NAMES if rejected.height else ():
        folder = lake.part_folder(stage, part.night, part.name)
        if folder.exists():
            _rewrite_part(folder, rejected, is_first=stage == STAGE_NAMES[0])


def _rewrite_part(folder: Path, rejected: pl.DataFrame, *, is_first: bool) -> None:
    """The part without the rejected documents; the first stage is the one that rejects them."""
    is_out = pl.col("delivery_id").is_in(rejected["delivery_id"].to_list())
    files = {file.stem: file for file in sorted(folder.glob("*.parquet"))}
    tables = {
        name: read_rows([file], REJECTED)
        if name == REJECTED.name
        else pl.read_parquet(file, hive_partitioning=False)
        for name, file in files.items()
    }
    wanted = {"quarantine": rejected} if is_first else {}
    if all(_holds(tables[name], is_out, wanted.get(name)) for name in tables if name != LEDGER):
        return
    cleaned = {name: frame.filter(~is_out) for name, frame in tables.items()}
    if is_first:
        cleaned["quarantine"] = pl.concat([cleaned["quarantine"], rejected])
    if is_first and LEDGER in tables:
        status = pl.when(is_out).then(pl.lit("rejected")).otherwise("status")
        cleaned[LEDGER] = tables[LEDGER].with_columns(status=status)
    with replacing(folder) as fresh:
        for name, frame in cleaned.items():
            frame.write_parquet(fresh / f"{name}.parquet")
        counts = {name: frame.height for name, frame in cleaned.items() if name != LEDGER}
        (fresh / COUNTS).write_text(json.dumps(counts))
        if (folder / SEAL).exists():
            shutil.copyfile(folder / SEAL, fresh / SEAL)


def _holds(frame: pl.DataFrame, is_out: pl.Expr, wanted: pl.DataFrame | None) -> bool:
    """Whether, of the withdrawn documents, a table holds just the rows that it should."""
    held = frame.filter(is_out)
    if wanted is None:
        return held.is_empty()
    return held.sort("delivery_id").equals(wanted.sort("delivery_id"))
