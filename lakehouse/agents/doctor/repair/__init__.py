"""The rungs of the ladder: ways of finding candidates, cheapest first."""
