"""What unit tests share."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from publication import Lay

from etl.warehouse import staging


@pytest.fixture(scope="session", autouse=True)
def most_free() -> Iterator[float]:
    """The free share from which on a file is written anew, which none reaches here.

    Their files are so small that each night would write them anew. Tests of that put it back.
    """
    shipped = staging.MOST_FREE
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(staging, "MOST_FREE", 1.0)
        yield shipped


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Lay:
    """Lay in a folder what a function makes in one: it is made once, each test has a copy.

    Copies have the hard links of what is copied: the published file is a release.
    """
    made: dict[Callable[[Path], None], Path] = {}

    def lay(make: Callable[[Path], None], folder: Path) -> Path:
        if make not in made:
            made[make] = tmp_path_factory.mktemp("made")
            make(made[make])
        subprocess.run(["cp", "--archive", f"{made[make]}/.", str(folder)], check=True)
        return folder

    return lay
