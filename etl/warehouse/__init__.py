"""The analysts' file: built beside the published one, audited there, put in its place.

What belongs here: all SQL that writes or reads a DuckDB file of ours, the releases, and the log
of runs. What does not: the declarations of tables (etl/schema/), and what must hold of them
(expectations/).
"""
