"""What assets stand on: the store, its IO manager, DuckDB."""
