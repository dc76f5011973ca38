"""What an audit says of a result: the figure that was observed, and its bound, in one unit.

What belongs here: figures in words for people. What does not: the results themselves
(results.py), and where they are shown.
"""

from expectations.model import MEASURE_BETWEEN, NO_ROWS, Expectation, Unit
from expectations.results import Result

_SCALES: dict[Unit, tuple[float, str]] = {
    "share": (100, "%"),
    "rise": (100, " points"),
    "ratio": (1, " times"),
}
_PLAIN = (1.0, "")
RANGE = " to "


def observed_text(expectation: Expectation, observed: str | None) -> str | None:
    """What was observed, as people read it: '56%' of '0.56', '10% to 40%' of '0.1 to 0.4'.

    What is no figure stands as it is.
    """
    if observed is None or expectation.unit is None:
        return observed
    try:
        values = [float(part) for part in observed.split(RANGE)]
    except ValueError:
        return observed
    return RANGE.join(_figure(value, expectation.unit) for value in values)


def bound_text(expectation: Expectation) -> str | None:
    """What is allowed, in the same unit: 'at most 50%', '0.3 times to 3 times', 'no rows'.

    None of Great Expectations' own checks, whose description tells it.
    """
    if expectation.type == NO_ROWS:
        return "no rows"
    if expectation.type != MEASURE_BETWEEN:
        return None
    lowest, highest = (
        _figure(float(str(bound)), expectation.unit) if bound is not None else None
        for bound in (expectation.arguments["lowest"], expectation.arguments["highest"])
    )
    if lowest and highest:
        return f"{lowest}{RANGE}{highest}"
    return f"at most {highest}" if highest else f"at least {lowest}" if lowest else None


def verdict_line(result: Result) -> str:
    """In a line: '56% observed, at most 50% allowed', '3 rows break it', 'it holds'."""
    if result.error:
        return f"it could not be made: {result.error}"
    observed = observed_text(result.expectation, result.observed)
    bound = bound_text(result.expectation)
    if observed is not None and bound and result.expectation.type == MEASURE_BETWEEN:
        return f"{observed} observed, {bound} allowed"
    if result.passed:
        return "it holds"
    count = result.unexpected_count
    return f"{count:,} row{'s break' if count != 1 else ' breaks'} it" if count else "it fails"


def plotted(expectation: Expectation, observed: str | None) -> float | None:
    """The figure that was judged, in the unit shown; of several the highest."""
    value = figure_of(observed)
    return None if value is None else round(value * _scale(expectation.unit)[0], 4)


def figure_of(observed: str | None) -> float | None:
    """The figure that was judged, as it was measured; of several ('0.1 to 0.4') the highest."""
    try:
        return float((observed or "").rpartition(" ")[2])
    except ValueError:
        return None


def _figure(value: float, unit: Unit | None) -> str:
    factor, suffix = _scale(unit)
    return f"{round(value * factor, 4):.10g}{suffix}"


def _scale(unit: Unit | None) -> tuple[float, str]:
    return _SCALES[unit] if unit else _PLAIN
