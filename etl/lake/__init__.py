"""The lake: Parquet parts, a folder per stage and night.

What belongs here: where parts lie (store), how a stage is mapped over them (parts), and what may
be done to those that are finished (corrections, replays, retention, withdrawals, staleness).
What does not: what the stages make of a document, and the analysts' file (etl/warehouse/).
"""
