"""Alerts: a listing's search followed by mail, with or without an account."""
