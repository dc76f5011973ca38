"""How far something is, in words: how much of how much, how fast, and how long it will take.

What belongs here: the arithmetic and the wording. What does not: clocks, and where it is shown.
"""

from dataclasses import dataclass

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, kw_only=True)
class Pace:
    """``done`` of ``total`` (None: nobody knows) after so many ``seconds``.

    ``taken_over`` of them were there before, and say nothing of the speed. ``since`` are the
    seconds that have passed since the last was done.
    """

    unit: str
    done: int
    total: int | None
    seconds: float
    taken_over: int = 0
    since: float = 0.0

    @property
    def rate(self) -> float | None:
        """Done a second, None while there is nothing to tell by."""
        worked = self.done - self.taken_over
        return worked / self.seconds if worked > 0 and self.seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """None while nobody can tell."""
        if self.total is None or self.rate is None:
            return None
        return max((self.total - self.done) / self.rate - self.since, 0.0)

    @property
    def is_done(self) -> bool:
        return self.total is not None and self.done >= self.total

    def in_full(self) -> str:
        """'4,000 of 12,000 documents, 51 a second, 2 min left'."""
        total = "" if self.total is None else f" of {self.total:,}"
        rate = "" if self.rate is None else f", {spoken_rate(self.rate, ' a ')}"
        return f"{self.done:,}{total} {self.unit}{rate}{self._left()}"

    def in_short(self) -> str:
        """'4,000/12,000, 51/s, 2 min left', for a line that is narrow."""
        total = "" if self.total is None else f"/{self.total:,}"
        rate = "" if self.rate is None else f", {spoken_rate(self.rate, '/')}"
        return f"{self.done:,}{total}{rate}{self._left()}"

    def _left(self) -> str:
        if self.is_done:
            return ""
        if self.seconds_left is None:
            return f", {spoken_time(self.seconds + self.since)} so far"
        return f", {spoken_time(self.seconds_left)} left"


def spoken_rate(per_second: float, by: str) -> str:
    """In the unit of time in which it is a number that one can think of."""
    names = ("s", "min", "h") if by == "/" else ("second", "minute", "hour")
    in_units = [(per_second * s, n) for n, s in zip(names, (1, MINUTE, HOUR), strict=True)]
    count, name = next((pair for pair in in_units if pair[0] >= 1), in_units[-1])
    return f"{count:,.0f}{by}{name}" if count >= 10 else f"{count:.1f}{by}{name}"


def spoken_time(seconds: float) -> str:
    """'40 s', '3 min', '2 h 5 min'; rounded up, so that nothing takes longer than was said."""
    whole = -int(-seconds // 1)
    if whole < 2 * MINUTE:
        return f"{whole} s"
    minutes = -(-whole // MINUTE)
    if minutes < MINUTE:
        return f"{minutes} min"
    return f"{minutes // MINUTE} h {minutes % MINUTE} min"
