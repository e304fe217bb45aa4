"""Gold: what was run, what it cost and what it was worth, from the envelopes and the registry's log."""
