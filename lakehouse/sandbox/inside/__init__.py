"""The half of the sandbox that runs in the worker: it locks itself, then runs one fetcher."""
