"""The map of the region: which rows it shows, where, and the pages that show it."""
