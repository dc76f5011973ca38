"""Heads of state and government as evidence: office, name and day together, and never less."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from article_states import shipped_extractor

from etl.errors import ReferenceDataError
from etl.extract.article import ArticleState
from etl.extract.countries import rank_countries
from etl.extract.gazetteer.office_holders import holder_names, office_wordings
from etl.extract.mentions import Mention
from etl.extract.passes import run_passes
from etl.tables import read_table, use_site_tables

METHOD = "office_holder"


def read(day: str, **texts: str) -> list[Mention]:
    """The mentions of an English article of that day after every pass, without a model."""
    published_on = dt.date.fromisoformat(day)
    article = ArticleState(texts, "en", shipped_extractor().gazetteer, published_on)
    run_passes(article)
    return list(article.mentions)


def holders(day: str, body: str) -> list[tuple[str, str | None, float]]:
    """Text, country and score of the holders of offices that an article names."""
    found = read(day, body=body)
    return [(m.text, m.country_code, m.score) for m in found if m.method == METHOD]


@pytest.mark.parametrize(
    ("day", "body", "name", "code"),
    [
        ("2018-05-01", "President Uhuru Kenyatta opened a road.", "Uhuru Kenyatta", "KE"),
        ("2018-05-01", "They met Prime Minister Hasina in the hall.", "Hasina", "BD"),
        ("2018-05-01", "It was then that Chancellor Merkel left.", "Merkel", "DE"),
        ("2020-05-01", "The prime minister, Imran Khan, agreed.", "Imran Khan", "PK"),
        ("2020-05-01", "Imran Khan, the prime minister, agreed.", "Imran Khan", "PK"),
        ("1989-05-01", "Prime Minister Thatcher said no.", "Thatcher", "GB"),
        ("2003-05-01", "President Gen. Pervez Musharraf left.", "Pervez Musharraf", "PK"),
        ("2019-05-01", "Prime Minister Dr. Mahathir Mohamad left.", "Mahathir Mohamad", "MY"),
        ("2018-05-01", "President Donald J. Trump left on Monday.", "Donald J. Trump", "US"),
        ("2018-05-01", "A word from President Sassou-Nguesso.", "Sassou-Nguesso", "CG"),
        ("2015-05-01", "A word from president Park Geun-hye.", "Park Geun-hye", "KR"),
        ("2021-02-01", "A word from President Bah N'Daw.", "Bah N'Daw", "ML"),
        ("2010-05-01", "A word from President Yar’Adua.", "Yar’Adua", "NG"),
        ("2008-05-01", "A word from Premier Romano Prodi.", "Romano Prodi", "IT"),
        ("2024-05-01", "PM Modi spoke.", "Modi", "IN"),
        ("2024-05-01", "Flowers for King Charles III.", "Charles III", "GB"),
        ("2016-05-01", "President Santos flew off.", "Santos", "CO"),
        ("2024-05-01", "President Bola Ahmed Tinubu Friday signed it.", "Bola Ahmed Tinubu", "NG"),
        ("2024-05-01", "As president, William Ruto spoke.", "William Ruto", "KE"),
        ("2024-05-01", "Recep Tayyip Erdoğan, the president, spoke.", "Recep Tayyip Erdoğan", "TR"),
    ],
)
def test_the_office_with_the_name_is_evidence(day: str, body: str, name: str, code: str) -> None:
    assert [(text, country) for text, country, _ in holders(day, body)] == [(name, code)]


@pytest.mark.parametrize(
    ("day", "body"),
    [
        ("2013-04-08", "President Uhuru Kenyatta opened a road."),
        ("2022-09-14", "President Uhuru Kenyatta opened a road."),
        ("2014-05-01", "The prime minister, Imran Khan, agreed."),
        ("2020-05-01", "The prime minister, Khan, agreed."),
        ("2018-05-01", "Uhuru Kenyatta opened a road, and Mr Kenyatta smiled."),
        ("2018-05-01", "Vice President Uhuru Kenyatta opened a road."),
        ("2018-05-01", "Deputy Prime Minister Hasina opened a road."),
        ("2018-05-01", "President-elect Uhuru Kenyatta opened a road."),
        ("2018-05-01", "President Kenyatta University opened."),
        ("2018-05-01", "A President Kenyatta-era road opened."),
        ("2018-05-01", "The Acme President Uhuru Kenyatta spoke."),
        ("2018-05-01", "Acme President Uhuru Kenyatta spoke."),
        ("2018-05-01", "The company's president, Uhuru Kenyatta, spoke."),
        ("2018-05-01", "Its president, Uhuru Kenyatta, spoke."),
        ("2018-05-01", "The university president Uhuru Kenyatta spoke."),
        ("2018-05-01", "The student body president Uhuru Kenyatta spoke."),
        ("2018-05-01", "Uhuru Kenyatta, president of the university, spoke."),
        ("2018-05-01", "Queen Elizabeth Hospital reopened."),
        ("2024-05-01", "Premier Meloni spoke of the province."),
        ("2024-05-01", "At 8 pm Modi spoke."),
        ("2018-05-01", "President Donald Trump Jr spoke."),
        ("2018-05-01", "French President Uhuru Kenyatta spoke."),
    ],
)
def test_anything_less_is_none(day: str, body: str) -> None:
    assert holders(day, body) == []


def test_the_first_and_the_last_day_are_in_office() -> None:
    body = "President Biden spoke."
    days = ("2021-01-19", "2021-01-20", "2025-01-20", "2025-01-21")
    assert [bool(holders(day, body)) for day in days] == [False, True, True, False]


def test_where_the_country_is_written_that_is_the_evidence() -> None:
    for body in (
        "Kenyan President Uhuru Kenyatta spoke.",
        "Kenya's new president, Uhuru Kenyatta, spoke.",
        "President Kenyatta of Kenya spoke.",
    ):
        found = [(m.text, m.method) for m in read("2018-05-01", body=body) if m.country_code]
        assert len(found) == 1
        assert found[0][1] in ("country_name", "demonym")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("King Abdullah spoke.", None),
        ("King Abdullah spoke in Amman.", "JO"),
        ("King Abdullah spoke in Riyadh.", "SA"),
        ("King Abdullah flew from Riyadh to Amman.", None),
        ("King Abdullah II spoke.", "JO"),
    ],
)
def test_a_name_of_two_holders_is_settled_by_the_article(body: str, code: str | None) -> None:
    found = [country for _, country, _ in holders("2009-05-01", body)]
    assert found == ([code] if code else [])


def test_former_holders_are_evidence_in_full_alone() -> None:
    day = "2022-05-01"
    assert holders(day, "Former President Barack Obama left.") == [("Barack Obama", "US", 0.75)]
    assert holders(day, "The ex-president Barack Obama left.") == [("Barack Obama", "US", 0.75)]
    assert holders(day, "Former President Obama left.") == []
    assert holders(day, "Former Prime Minister Barack Obama left.") == []
    assert holders(day, "Former President Joe Biden left.") == []
    assert holders(day, "Then-President Barack Obama left.") == [("Barack Obama", "US", 0.75)]
    assert holders(day, "Then President Biden left.") == [("Biden", "US", 0.75)]
    assert holders(day, "Late on Monday, President Biden left.") == [("Biden", "US", 0.75)]


def test_mr_counts_beside_the_office() -> None:
    body = "President Museveni spoke. Mr. Museveni left, and so did Mr Okafor."
    assert holders("2018-05-01", body) == [("Museveni", "UG", 0.75), ("Museveni", "UG", 0.65)]
    in_full = "Yoweri Museveni has been president for long. Mr Museveni left."
    assert holders("2018-05-01", in_full) == [("Museveni", "UG", 0.65)]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("Presidents Putin and Xi met.", ["RU", "CN"]),
        ("Presidents Joe Biden, Vladimir Putin, and Xi Jinping met.", ["US", "RU", "CN"]),
        ("Prime Ministers Sunak and Modi met.", ["GB", "IN"]),
        ("President Putin and Xi met.", ["RU"]),
        ("Former Presidents Bill Clinton and Barack Obama met.", ["US", "US"]),
        ("Presidents Putin and Okafor met.", ["RU"]),
    ],
)
def test_behind_a_plural_all_that_are_listed_hold_it(body: str, codes: list[str]) -> None:
    assert [code for _, code, _ in holders("2023-05-01", body)] == codes


def test_an_honorific_behind_the_office_takes_nothing_from_it() -> None:
    body = "Supreme Leader Ayatollah Ali Khamenei spoke."
    assert holders("2018-05-01", body) == [("Ali Khamenei", "IR", 0.85)]


def test_a_headline_is_read_by_its_plain_words() -> None:
    texts = {"title": "PRESIDENT RUTO MEETS PRESIDENT XI JINPING", "body": "They shook hands."}
    found = [m.country_code for m in read("2023-05-01", **texts) if m.method == METHOD]
    assert found == ["KE", "CN"]


def test_without_a_day_nobody_holds_an_office() -> None:
    article = ArticleState({"body": "President Ruto spoke."}, "en", shipped_extractor().gazetteer)
    run_passes(article)
    assert [m.country_code for m in article.mentions] == [None]


def test_the_day_of_the_row_counts() -> None:
    columns = {"title": None, "dateline": None, "body": "President Ruto spoke at noon."}
    row = {**columns, "language_code": "en", "published_on": dt.date(2023, 5, 1)}
    (mentions,) = shipped_extractor().find_mentions([row])
    (country,) = rank_countries(mentions, chars=30)
    assert (country.country_code, country.best.method, country.is_focus) == ("KE", METHOD, True)


# -- the tables ---------------------------------------------------------------------------


def test_every_office_has_a_wording() -> None:
    wordings = [wording for group in office_wordings().values() for wording in group]
    worded = {office for w in wordings for office in w.offices | w.in_full}
    assert set(read_table("office_holders.csv")["office"]) == worded


def test_terms_are_days_or_months_in_order() -> None:
    table = read_table("office_holders.csv")
    form = r"^\d{4}-\d{2}(-\d{2})?$"
    assert table.filter(~pl.col("first_on").str.contains(form)).is_empty()
    ended = table.filter(pl.col("last_on") != "")
    assert ended.filter(~pl.col("last_on").str.contains(form)).is_empty()
    assert ended.filter(pl.col("last_on").str.head(7) < pl.col("first_on").str.head(7)).is_empty()
    assert ended.filter(pl.col("last_on") < "1990").is_empty()


def test_only_the_last_term_of_an_office_is_open() -> None:
    terms = read_table("office_holders.csv").sort("country_code", "office", "first_on")
    later = terms.with_columns(
        next=pl.col("first_on").shift(-1).over("country_code", "office"),
    )
    assert later.filter((pl.col("last_on") == "") & pl.col("next").is_not_null()).is_empty()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """A folder for a site's own rows."""
    yield tmp_path
    use_site_tables(None)


def lay(folder: Path, *rows: str) -> None:
    head = "country_code,office,name,short_names,first_on,last_on"
    (folder / "office_holders.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    use_site_tables(folder)


def test_a_site_ends_a_term_and_adds_who_follows(site: Path) -> None:
    lay(
        site,
        "KE,president,William Ruto,Ruto,2022-09-13,2027-09-01",
        "KE,president,Amina Otieno,Otieno,2027-09-01,",
    )
    body = "President {} spoke."
    assert holders("2027-10-01", body.format("Otieno")) == [("Otieno", "KE", 0.75)]
    assert holders("2027-10-01", body.format("Ruto")) == []


def test_a_term_that_is_no_day_is_refused(site: Path) -> None:
    lay(site, "KE,president,Amina Otieno,Otieno,autumn 2027,")
    with pytest.raises(ReferenceDataError, match=r"Amina Otieno: first_on 'autumn 2027'"):
        holder_names()
