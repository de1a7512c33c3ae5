"""NUL, which PostgreSQL refuses: no page of the admin breaks on it."""

import pytest
from django.db import DataError

from directory.models import Structure
from tests.admin_forms import act, save
from tests.factories import StructureFactory, UserFactory
from tests.pages import Page


@pytest.mark.parametrize(
    "path",
    [
        "/admin/directory/structure/%00/change/",
        "/admin/directory/structure/?source=%00",
        "/admin/directory/structure/?q=%00",
        "/admin/directory/department/%00/delete/",
        "/admin/directory/country/?world_region__code__exact=%00",
        "/admin/%00/",
        "/admin/login/?next=%00",
    ],
)
def test_an_address_of_the_admin_that_holds_it_is_refused(path, staff_client):
    response = staff_client.get(path)

    assert response.status_code == 400
    assert "Demande incompréhensible" in Page(response).text


@pytest.mark.parametrize("path", ["/annuaire/?q=%00", "/annuaire/?pays=%00", "/?a=%00"])
def test_public_pages_drop_it(path, client, db):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("field", ["type", "department", "commune", "life"])
def test_a_choice_that_holds_it_is_refused_as_any_other(field, staff_client):
    response = save(staff_client, StructureFactory(), {field: "a\x00"})

    assert set(response.context["adminform"].form.errors) == {field}


def test_texts_lose_it(staff_client):
    structure, user = StructureFactory(), UserFactory()

    save(staff_client, structure, {"name": "Mai\x00son", "other_names": "A\x00\nB"})
    save(staff_client, user, {"name": "Zo\x00é"})

    structure.refresh_from_db()
    user.refresh_from_db()
    assert (structure.name, structure.other_names) == ("Maison", ["A", "B"])
    assert user.name == "Zoé"


def test_an_action_that_holds_it_is_done_without(staff_client):
    structure = StructureFactory()

    response = act(staff_client, "publish\x00", structure)

    assert response.status_code == 200
    assert Structure.objects.published().get() == structure


def test_what_the_database_alone_refuses_is_told(staff_client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise DataError

    structure = StructureFactory()
    monkeypatch.setattr(Structure, "save", refuse)

    response = save(staff_client, structure, {"name": "Après"})

    shown = staff_client.get(response["Location"]).text
    assert "une valeur contient un caractère illisible" in shown
