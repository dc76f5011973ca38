"""The extraction stage over frames."""

import datetime as dt
import itertools
import sys

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import ReferenceDataError
from etl.extract import Extractor, build_extractor
from etl.extract.model import trim_span
from etl.schema import ARTICLE_COUNTRIES, MENTIONS, lake_table

NIGHT = dt.date(2024, 1, 20)
TEXTS = (
    "delivery_id",
    "article_id",
    "file_name",
    "title",
    "byline",
    "dateline",
    "dateline_place",
    "body",
    "trailer",
    "language_code",
)
SCHEMA = pl.Schema({**{name: pl.String() for name in TEXTS}, "ingested_on": pl.Date()})


def articles(*rows: dict[str, object]) -> pl.DataFrame:
    filled = [
        {
            "delivery_id": f"d{number}",
            "article_id": f"a{number}",
            "file_name": f"{number}.txt",
            "language_code": "en",
            "ingested_on": NIGHT,
            **row,
        }
        for number, row in enumerate(rows)
    ]
    return pl.DataFrame(filled, schema=SCHEMA)


SAMPLE = (
    {
        "title": "Kenya signs with Turkiye",
        "dateline": "NAIROBI, Kenya (AP) —",
        "byline": "By Somebody in Peru",
        "body": "Foreign Minister Amina Okafor met envoys from London, Ky., and U.S. aides.",
        "trailer": "The post appeared first in Brazil.",
    },
    {"body": "Nothing is named in this text at all."},
    {"body": "Voters in Lusaka chose. Zambia’s Electoral Commission (EC) counted."},
)


def test_frames_have_the_lake_schema(extractor: Extractor) -> None:
    found = extractor.extract(articles(*SAMPLE))
    assert found.mentions.schema == lake_table(MENTIONS).polars_schema
    assert found.article_countries.schema == lake_table(ARTICLE_COUNTRIES).polars_schema
    assert found.rejected.columns == [
        "delivery_id", "file_name", "stage", "rule", "detail", "ingested_on",
    ]  # fmt: skip


def test_empty_part_gives_empty_frames(extractor: Extractor) -> None:
    found = extractor.extract(articles())
    assert (len(found.mentions), len(found.article_countries), len(found.rejected)) == (0, 0, 0)
    assert found.mentions.schema == lake_table(MENTIONS).polars_schema


def test_offsets_slice_back_to_the_text(extractor: Extractor) -> None:
    batch = articles(*SAMPLE)
    joined = extractor.extract(batch).mentions.join(batch, on="delivery_id")
    assert len(joined) > 5
    for row in joined.iter_rows(named=True):
        assert row[row["field"]][row["start_char"] : row["end_char"]] == row["text"]


def test_byline_and_trailer_are_not_searched(extractor: Extractor) -> None:
    found = extractor.extract(articles(SAMPLE[0]))
    assert set(found.article_countries["country_code"]) == {"KE", "TR", "US"}


def test_an_article_without_country_is_rejected(extractor: Extractor) -> None:
    found = extractor.extract(articles(*SAMPLE))
    assert found.rejected.select("delivery_id", "stage", "rule").rows() == [
        ("d1", "extract", "no_country")
    ]
    assert "d1" not in set(found.article_countries["delivery_id"])


def test_a_doubtful_place_is_named_in_the_rejection(extractor: Extractor) -> None:
    found = extractor.extract(articles({"body": "Harvest went well around Orange."}))
    if len(found.rejected):
        assert "Orange" in found.rejected["detail"][0]


def test_every_country_row_has_its_evidence_among_the_mentions(extractor: Extractor) -> None:
    found = extractor.extract(articles(*SAMPLE))
    keys = ["delivery_id", "field", "start_char", "end_char", "country_code"]
    assert found.article_countries.join(found.mentions, on=keys, how="anti").is_empty()
    counts = (
        found.mentions.filter(pl.col("country_code").is_not_null())
        .group_by("delivery_id", "country_code")
        .len("counted")
    )
    joined = found.article_countries.join(counts, on=["delivery_id", "country_code"])
    assert (joined["mention_count"] == joined["counted"]).all()


def test_ranks_follow_salience(extractor: Extractor) -> None:
    found = extractor.extract(articles(SAMPLE[0])).article_countries.sort("rank")
    assert found["rank"].to_list() == [1, 2, 3]
    assert found["salience"].is_sorted(descending=True)


def test_rows_do_not_depend_on_the_batch(extractor: Extractor) -> None:
    batch = articles(*SAMPLE)
    whole = extractor.extract(batch)
    parts = [extractor.extract(batch[i : i + 1]) for i in (2, 0, 1)]
    keys = list(lake_table(MENTIONS).key)
    together = pl.concat([part.mentions for part in parts]).sort(keys)
    assert together.equals(whole.mentions)
    shuffled = extractor.extract(batch.reverse())
    assert shuffled.article_countries.equals(whole.article_countries)


@given(
    st.text(alphabet=st.sampled_from("aZ .,'’-()\n\n§éİßǅ中ΩUScKyGeorgia"), max_size=80),
    st.sampled_from(["en", "sl", "ru", "zh", "und", "xx"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_the_contract(extractor: Extractor, text: str, language: str) -> None:
    body = f"Chad {text} Michael Jordan, Ky. (MJ) {text}"
    found = extractor.extract(articles({"title": text, "body": body, "language_code": language}))
    assert found.mentions.select(lake_table(MENTIONS).key).is_unique().all()
    for row in found.mentions.iter_rows(named=True):
        whole = text if row["field"] == "title" else body
        assert whole[row["start_char"] : row["end_char"]] == row["text"]
    assert len(found.article_countries) > 0 or len(found.rejected) == 1
    spans = found.mentions.group_by("field").agg(pl.struct("start_char", "end_char").sort())
    for row in spans.iter_rows(named=True):
        pairs = itertools.pairwise(row["start_char"])
        assert all(left["end_char"] <= right["start_char"] for left, right in pairs)


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("sl", "Minister je obiskal Rusijo, nato pa Nemčijo in Berlin.", {"RU", "DE"}),
        ("de", "Der Kanzler reiste nach Frankreich und Österreich.", {"FR", "AT"}),
        ("fr", "Le président a visité l'Allemagne et la Côte d’Ivoire.", {"DE", "CI"}),
        ("es", "El ministro viajó a Alemania y a los Estados Unidos.", {"DE", "US"}),
        ("pt", "O ministro viajou para a Alemanha.", {"DE"}),
        ("ru", "Министр прибыл в Германию из Индии.", {"DE", "IN"}),
        ("hi", "मंत्री भारत से चीन गए।", {"IN", "CN"}),
        ("ur", "وزیر پاکستان سے ایران گئے۔", {"PK", "IR"}),
        ("ar", "وصل الوزير إلى ألمانيا من مصر", {"DE", "EG"}),
        ("ar", "اتفق الأردن ومصر على الربط بالعراق، ثم سافر لتركيا", {"JO", "EG", "IQ", "TR"}),
        ("ar", "قدم السفير شكره للعراق وللبنان ولكندا", {"IQ", "LB", "CA"}),
        ("ar", "تولى الوالي عمله في بلدة بولاية بعيدة", set()),
        ("zh", "部长从德国前往印度。", {"DE", "IN"}),
        ("ro", "Ministrul a plecat din România în Germania.", {"RO", "DE"}),
        ("ur", "اجلاس شام کو قطر میں ہوگا، ترکی بھی آئے گا۔", {"QA", "TR"}),
        ("ur", "وزیر دمشق پہنچے، شام نے خیر مقدم کیا۔", {"SY"}),
        ("de", "Die USA und Großbritannien antworteten.", {"US", "GB"}),
        ("de", "Polens Regierung lobte den Plan der Schweiz und Frankreichs.", {"PL", "CH", "FR"}),
        ("sv", "Norges regering möter Sveriges i dag.", {"NO", "SE"}),
        ("ko", "한국은 프랑스에서 회담을 열었다.", {"KR", "FR"}),
        ("ja", "マリアさんは日本に着いた。", {"JP"}),
    ],
)
def test_other_languages(
    extractor: Extractor, language: str, body: str, expected: set[str]
) -> None:
    found = extractor.extract(articles({"body": body, "language_code": language}))
    assert set(found.article_countries["country_code"]) == expected
    assert set(found.mentions["label"]) <= {"PLACE"}


def test_a_local_name_has_the_canonical_name(extractor: Extractor) -> None:
    found = extractor.extract(articles({"body": "Nemčija raste.", "language_code": "sl"}))
    assert found.mentions.select("text", "name").row(0) == ("Nemčija", "Germany")


def test_missing_model_is_named() -> None:
    with pytest.raises(ReferenceDataError, match="no_such_model"):
        build_extractor(model_path="no_such_model")


def test_import_is_light() -> None:
    import subprocess

    code = "import sys, etl.extract; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(scope="module")
def model_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline whose "ner" knows three names under the labels of other models."""
    import spacy

    model = spacy.blank("en")
    ruler = model.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Iolani Kahale"},
            {"label": "GPE", "pattern": "Old Harbour Rock"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )
    path = tmp_path_factory.mktemp("model") / "news"
    model.to_disk(path)
    return str(path)


def test_a_users_model_adds_its_entities(model_path: str) -> None:
    extractor = build_extractor(model_path=model_path)
    body = "\n  On Monday Iolani Kahale left Old Harbour Rock for Kenya."
    found = extractor.extract(articles({"body": body})).mentions
    assert found.select("text", "label", "country_code", "method").rows() == [
        ("Iolani Kahale", "PERSON", None, "statistical"),
        ("Old Harbour Rock", "PLACE", None, "statistical"),
        ("Kenya", "PLACE", "KE", "country_name"),
    ]
    assert [body[a:b] for a, b in found.select("start_char", "end_char").rows()] == list(
        found["text"]
    )


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Foreign Minister Amina Okafor", "PERSON", "Amina Okafor"),
        ("Mr. Tembo's", "PERSON", "Tembo"),
        ("the Sahel Grain Union", "ORG", "Sahel Grain Union"),
        ("The Hague", "PLACE", "The Hague"),
        ("President", "PERSON", "President"),
        ("April Okafor", "PERSON", "April Okafor"),
        ("“Amina Okafor”,", "PERSON", "Amina Okafor"),
        ("Lakelanders’", "NORP", "Lakelanders"),
    ],
)
def test_spans_of_the_model_are_trimmed(text: str, label: str, expected: str) -> None:
    start, end = trim_span(text, label)
    assert text[start:end] == expected
