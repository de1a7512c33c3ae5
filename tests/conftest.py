"""The cast of the tests: a visitor, a member, an owner, a member of the staff."""

import pytest
from django.test import Client, TransactionTestCase

from directory.keeping.stores import STORES
from tests import sessions
from tests.databases import EMPTY_SITE
from tests.factories import MembershipFactory, StructureFactory, UserFactory


@pytest.fixture(autouse=True)
def _staff_have_a_second_factor(monkeypatch):
    """Open the sessions of the staff as they are opened; see `single_factor_client`."""
    monkeypatch.setattr(Client, "force_login", sessions.open_proved)


@pytest.fixture(autouse=True)
def _fast_and_private(settings, tmp_path):
    """Plain static files, nothing kept or counted, uploads that leave no trace."""
    for store in STORES:
        store.clear()
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def reference_comes_back(django_db_setup, django_db_blocker, monkeypatch):
    """At the end, put back what migrations left, in the place of Django's flush."""
    with django_db_blocker.unblock():
        EMPTY_SITE.keep()
    monkeypatch.setattr(
        TransactionTestCase, "_fixture_teardown", lambda _: EMPTY_SITE.put_back()
    )


@pytest.fixture
def committed(reference_comes_back, transactional_db):
    """A database in which each connection writes for good: it is flushed at the end."""


@pytest.fixture
def staff(db):
    """A member of the network’s staff."""
    return UserFactory(staff=True, email="equipe@essai.example")


@pytest.fixture
def owned_structure(db):
    """A published structure that has an owner and an editor."""
    return StructureFactory(published=True, member=True, name="La structure tenue")


@pytest.fixture
def owner(owned_structure):
    """The person who owns `owned_structure`."""
    return MembershipFactory(
        owner=True, structure=owned_structure, user__email="proprietaire@essai.example"
    ).user


@pytest.fixture
def member(owned_structure):
    """A person who edits `owned_structure` without owning it."""
    return MembershipFactory(
        structure=owned_structure, user__email="membre@essai.example"
    ).user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff_client(staff):
    return signed_in(staff)


@pytest.fixture
def single_factor_client(staff):
    """The staff in a session that a code alone opened."""
    client = Client()
    sessions.open_plainly(client, staff)
    return client


@pytest.fixture
def owner_client(owner):
    return signed_in(owner)


@pytest.fixture
def member_client(member):
    return signed_in(member)
