"""What must hold of the tables, and how Great Expectations checks it in DuckDB."""
