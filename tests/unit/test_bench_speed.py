"""The speed bench: what it reports of what it measured."""

from bench.speed import Speed, page, timed


def test_rows_are_per_second_and_a_multiple_of_plain_tokenisation() -> None:
    speed = Speed(documents=100, words=20_000, tokenisation=0.5, country_step=2.0, whole=10.0)
    assert [row[1:] for row in speed.rows()] == [
        (200.0, 40_000.0, 1.0),
        (50.0, 10_000.0, 4.0),
        (10.0, 2_000.0, 20.0),
    ]
    assert "| 10 | 2,000 | 20.0 |" in page(speed)


def test_the_best_of_some_runs_counts() -> None:
    runs: list[int] = []
    assert timed(lambda: runs.append(sum(range(10_000))), times=4) > 0
    assert len(runs) == 4
