"""Let another process reach the database of the tests."""

from urllib.parse import quote, urlencode


def database_url(values):
    """The URL of an entry of `DATABASES`."""
    parts = [quote(str(values[part]), safe="") for part in ("USER", "PASSWORD", "HOST")]
    user, password, host = parts
    options = urlencode(values["OPTIONS"])
    place = f"{host}:{values['PORT']}/{values['NAME']}"
    return f"postgres://{user}:{password}@{place}?{options}"
