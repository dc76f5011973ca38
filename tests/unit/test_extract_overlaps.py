"""No two mentions of an article share a character: a given name, a place and a firm of one word."""

from itertools import pairwise

import pytest
from article_states import read_by_rules


@pytest.mark.parametrize(
    ("body", "firm"),
    [
        ("It sold Varga Gordon Weir Ltd last year.", "Varga Gordon Weir Ltd"),
        ("It sold Varga Stanley Weir Ltd last year.", "Varga Stanley Weir Ltd"),
        ("Alice Harrow Foundation, the harbour master said.", "Alice Harrow Foundation"),
        ("It will sell shares through Merrill Harrow Inc", "Merrill Harrow Inc"),
    ],
)
def test_a_given_name_within_a_firm_is_the_firms(body: str, firm: str) -> None:
    found = sorted(read_by_rules(body=body), key=lambda mention: mention.start)
    assert any(m.text.startswith(firm) and m.label == "ORG" for m in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
