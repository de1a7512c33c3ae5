"""What people find in their mailbox."""

import re

from django.core import mail

from tests.post import run_queue


def sent_to(address):
    """The mails sent to an address, the last one first."""
    run_queue()
    return [m for m in reversed(mail.outbox) if m.to == [address]]


def code_sent_to(address):
    """The last code sent to an address."""
    bodies = "\n".join(letter.body for letter in sent_to(address))
    return re.search(r"^(\d{6})$", bodies, re.MULTILINE)[1]


def wrong(code):
    """Six other digits."""
    return code.translate(str.maketrans("0123456789", "1234567890"))
