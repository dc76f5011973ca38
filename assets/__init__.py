"""Dagster: thin wiring of the domain into assets, checks, jobs and a command line."""
