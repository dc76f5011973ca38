"""The lines of whole pages show the models what their weights were fitted on."""

from tests.golden.page_features import FEATURES, page_features


def test_the_features_are_as_committed() -> None:
    """After a wanted change: make snapshots, look at the diff, and fit the models again."""
    expected = FEATURES.read_text(encoding="utf-8").splitlines()
    assert page_features().splitlines() == expected
