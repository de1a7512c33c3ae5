"""The application that gives a person of the staff their codes."""

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

SECRET = "JBSWY3DPEHPK3PXP"


def code_of(secret):
    """What the application shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def with_application(user):
    TOTP.activate(user, SECRET)
    return user
