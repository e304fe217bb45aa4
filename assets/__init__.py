"""The assets of each source: its fetcher, its raw pages, its table."""
