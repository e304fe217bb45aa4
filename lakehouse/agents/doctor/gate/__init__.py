"""The gate: what a candidate does on the evidence, and the verdict that follows."""
