"""A walk through the lakehouse on a small invented city: its site, and the sources that read it."""
