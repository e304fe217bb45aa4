"""Figures with bars: each module runs as `python -m benchmarks.<name>`."""
