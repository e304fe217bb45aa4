"""The doctor: finds why a source fails, repairs its fetcher, and proves the repair."""
