"""The coverage matrix: who works on what, where, and where nobody does."""
