"""The night in Dagster: its assets, its checks, its job, and what they tell.

What belongs here: one asset per table of a stage, the audit, the partition, and the metadata
that they show. What does not: the stages (etl/night.py), what starts a run (assets/watch/), and
what is done by hand (assets/operations/).
"""
