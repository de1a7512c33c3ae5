"""What tests of mails need: the queue, run at once."""

import pytest

from tests.post import run_queue


@pytest.fixture
def letters(db, mailoutbox):
    """The mails that leave once the queue has run: call it."""

    def run():
        run_queue()
        return mailoutbox

    return run
