"""Words: what is typed, understood, found, repaired, and shown where it was found."""
