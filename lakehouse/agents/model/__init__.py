"""What a language model is asked where structure alone does not decide: it labels pages, and our own code learns."""
