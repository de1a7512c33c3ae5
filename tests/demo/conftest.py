"""The demonstration, loaded once for each module."""

import datetime

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from directory.models import Structure
from tests.demo.loading import load


@pytest.fixture(scope="module")
def first_run(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded once for the module: what the command printed."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            printed = load()
        yield printed, media
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demo(first_run, db):
    """Every test starts from the first run, and is undone; consents run that day."""
    with time_machine.travel(datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def aix():
    return Structure.objects.get(slug="ville-daix-en-provence")
