"""Columns and what they are made of: every name exists, every column is accounted for."""

import dagster as dg
import pytest

from assets.definitions import defs
from assets.night.lineage import OF_CODE, ORIGINS, TABLES, column_lineage, origins_of

GRAPH = defs.resolve_asset_graph()
PAIRS = [(asset, column) for asset in ORIGINS for column in TABLES[asset].column_names]
WITHOUT = {("articles", "dateline_country_code"), ("staging/deliveries", "batch")}


def key_of(asset: str) -> dg.AssetKey:
    return dg.AssetKey(asset.split("/"))


def test_every_asset_with_columns_is_one_of_the_code_location() -> None:
    assert {key_of(asset) for asset in TABLES} | {key_of("published")} == set(
        GRAPH.get_all_asset_keys()
    )


@pytest.mark.parametrize("asset", ORIGINS)
def test_what_is_named_is_declared(asset: str) -> None:
    assert set(ORIGINS[asset].made) <= set(TABLES[asset].column_names)
    for column in TABLES[asset].column_names:
        for origin in origins_of(asset, column):
            table, _, name = origin.partition(".")
            assert name in TABLES[table].column_names, origin


@pytest.mark.parametrize(("asset", "column"), PAIRS)
def test_every_column_is_made_of_something(asset: str, column: str) -> None:
    is_of_data = column not in OF_CODE and (asset, column) not in WITHOUT
    assert not is_of_data or origins_of(asset, column)


@pytest.mark.parametrize("asset", ORIGINS)
def test_a_column_comes_from_upstream_or_from_the_same_step(asset: str) -> None:
    key = key_of(asset)
    beside = GRAPH.get(key).execution_set_asset_keys - {key}
    lineage = column_lineage(asset)
    assert lineage
    named = {d.asset_key for deps in lineage.deps_by_column.values() for d in deps}
    assert named <= GRAPH.get_ancestor_asset_keys(key) | beside


def test_columns_show_their_origins_in_the_ui() -> None:
    columns = GRAPH.get(key_of("staging/articles")).metadata["dagster/column_schema"].columns
    shown = {column.name: column.constraints.other for column in columns}
    assert shown["source_id"] == [
        "references sources.source_id",
        "from article_sources (source_id)",
    ]
    assert shown["body"] == ["from articles (body)"]
    assert shown["run_id"] == []


def test_reference_tables_and_logs_have_none() -> None:
    assert column_lineage("staging/countries") is None
    assert column_lineage("staging/runs") is None
    assert column_lineage("raw_documents") is None
