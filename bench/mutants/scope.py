"""Which modules are mutated, and which tests must notice.

What belongs here: the map from packages to test files. What does not: the mutations
themselves (mutations.py, named.toml).

A module is looked up by the longest prefix of its path. Tests that import the module come first,
then the cheap ones: most mutants die there.
"""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

LAKE = (
    "tests/unit/test_lake.py",
    "tests/unit/test_parts.py",
    "tests/unit/test_corrections.py",
    "tests/unit/test_damage.py",
    "tests/unit/test_durability.py",
)
PUBLICATION = ("tests/unit/test_publish.py", "tests/unit/test_releases.py")
PAGES = "tests/pages/test_page_scores.py"

TESTS: dict[str, tuple[str, ...]] = {
    "etl/dates/": ("tests/unit/test_dates*.py", "tests/property/test_dates*.py", PAGES),
    "etl/parse/": (
        "tests/unit/test_parse*.py",
        "tests/golden/test_page_features.py",
        "tests/property/test_parse*.py",
        PAGES,
    ),
    "etl/extract/": (
        "tests/golden/test_readings.py",
        "tests/unit/test_extract*.py",
        "tests/unit/test_golden*.py",
        "tests/golden/test_golden.py",
        PAGES,
    ),
    "etl/sources/": ("tests/unit/test_sources*.py", "tests/property/test_sources*.py", PAGES),
    "etl/lake/store.py": LAKE,
    "etl/lake/parts.py": LAKE,
    "etl/lake/engines/": (
        *LAKE,
        "tests/unit/test_dispatch.py",
        "tests/unit/test_outfit.py",
        "tests/unit/test_shared_home.py",
    ),
    "etl/durability.py": (
        "tests/unit/test_durability.py",
        *PUBLICATION,
        "tests/unit/test_lake.py",
    ),
    "etl/warehouse/backups.py": ("tests/unit/test_backups.py",),
    "etl/warehouse/publish.py": PUBLICATION,
    "etl/warehouse/releases.py": (*PUBLICATION, "tests/unit/test_damaged_file.py"),
    "expectations/": (
        "tests/unit/test_expectations_thresholds.py",
        "tests/unit/test_expectations*.py",
    ),
    "assets/cli/nights.py": ("tests/unit/test_nightly.py",),
}
SAMPLED = (
    "etl/dates/",
    "etl/parse/",
    "etl/extract/",
    "etl/lake/store.py",
    "etl/lake/parts.py",
    "etl/lake/engines/dispatch.py",
    "etl/lake/engines/inline.py",
    "etl/lake/engines/isolation.py",
    "etl/lake/engines/processes.py",
    "etl/durability.py",
    "etl/warehouse/publish.py",
    "etl/warehouse/releases.py",
    "expectations/",
)
"""What seeded mutants are drawn from; named ones may lie anywhere in ``TESTS``."""


def sampled_modules(only: str = "") -> list[str]:
    """The modules, as paths below the root, that seeded mutants are drawn from."""
    return [m for prefix in SAMPLED for m in _modules(prefix) if m.startswith(only)]


def modules_within(folder: str) -> Iterator[str]:
    """All modules of a folder, as paths below the root."""
    return (path.relative_to(ROOT).as_posix() for path in sorted((ROOT / folder).rglob("*.py")))


def _modules(prefix: str) -> list[str]:
    if not prefix.endswith("/"):
        return [prefix]
    return list(modules_within(prefix))


def find_tests(module: str) -> list[str]:
    """The test files that must notice a mutation of a module.

    Raises LookupError where the module, or a pattern of test files, is in vain.
    """
    prefix = max((p for p in TESTS if module.startswith(p)), key=len, default=None)
    if prefix is None:
        raise LookupError(f"{module}: scope.py names no tests for it")
    tests = list(dict.fromkeys(file for pattern in TESTS[prefix] for file in _files(pattern)))
    name = module.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
    imports = re.compile(rf"\b{re.escape(name)}\b")
    return sorted(tests, key=lambda test: imports.search((ROOT / test).read_text()) is None)


def _files(pattern: str) -> list[str]:
    found = sorted(ROOT.glob(pattern))
    if not found:
        raise LookupError(f"{pattern}: no such tests; mend scope.py")
    return [path.relative_to(ROOT).as_posix() for path in found]
