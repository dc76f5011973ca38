"""The Supreme Court of Kenya and that of India are two, however the article writes them."""

import pytest
from article_states import read_by_rules

from etl.extract.entity_ids import entity_id
from etl.extract.mentions import Mention
from etl.extract.names.national_institutions import national_name, read_institution
from etl.tables import read_table


def organisations(**texts: str) -> list[Mention]:
    return [mention for mention in read_by_rules(**texts) if mention.label == "ORG"]


def names(body: str) -> list[str]:
    return [mention.name for mention in organisations(body=body)]


def ids(body: str) -> set[str]:
    return {entity_id(m.label, m.name, m.country_code) for m in organisations(body=body)}


LEAD = "{0} voted on Monday. The Supreme Court heard nobody, and {0} waited."


def test_the_bare_name_is_that_of_the_country_that_the_article_is_about() -> None:
    assert names(LEAD.format("Kenya")) == ["Supreme Court of Kenya"]
    assert ids(LEAD.format("Kenya")).isdisjoint(ids(LEAD.format("India")))


@pytest.mark.parametrize(
    "written",
    [
        "The Supreme Court of Kenya heard nobody.",
        "It was Kenya's Supreme Court that heard nobody.",
        "It was Kenya’s Supreme Court that heard nobody.",
        "It was the Kenyan Supreme Court that heard nobody.",
        LEAD.format("Kenya"),
    ],
)
def test_every_wording_of_one_country_is_one(written: str) -> None:
    assert ids(written) == {entity_id("ORG", "Supreme Court of Kenya", None)}


def test_what_is_written_with_it_goes_before_what_the_article_is_about() -> None:
    body = "Kenya sent judges. Ghana's Supreme Court met them, and the Supreme Court gave a lunch."
    assert names(body) == ["Supreme Court of Ghana"] * 2


def test_of_two_the_nearest_before_is_meant() -> None:
    body = (
        "The Supreme Court of Kenya sat. The Supreme Court rose. "
        "The Supreme Court of Ghana sat. The Supreme Court rose."
    )
    assert names(body) == ["Supreme Court of Kenya"] * 2 + ["Supreme Court of Ghana"] * 2


@pytest.mark.parametrize(
    "body",
    [
        "Kenya and Ghana talked on Monday. The Supreme Court heard nobody.",
        "Snow fell all day. The Supreme Court heard nobody.",
        "The Ohio Supreme Court sat in the United States. The Supreme Court heard nobody.",
        "Voters in Ohio wait. The Supreme Court of the state heard nobody.",
    ],
)
def test_what_nothing_tells_keeps_its_name(body: str) -> None:
    assert names(body)[-1] == "Supreme Court"


@pytest.mark.parametrize(
    ("name", "generic", "code"),
    [
        ("Supreme Court", "Supreme Court", None),
        ("U.S. Supreme Court", "Supreme Court", "US"),
        ("Senate of the United States", "Senate", "US"),
        ("South African Reserve Bank", "Reserve Bank", "ZA"),
        ("Papua New Guinea's Ministry of Health", "Ministry of Health", "PG"),
        ("Ministry of Health of the Gambia", "Ministry of Health", "GM"),
        ("Health Ministry", "Health Ministry", None),
        ("Ministry of Gender, Labour and Social Development", None, None),
        ("NATIONAL ASSEMBLY", "National Assembly", None),
    ],
)
def test_names_of_institutions(name: str, generic: str | None, code: str | None) -> None:
    found = read_institution(name)
    assert found is not None
    assert (found.generic, found.country_code) == (generic or name, code)


@pytest.mark.parametrize(
    "name",
    [
        "Scottish Parliament",
        "Catalan National Assembly",
        "European Parliament",
        "Ohio Supreme Court",
        "Nairobi Ministry of Sound",
        "Acme Supreme Court",
        "Ministry",
        "Ministry of Okafor",
        "Bank of Kenya",
    ],
)
def test_what_is_no_national_institution(name: str) -> None:
    assert read_institution(name) is None


def test_a_known_name_goes_before_one_that_is_made() -> None:
    assert national_name("Electoral Commission", "ZW") == "Zimbabwe Electoral Commission"
    assert national_name("Supreme Court", "US") == "Supreme Court of the United States"
    assert national_name("Parliament", "GM") == "Parliament of the Gambia"
    assert national_name("Parliament", "KE") == "Parliament of Kenya"


def test_another_organisation_that_bears_the_name_is_not_assumed() -> None:
    body = "India raised its rates on Monday. The Central Bank said why, and Indians sighed."
    assert names(body) == ["Central Bank"]


def test_no_known_organisation_loses_its_name() -> None:
    known = set(read_table("known_organisations.csv")["name"])
    changed = {
        (name, made)
        for name in known
        if (found := read_institution(name)) and found.country_code
        if (made := national_name(found.generic, found.country_code)) != name
    }
    assert changed == set()
