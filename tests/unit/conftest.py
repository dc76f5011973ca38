"""What takes seconds to load and no test changes: loaded once per process.

What belongs here: read-only values that several modules of unit tests share. What does not:
anything a test writes to.
"""

import pytest

from etl.extract import Extractor, build_extractor
from etl.extract.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return build_extractor(derived_by="test")


@pytest.fixture(scope="session")
def gazetteer(extractor: Extractor) -> Gazetteer:
    return extractor.gazetteer
