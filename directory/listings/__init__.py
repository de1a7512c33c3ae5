"""Listings: rows of any register, filtered, counted, ordered and shown."""
