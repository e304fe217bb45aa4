"""The parts of `benchmarks.mttr` and `benchmarks.overload`."""
