"""The rounds that tell alerts: whatever is killed, and however many work at once."""

import os
import signal
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from members.alerts import digests, subscribing
from members.models import Mail, Subscriber, ToldRow
from tests.databases import database_url
from tests.factories import (
    SavedSearchFactory,
    StructureFactory,
)
from tests.members.concurrency import at_once
from tests.members.following import (
    NOW,
    ZOE,
    next_round,
    subscribe,
)


@pytest.fixture
def clock(db):
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def test_a_round_that_is_killed_tells_nothing_by_halves(committed, tmp_path):
    """The mail and the marks of what it told are of one transaction."""
    SavedSearchFactory(on=True, query="pays=ML", subscriber__email=ZOE)
    StructureFactory(published=True, countries=["ML"])
    script = (
        "import os, signal, django\n"
        "django.setup()\n"
        "from members.alerts import digests\n"
        "digests._note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "digests.tell_all()\n"
    )
    variables = {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict),
        "DJANGO_SETTINGS_MODULE": "territoires.settings",
    }
    killed = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env=variables,
        check=False,
    )
    left = (Mail.objects.count(), ToldRow.objects.count())

    told = [digests.tell_all(), digests.tell_all()]

    assert killed.returncode == -signal.SIGKILL
    assert (left, told) == ((0, 0), [1, 0])
    assert ToldRow.objects.count() == 1


def test_two_rounds_at_once_write_one_mail(committed):
    for _ in range(3):
        subscriber = SavedSearchFactory(on=True, query="pays=ML").subscriber
        SavedSearchFactory(on=True, listing="news:calls", subscriber=subscriber)
    StructureFactory(published=True, countries=["ML"])

    raised = at_once(digests.tell_all, digests.tell_all, digests.tell_all)

    assert raised == [None] * 3
    assert Mail.objects.count() == 3
    assert ToldRow.objects.count() == 3


@pytest.mark.parametrize("whole", [True, False])
def test_a_round_and_an_end_at_once_do_not_wait_for_each_other(whole, committed):
    """Each holds the person before the alerts: the end deletes these first."""
    search = SavedSearchFactory(on=True, query="pays=ML")
    StructureFactory(published=True, countries=["ML"])

    def end():
        if whole:
            subscribing.end_all(subscriber=search.subscriber)
        else:
            subscribing.end(search=search)

    def tell():
        digests.tell(search.subscriber.pk)

    raised = at_once(end, tell, tell)

    assert raised == [None] * 3
    assert not Subscriber.objects.exists()


def test_what_fails_for_one_person_is_told_to_the_others(clock, monkeypatch):
    subscribe(clock)
    subscribe(clock, email="ali@essai.example")
    StructureFactory(published=True, countries=["ML"])
    write = digests._write

    def broken(subscriber, *rest):
        if subscriber.email == ZOE:
            raise ValueError
        write(subscriber, *rest)

    monkeypatch.setattr(digests, "_write", broken)
    first = next_round(clock)
    monkeypatch.setattr(digests, "_write", write)

    assert (first, next_round(clock, days=0)) == (1, 1)
