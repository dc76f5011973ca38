"""Small mutations of a module's text: each is one place, written differently.

What belongs here: finding the places (``find_sites``) and what may stand there instead. What
does not: which modules are mutated and which tests must notice (scope.py), and running them
(trial.py).

The text is changed, not the tree, so that a survivor is shown as the diff a person would see.
Left alone: docstrings, annotations, decorators, words and messages (a list of words is a table,
and a message is for a reader), calls of a logger, and what only a type checker reads.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
}
TWINS = {"any": "all", "all": "any", "min": "max", "max": "min"}
EMPTY = {"bool": "False", "int": "0", "float": "0.0", "str": '""'}
EMPTY |= {"list": "[]", "dict": "{}", "tuple": "()", "frozenset": "frozenset()", "set": "set()"}
SQL = re.compile(r"\b(?:SELECT|HAVING|QUALIFY|WHERE)\b")
SQL_COMPARISON = re.compile(r"(?<=\s)(?:<=|>=|<>|<|>|=)(?=\s)")
SQL_TWIN = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "<>": "=", "=": "<>"}
FACTORS = (0.8, 1.25)
"""A share or score is moved by a fifth; a whole number by one."""


@dataclass(frozen=True)
class Site:
    """One place of a module, ``[start, end)`` in bytes of its text, and what may stand there."""

    kind: str
    start: int
    end: int
    choices: tuple[str, ...]

    def apply(self, source: str, choice: str) -> str:
        """The module's text with ``choice`` in this place."""
        whole = source.encode()
        return (whole[: self.start] + choice.encode() + whole[self.end :]).decode()


def find_sites(source: str) -> list[Site]:
    """Every place of a module that can be mutated, in the order of the text."""
    finder = _Finder(source)
    finder.visit(ast.parse(source))
    return sorted(finder.sites, key=lambda site: (site.start, site.end, site.kind))


class _Finder(ast.NodeVisitor):
    def __init__(self, source: str) -> None:
        self.source = source.encode()
        lines = self.source.split(b"\n")
        self.line_starts = [0]
        for line in lines:
            self.line_starts.append(self.line_starts[-1] + len(line) + 1)
        self.sites: list[Site] = []
        self.returned: list[ast.expr | None] = []

    # -- where things stand -------------------------------------------------------------------

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        start = self.line_starts[node.lineno - 1] + node.col_offset
        last_line, last_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return start, self.line_starts[last_line - 1] + last_column

    def text(self, node: ast.expr | ast.stmt) -> str:
        start, end = self.span(node)
        return self.source[start:end].decode()

    def add(self, kind: str, start: int, end: int, *choices: str) -> None:
        self.sites.append(Site(kind, start, end, choices))

    def add_between(self, kind: str, start: int, end: int, old: str, new: str) -> None:
        """The operator that stands between two operands, comments and brackets apart."""
        pattern = r"\b" + old.replace(" ", r"\s+") + r"\b" if old[0].isalpha() else re.escape(old)
        between = re.sub(rb"#[^\n]*", lambda found: b" " * len(found[0]), self.source[start:end])
        found = re.search(pattern.encode(), between)
        if found:
            self.add(kind, start + found.start(), start + found.end(), new)

    # -- what is left alone -------------------------------------------------------------------

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.visit_all(node.body)

    def visit_keyword(self, node: ast.keyword) -> None:
        """``strict=True`` of a zip only guards against what never happens."""
        if node.arg != "strict":
            self.visit(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """The places of what stands inside are unknown before Python 3.12, but for SQL."""
        self.add_sql(node)

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        self.add_condition(node.test)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        self.visit_all([default for default in defaults if default is not None])
        self.returned.append(node.returns)
        self.visit_all(node.body)
        self.returned.pop()

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit(node.body)

    def visit_all(self, nodes: Sequence[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    # -- operators ----------------------------------------------------------------------------

    def visit_Compare(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for (left, right), operator in zip(pairwise(operands), node.ops, strict=True):
            old, new = COMPARISONS[type(operator)]
            self.add_between("comparison", self.span(left)[1], self.span(right)[0], old, new)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in pairwise(node.values):
            self.add_between("and/or", self.span(left)[1], self.span(right)[0], old, new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            start, end = self.span(node)
            self.add("not", start, end, f"({self.text(node.operand)})")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        swap = ARITHMETIC.get(type(node.op))
        if swap and not any(map(_is_sequence, (node.left, node.right))):
            self.add_between("arithmetic", self.span(node.left)[1], self.span(node.right)[0], *swap)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in TWINS:
            self.add("twin", *self.span(node.func), TWINS[node.func.id])
        self.generic_visit(node)

    # -- conditions ---------------------------------------------------------------------------

    def add_condition(self, test: ast.expr) -> None:
        if isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.NamedExpr):
            self.add("condition", *self.span(test), f"not ({self.text(test)})")

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.add_condition(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.add_condition(test)
        self.generic_visit(node)

    # -- constants ----------------------------------------------------------------------------

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self.add("constant", *self.span(node), str(not value))
        elif isinstance(value, int):
            self.add("constant", *self.span(node), *map(str, _beside(value)))
        elif isinstance(value, float):
            moved = dict.fromkeys(round(value * factor, 6) for factor in FACTORS)
            self.add("constant", *self.span(node), *map(repr, moved.keys() - {value} or {1.0}))
        elif isinstance(value, str):
            self.add_sql(node)

    def add_sql(self, node: ast.expr) -> None:
        start, text = self.span(node)[0], self.text(node)
        if SQL.search(text):
            for found in SQL_COMPARISON.finditer(text):
                first = start + len(text[: found.start()].encode())
                self.add("sql", first, first + len(found[0]), SQL_TWIN[found[0]])

    # -- statements ---------------------------------------------------------------------------

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            choice = _another(self.returned[-1], self.text(node.value))
            if choice and choice != self.text(node.value):
                self.add("return", *self.span(node.value), choice)
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant) or _is_logging(node.value):
            return
        if isinstance(node.value, ast.Call):
            self.drop(node)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
            self.drop(node)
        self.visit(node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.drop(node)
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.drop(node)
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self.drop(node)

    def visit_Break(self, node: ast.Break) -> None:
        self.drop(node)

    def drop(self, node: ast.stmt) -> None:
        self.add("dropped", *self.span(node), "pass")


def _is_sequence(node: ast.expr) -> bool:
    """Text and lists are joined by "+", formatted by "%": another operator only raises."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text or isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp)


def _is_logging(node: ast.expr) -> bool:
    function = node.func if isinstance(node, ast.Call) else None
    owner = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id == "logger"


def _beside(value: int) -> Iterator[int]:
    yield value + 1
    if value > 1:
        yield value - 1


def _another(annotation: ast.expr | None, returned: str) -> str | None:
    """What a function might return instead; None where nothing can be said."""
    if annotation is None:
        return None
    text = ast.unparse(annotation)
    if text == "bool":
        return f"not ({returned})"
    if "None" in text.split(" | "):
        return "None"
    return EMPTY.get(text.partition("[")[0], "None")
