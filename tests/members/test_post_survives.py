"""Whatever is killed, and when: no mail is lost, none leaves twice."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from members.mails import post
from members.models import Mail
from tests.databases import database_url
from tests.factories import MailFactory
from tests.mail_server import MailServer, mail_server

PATIENCE = 30  # seconds
DECIDE = """
import os, signal, sys
import django
django.setup()
from django.db import transaction
from members.mails import emails
from members.mails.mail_kinds import INVITATION
with transaction.atomic():
    emails.send("invitation", to="zoe@essai.example", context=INVITATION.specimen)
    if sys.argv[1] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def queue(committed):
    """An empty queue: its tables are not flushed with the others."""

    def clear():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
            cursor.execute("DELETE FROM procrastinate_periodic_defers")
            cursor.execute("DELETE FROM procrastinate_workers")

    clear()
    yield
    clear()


@pytest.fixture
def server():
    with mail_server() as server:
        yield server


def environment(server=None, **variables):
    port = str(server.port) if server else "1"
    return {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict),
        "DJANGO_SETTINGS_MODULE": "territoires.settings",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        **variables,
    }


@contextlib.contextmanager
def worker(server, **variables):
    """A worker, as it runs in production; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker"],
        cwd=settings.BASE_DIR,
        env=environment(server, **variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "too long"
        time.sleep(0.05)


def write(count=1):
    mails = [MailFactory() for _ in range(count)]
    for mail in mails:
        post.hand_over(mail)
    return mails


def take_up():
    """What the worker's clock does, once the dead have been silent long enough."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = '2020-01-01'")
    async_to_sync(post.take_up_again.func)(timestamp=0)


def none_waits():
    return not Mail.objects.waiting().exists()


@pytest.mark.parametrize(("moment", "leaving"), [("before", 0), ("after", 1)])
def test_a_mail_stands_with_its_decision(moment, leaving, queue, server):
    killed = subprocess.run(
        [sys.executable, "-c", DECIDE, moment],
        cwd=settings.BASE_DIR,
        env=environment(),
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert Mail.objects.waiting().count() == leaving
    with worker(server):
        wait_until(lambda: none_waits() and len(server.taken) >= leaving)
    assert len(server.taken) == leaving


def test_a_worker_killed_before_the_server_answers_loses_nothing(queue, server):
    (mail,) = write()
    server.answers = [MailServer.DEAF]

    with worker(server):
        wait_until(server.reached.is_set)
    server.let_go.set()
    assert Mail.objects.waiting().get() == mail
    take_up()
    with worker(server):
        wait_until(none_waits)

    assert server.message_ids == [mail.message_id]


def test_a_worker_killed_once_the_server_has_it_sends_the_same_message(queue, server):
    """The one moment that no mail system can close: mailboxes see one message."""
    (mail,) = write()
    server.answers = [MailServer.SILENCE]

    with worker(server):
        wait_until(server.reached.is_set)
    server.let_go.set()
    take_up()
    with worker(server):
        wait_until(none_waits)

    assert set(server.message_ids) == {mail.message_id}
    assert len(server.message_ids) == 2


def test_a_worker_killed_once_the_row_says_so_sends_nothing_more(queue, server):
    (mail,) = write()
    with worker(server):
        wait_until(none_waits)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

    post.hand_over(mail)
    with worker(server):
        wait_until(lambda: not ProcrastinateJob.objects.filter(status="todo").exists())
        wait_until(lambda: not ProcrastinateJob.objects.filter(status="doing").exists())

    assert server.message_ids == [mail.message_id]


def test_two_workers_never_send_the_same_mail(queue, server):
    server.pause = 0.1
    mails = [MailFactory() for _ in range(12)]
    for mail in mails:
        for _ in range(2):  # two jobs for each, as after a killed worker
            post.hand_over(mail)

    with worker(server), worker(server):
        wait_until(none_waits)

    assert sorted(server.message_ids) == sorted(mail.message_id for mail in mails)


def test_a_worker_hears_of_a_mail_at_once(queue, server):
    """Its connection listens for longer than the pages of the web may ask."""
    write()
    with worker(server, STATEMENT_TIMEOUT_MS="200"):
        wait_until(none_waits)
        time.sleep(1)
        start = time.monotonic()
        write()
        wait_until(none_waits)

    assert time.monotonic() - start < 4  # it looks by itself every five seconds


def test_a_refusal_is_kept_in_the_words_of_the_server(queue, server):
    server.recipient_answers = ["550 5.1.1 personne ici"]
    write()

    with worker(server):
        wait_until(none_waits)

    mail = Mail.objects.get()
    assert mail.refused_at
    assert mail.error == "550 5.1.1 personne ici"


def test_a_worker_asked_to_stop_finishes_and_stops(queue, server):
    write(5)

    with worker(server) as process:
        wait_until(none_waits)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
