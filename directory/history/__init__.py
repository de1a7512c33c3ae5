"""The history: who wrote what, why, and how people read it."""
