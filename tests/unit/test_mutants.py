"""The runner of mutants: what it mutates, that its lists are alive, and that it can tell."""

from pathlib import Path

import pytest

from bench.mutants import mutants, scope, trial
from bench.mutants.mutants import Mutant, StaleListError, named_mutants, seeded_mutants
from bench.mutants.mutations import find_sites
from bench.mutants.scope import find_tests, modules_within, sampled_modules
from bench.mutants.trial import Tree, TrialError


def mutated(source: str) -> list[str]:
    """Every mutation of a text, in the order of its places."""
    return [site.apply(source, choice) for site in find_sites(source) for choice in site.choices]


@pytest.mark.parametrize(
    ("line", "mutations"),
    [
        ("a < b", ["a <= b"]),
        ("a >= b", ["a > b"]),
        ("a == b != c", ["a != b != c", "a == b == c"]),
        ("a not in b", ["a in b"]),
        ("a is not b", ["a is b"]),
        ("a and b or c", ["a or b or c", "a and b and c"]),
        ("not a", ["(a)"]),
        ("a + b - c", ["a - b - c", "a + b + c"]),
        ("a // b * c", ["a * b * c", "a // b + c"]),
        ("'a' + b", []),
        ("f'{a < 2}'", []),
        ("7", ["8", "6"]),
        ("0", ["1"]),
        ("True", ["False"]),
        ("f(a=True)", ["f(a=False)"]),
        ("zip(a, b, strict=True)", []),
        ("0.5", ["0.4", "0.625"]),
        ("any(x if a else y)", ["all(x if a else y)", "any(x if not (a) else y)"]),
        ("'SELECT a FROM b WHERE a >= 2'", ["'SELECT a FROM b WHERE a > 2'"]),
        ("'a >= 2'", []),
        ("(a  # the < of old\n < b)", ["(a  # the < of old\n <= b)"]),
        ("'é' < b", ["'é' <= b"]),
    ],
)
def test_an_expression_is_mutated(line: str, mutations: list[str]) -> None:
    assert sorted(mutated(f"x = {line}\n")) == sorted(f"x = {each}\n" for each in mutations)


@pytest.mark.parametrize(
    ("annotation", "returned"),
    [
        ("bool", "not (a)"),
        ("int", "0"),
        ("str | None", "None"),
        ("list[str]", "[]"),
        ("tuple[int, ...]", "()"),
        ("Mention", "None"),
    ],
)
def test_another_value_is_returned(annotation: str, returned: str) -> None:
    (text,) = mutated(f"def f() -> {annotation}:\n    return a\n")
    assert text.splitlines()[-1] == f"    return {returned}"


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("drop(a)", False),
        ("a.b = c", False),
        ("a += b", False),
        ("raise a", False),
        ("a = b", True),
        ("logger.info(a)", True),
        ("'A docstring.'", True),
    ],
)
def test_a_statement_is_dropped(statement: str, kept: bool) -> None:
    source = f"def f(a):\n    {statement}\n"
    assert mutated(source) == ([] if kept else ["def f(a):\n    pass\n"])


def test_annotations_and_decorators_are_left_alone() -> None:
    assert mutated("@dataclass(frozen=True)\nclass A:\n    b: Literal[1, 2]\n") == []
    assert mutated("if TYPE_CHECKING:\n    a = 1 < 2\n") == []


def test_every_named_mutant_is_found_once() -> None:
    """A refactoring that moves or rewords the code has to take the list along."""
    found = named_mutants()
    assert len(found) >= 30
    assert all(find_tests(mutant.module) for mutant in found)
    assert mutants.equivalent_mutants() is not None


def test_a_stale_entry_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = '[[mutant]]\nname = "{}"\nwithin = "etl"\nbefore = "{}"\nafter = "x"\n'
    path = tmp_path / "named.toml"
    path.write_text(entry.format("none", "no such text") + entry.format("many", "import"))
    monkeypatch.setattr(mutants, "NAMED", path)
    with pytest.raises(StaleListError, match=r"'none': found 0 times(.|\n)*'many': found \d+"):
        named_mutants()


def test_a_seed_gives_the_same_mutants() -> None:
    drawn, again, others = (
        seeded_mutants(seed=seed, count=9, only="etl/warehouse/") for seed in (3, 3, 4)
    )
    assert drawn == again != others
    assert {mutant.module for mutant in drawn} <= {
        "etl/warehouse/publish.py",
        "etl/warehouse/releases.py",
    }
    assert all(mutant.diff().count("\n") >= 4 for mutant in drawn)


def test_every_sampled_module_has_tests() -> None:
    assert set(sampled_modules()) <= {*modules_within("etl"), *modules_within("expectations")}
    for module in sampled_modules():
        assert find_tests(module)
    with pytest.raises(LookupError, match="no tests"):
        find_tests("bench/golden.py")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of one module and its test."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "odd.py").write_text("def is_odd(n: int) -> bool:\n    return n % 2 == 1\n")
    test = "from odd import is_odd\n\ndef test_odd() -> None:\n    assert is_odd(3)\n"
    (tmp_path / "tests" / "test_odd.py").write_text(test)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    monkeypatch.setattr(trial, "find_tests", lambda _: ["tests/test_odd.py"])
    monkeypatch.setattr(Tree, "_copy", lambda self, folder: None)
    return tmp_path


def mutant(project: Path, after: str) -> Mutant:
    return Mutant("n", "odd.py", (project / "odd.py").read_text(), after)


def test_a_mutant_is_killed_by_a_failing_test_or_without_end(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "LIMIT_SECONDS", 0)
    tree, before = Tree(project), (project / "odd.py").read_text()
    bodies = {"return n % 2 == 0": "FAILED", "return n == 3": "", "while True: pass": "no end"}
    for body, detail in bodies.items():
        verdict = tree.run(mutant(project, f"def is_odd(n: int) -> bool:\n    {body}\n"))
        assert verdict.is_killed is bool(detail)
        assert verdict.detail.startswith(detail)
        assert (project / "odd.py").read_text() == before


def test_tests_that_fail_by_themselves_judge_nothing(project: Path) -> None:
    (project / "tests" / "test_odd.py").write_text("def test() -> None:\n    assert False\n")
    with pytest.raises(TrialError, match="fail without a mutant"):
        Tree(project).run(mutant(project, ""))
    assert scope.ROOT.joinpath("Makefile").exists()
