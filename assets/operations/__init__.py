"""What a data engineer does by hand: one module per operation, each a Dagster job.

What belongs here: the typed config of an operation, the op that calls the domain under the
writer's lock, the job, and the report it returns. What does not: the work itself (etl/), and
the command line (assets/cli/), which runs these same jobs in its own process.

An operation is one op. It finds the nights it is about in the lake, not in a partition, and
logs a materialisation for every night that it writes (derivation.py).
"""
