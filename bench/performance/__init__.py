"""What Dateline costs, beside other ways to do the same: ``python -m bench.performance``.

What belongs here: the cases, the arm that Dateline is held against, how both are measured, and the
page that tells (docs/performance.md). What does not: accuracy (bench/accuracy.py, bench/parse.py)
and what single parts cost for whoever works on them (bench/speed.py, bench/query_speed.py).
"""
