"""An address that was public once leads to its page for ever."""

import pytest
from django.db import connection

from directory.models import Publication
from tests.admin_forms import save
from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    OfferFactory,
    PageFactory,
    ProjectFactory,
    StructureFactory,
)

EVERY = [
    *(StructureFactory, ProjectFactory),
    *(ArticleFactory, CallFactory, EventFactory, OfferFactory, PageFactory),
]
by_kind = pytest.mark.parametrize("make", EVERY)


def moved(row, slug):
    """The addresses of a row before and after its slug is changed, without `save()`."""
    before = row.get_absolute_url()
    type(row).objects.filter(pk=row.pk).update(slug=slug)
    row.refresh_from_db()
    return before, row.get_absolute_url()


@by_kind
def test_a_former_address_redirects_for_ever_whatever_comes_next(make, client, db):
    row = make(published=True, slug="premier")
    first, second = moved(row, "deuxieme")
    _second, third = moved(row, "troisieme")

    for former in (first, second):
        response = client.get(former)
        assert (response.status_code, response["Location"]) == (301, third)
    assert client.get(f"{first}?de=ailleurs")["Location"] == f"{third}?de=ailleurs"
    assert client.get(third).status_code == 200


@by_kind
def test_a_former_address_of_what_is_hidden_tells_nothing(make, client, db):
    row = make(published=True, slug="premier")
    first, _second = moved(row, "deuxieme")
    type(row).objects.filter(pk=row.pk).update(publication=Publication.DRAFT)

    assert client.get(first).status_code == 404


@by_kind
def test_an_address_in_use_shows_its_own_page(make, client, db):
    first, _second = moved(make(published=True, slug="premier"), "deuxieme")

    make(published=True, slug="premier")

    assert client.get(first).status_code == 200


def test_an_address_of_another_kind_leads_nowhere(client, db):
    moved(CallFactory(published=True, slug="premier"), "deuxieme")

    assert client.get("/agenda/premier/").status_code == 404


def test_what_was_withdrawn_renamed_and_published_again_is_still_found(
    client, staff_client
):
    row = CallFactory(published=True, slug="premier")
    save(staff_client, row, {"publication": "brouillon"})
    save(staff_client, row, {"slug": "deuxieme"})
    save(staff_client, row, {"publication": "publie"})

    response = client.get("/appels-a-projets/premier/")

    assert response["Location"] == "/appels-a-projets/deuxieme/"


def test_no_kept_plan_compares_many_rows_with_each_other(db):
    """PL/pgSQL keeps the plan of a session's first write, perhaps of one row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosrc ~ '(former JOIN changed|"
            "changed JOIN former|former FULL JOIN changed|changed FULL JOIN former)'"
            " AND NOT coalesce(proconfig, '{}') @> ARRAY['enable_nestloop=off']"
        )
        assert cursor.fetchall() == []
