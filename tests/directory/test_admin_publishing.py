"""What the staff do to structures: verify, publish, archive, delete."""

import datetime
import html

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from directory.models import Publication, Structure
from tests.admin_forms import act, address, page_of, save
from tests.factories import ParticipationFactory, StructureFactory, UserFactory


@pytest.mark.parametrize("number", [1, 3])
def test_structures_are_marked_as_verified_from_the_list(number, staff_client, staff):
    rows = [StructureFactory() for _ in range(number)]
    untouched = StructureFactory()

    response = act(staff_client, "mark_verified", *rows)

    for row in rows:
        row.refresh_from_db()
        assert row.verified_by == staff
        assert timezone.now() - row.verified_at < datetime.timedelta(minutes=1)
    untouched.refresh_from_db()
    assert untouched.verified_at is None
    assert ("Fiche marquée" if number == 1 else "3 fiches marquées") in response.text
    assert LogEntry.objects.count() == number


def test_a_verification_is_not_a_modification(staff_client):
    structure = StructureFactory()
    before = structure.updated_at

    act(staff_client, "mark_verified", structure)

    structure.refresh_from_db()
    assert structure.updated_at == before


def test_a_page_is_saved_and_marked_as_verified_with_one_button(staff_client, staff):
    structure = StructureFactory()
    assert (
        "Enregistrer et marquer comme vérifié"
        in staff_client.get(page_of(structure)).text
    )

    save(staff_client, structure, {"name": "Nom confirmé", "_verify": "on"})

    structure.refresh_from_db()
    assert (structure.name, structure.verified_by) == ("Nom confirmé", staff)
    message = LogEntry.objects.get().get_change_message()
    assert "Nom" in message
    assert "vérifié le" in message


def test_saving_alone_verifies_nothing(staff_client):
    structure = StructureFactory()

    save(staff_client, structure, {"name": "Autre nom"})

    structure.refresh_from_db()
    assert structure.verified_at is None


def test_provenance_cannot_be_typed(staff_client):
    structure = StructureFactory()
    changes = {"source": "moi", "external_key": "1", "verified_at_0": "2020-01-01"}

    save(staff_client, structure, changes)

    structure.refresh_from_db()
    assert (structure.source, structure.external_key) == ("", "")
    assert structure.verified_at is None


def test_structures_are_published_and_archived_from_the_list(staff_client):
    structure = StructureFactory()

    published = act(staff_client, "publish", structure)
    structure.refresh_from_db()
    assert structure.publication == Publication.PUBLISHED
    assert "Fiche publiée." in published.text

    archived = act(staff_client, "archive", structure)
    structure.refresh_from_db()
    assert structure.publication == Publication.ARCHIVED
    assert "Fiche archivée." in archived.text


def test_publishing_names_the_rows_that_stay_hidden(staff_client):
    public = StructureFactory(name="La visible")
    merged = StructureFactory(name="L’ancienne", merged_into=public)

    text = html.unescape(act(staff_client, "publish", public, merged).text)

    assert "2 fiches publiées." in text
    assert "Fiches que le public voit\u00a0: 1." in text
    assert "Il ne voit pas encore\u00a0: L’ancienne (Fusionnée" in text
    assert "La visible (" not in text


def test_rows_of_a_filtered_list_are_published_and_logged(staff_client):
    drafts = [StructureFactory(), StructureFactory()]

    act(staff_client, "publish", *drafts, query="?publication__exact=brouillon")

    assert Structure.objects.published().count() == 2
    assert LogEntry.objects.count() == 2


def test_what_a_project_needs_is_not_deleted_and_the_page_says_why(staff_client):
    participation = ParticipationFactory()
    structure = participation.structure
    url = address(Structure, "delete", structure.pk)

    shown = staff_client.get(url)
    staff_client.post(url, {"post": "yes"})
    act(staff_client, "delete_selected", structure)

    assert str(participation) in shown.text.replace("&#x27;", "'")
    assert Structure.objects.filter(pk=structure.pk).exists()


def test_an_account_that_may_only_read_cannot_publish(client, db):
    structure = StructureFactory()
    client.force_login(reader("view_structure"))

    response = act(client, "publish", structure)

    structure.refresh_from_db()
    assert response.status_code == 200
    assert structure.publication == Publication.DRAFT
    assert client.get(page_of(structure)).status_code == 200


def reader(*codenames):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user
