"""The domain: pure functions over Polars frames; no Dagster, no Great Expectations."""
