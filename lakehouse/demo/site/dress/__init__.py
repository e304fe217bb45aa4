"""How the truth is shown: one module for each source, two versions in each."""
