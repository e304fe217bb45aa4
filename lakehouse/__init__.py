"""A self-healing lakehouse of web data."""
