"""What stops an import before its first row."""


class ImportRefused(Exception):
    """The file as a whole cannot be imported; the message is for who sent it."""
