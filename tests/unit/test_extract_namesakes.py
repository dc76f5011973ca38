"""Places that share a name, settled by the words beside them: whole texts, and their countries.

What belongs here: "X in Country", "X, the region of Country", "X's president". What does not: the
figures of single scores (test_extract_scores.py).
"""

import pytest
from marked_texts import read_marked

from etl.extract import Extractor
from etl.extract.countries import group_mentions

NAMESAKES = [
    ("Valencia in Venezuela was dark. Valencia slept.", "VE"),
    ("Lagos in Portugal was flooded.", "PT"),
    ("London in Ontario was flooded.", "CA"),
    ("The envoy of China in Mexico spoke.", "CN MX"),
    ("Macedonia, the region of northern Greece, lost its peaches.", "GR"),
    ("Luxembourg, a province of Belgium, lost its potatoes.", "BE"),
    ("Luxembourg, a friend of Belgium, sent potatoes.", "BE LU"),
    ("Limburg's farmers blocked the road near Hasselt in Flanders.", "BE"),
    ("Limburg's farmers blocked the road near Maastricht.", "NL"),
    ("Georgia's president vetoed the bill.", "GE"),
    ("The president of Georgia vetoed the bill.", "GE"),
    ("Georgia's governor vetoed the bill.", "US"),
    ("He was seen at Lincoln Crown Court.", "GB"),
    ("Oxford is home to Oxford University.", "GB"),
    ("The French Open and the US Open pay more.", "FR US"),
    ("A mill burned in Cuba, New York, on Monday. Cuba lost its cinema.", "US"),
    ("Exiles from Cuba, New York and Florida met.", "CU US"),
    ("He taught in Chesterfield Inlet in Nunavut.", "CA"),
    ("He taught in Chesterfield in England.", "GB"),
    ("The San Quillo hospital in Pavia, Italy, is full.", "IT"),
    ("The baker of Beni Zuleif sold bread.", ""),
    ("Residents of San, a town in Mali, sold bread.", "ML"),
    ("The Kota bakers sold bread in Kota.", "IN"),
    ("I met Paris in the clinic. Paris is a nurse, and she is kind.", ""),
    ("Paris is a city, and he likes it in Paris.", "FR"),
    ("Cairo Mendes opened a bakery in Luanda with money of her aunt.", "AO"),
    ("Cairo Mendes opened a bakery in Luanda with money of its own.", "AO EG"),
    ("China Evergrande opened a plant with money of its own.", "CN"),
]


@pytest.mark.parametrize(("text", "expected"), NAMESAKES)
def test_the_words_beside_a_name_tell_which_place_it_is(
    extractor: Extractor, text: str, expected: str
) -> None:
    assert " ".join(sorted(group_mentions(read_marked(extractor, text)))) == expected


HEADLINES = [
    ("Asian Stocks in Best-Ever Start to a Year", "Asian equities climbed in the spring.", ""),
    ("Retailer Seeks Asset Sale by June", "It wants an asset sale in Toronto.", "CA"),
    ("Retailer Seeks a Shop in Sale by June", "It wants a shop in Sale, Australia.", "AU"),
]


@pytest.mark.parametrize(("title", "body", "expected"), HEADLINES)
def test_a_word_of_a_headline_is_no_town(
    extractor: Extractor, title: str, body: str, expected: str
) -> None:
    assert " ".join(sorted(group_mentions(read_marked(extractor, body, title)))) == expected
