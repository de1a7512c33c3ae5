"""Signing in and keeping one’s account, on top of allauth."""
