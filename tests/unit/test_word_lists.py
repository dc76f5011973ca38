"""Words of languages and facts of the world are tables: no module holds a list of them.

A collection, a split string or a regular expression's alternatives of more plain words than a
few belong into etl/lexicon or etl/reference, where every stage and every person finds them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ETL = Path(__file__).parents[2] / "etl"
MOST_WORDS = 12
WORD = re.compile(r"[^\W\d_]+(?:[ '’&-]+[^\W\d_]+){0,5}[.?]?")
GROUP_FLAGS = re.compile(r"\(\?(?:P<\w+>|<?[=!]|[a-z-]*:|[a-z]+\))")
MODULES = sorted(path for path in ETL.rglob("*.py"))


def text_of(node: ast.AST) -> str | None:
    """The string of a constant or an f-string, NUL where a value is put in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "\0" for part in node.values)
    return None


def count_items(nodes: list[ast.expr | None]) -> int:
    texts = (text_of(node) for node in nodes if node is not None)
    return sum(text is not None and WORD.fullmatch(text.strip()) is not None for text in texts)


def count_alternatives(text: str) -> int:
    """Plain words of the longest group of a regular expression; a "?" in them may stand."""
    groups = re.split(r"[()]", GROUP_FLAGS.sub("(", text))
    plain = re.compile(r"[^\W\d_][\w '’&.?\\-]*")
    return max(
        sum(plain.fullmatch(part.strip()) is not None for part in group.split("|"))
        for group in groups
    )


def count_split(node: ast.Call) -> int:
    """Words of a string that is taken apart, or made a set."""
    is_split = isinstance(node.func, ast.Attribute) and node.func.attr in ("split", "splitlines")
    strings = [node.func.value] if is_split and isinstance(node.func, ast.Attribute) else node.args
    return max((len((text_of(string) or "").split()) for string in strings), default=0)


def no_lists(tree: ast.Module) -> set[int]:
    """Docstrings, and the names that a module exports."""
    alone = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    exported = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return {id(value) for value in (*alone, *exported)}


def counts(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Line and number of words of all that may be a list."""
    ignored = no_lists(tree)
    for node in (node for node in ast.walk(tree) if id(node) not in ignored):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield node.lineno, count_items(list(node.elts))
        elif isinstance(node, ast.Dict):
            yield node.lineno, max(count_items(node.keys), count_items(list(node.values)))
        elif isinstance(node, ast.Call) and is_made_of_words(node):
            yield node.lineno, count_split(node)
        elif text := text_of(node):
            yield getattr(node, "lineno", 0), count_alternatives(text)


def is_made_of_words(node: ast.Call) -> bool:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return name in ("split", "splitlines", "frozenset", "set", "words", "phrases")


def lists_in(source: str) -> list[tuple[int, int]]:
    return [(line, count) for line, count in counts(ast.parse(source)) if count > MOST_WORDS]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ETL)))
def test_no_module_holds_a_list_of_words(path: Path) -> None:
    assert lists_in(path.read_text(encoding="utf-8")) == []


FRUIT = "apple pear plum cherry quince fig lime lemon peach date mango papaya grape"


@pytest.mark.parametrize(
    "source",
    [
        f"A = frozenset({FRUIT!r}.split())",
        f"A = words({FRUIT!r})",
        f"A = {tuple(FRUIT.split())!r}",
        f"A = {dict.fromkeys(FRUIT.split(), 1)!r}",
        f"A = {dict(enumerate(FRUIT.split()))!r}",
        f"A = re.compile(r'(?i:{FRUIT.replace(' ', '|')})')",
        f"A = rf'{{B}}(?:{FRUIT.replace(' ', 's?|')}s?)'",
    ],
)
def test_a_list_is_found_however_it_is_written(source: str) -> None:
    assert lists_in(source)


@pytest.mark.parametrize(
    "source",
    [
        f"A = {tuple(FRUIT.split()[:MOST_WORDS])!r}",
        f"def f():\n    raise ValueError({FRUIT!r})",
        f'"""{FRUIT.replace(" ", "|")}"""',
        f"A = {tuple(f'given_{word}' for word in FRUIT.split())!r}",
        f"__all__ = {tuple(FRUIT.split())!r}",
    ],
)
def test_what_is_no_list_of_words_passes(source: str) -> None:
    assert lists_in(source) == []
