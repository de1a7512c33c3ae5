"""Pages that are kept for visitors: never older than the database, never another's."""

import datetime
import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.keeping import kept_pages
from directory.models import Structure
from tests.factories import ArticleFactory, NetworkFactory, StructureFactory

URL = "/annuaire/les-amis/"


@pytest.fixture
def structure(db):
    NetworkFactory()
    return StructureFactory(published=True, name="Les Amis", slug="les-amis")


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


@pytest.mark.parametrize("url", ["/", URL, "/plan-du-site/", "/accessibilite/"])
def test_a_page_seen_again_costs_one_query(client, structure, url):
    client.get(url)

    assert queries_of(client, url) == 1


def test_an_edit_is_on_the_next_page(client, structure):
    client.get(URL)

    Structure.objects.update(name="Les Ennemis")

    assert "Les Ennemis" in client.get(URL).text


def test_what_is_hidden_is_gone_at_once(client, structure):
    client.get(URL)

    Structure.objects.update(publication="brouillon")

    assert client.get(URL).status_code == 404


def test_what_is_hidden_comes_back_when_it_is_shown(client, structure):
    Structure.objects.update(publication="brouillon")
    client.get(URL)

    Structure.objects.update(publication="publie")

    assert client.get(URL).status_code == 200


def test_nobody_gets_the_page_of_another(client, staff_client, structure):
    seen_by_staff = staff_client.get(URL).text
    seen_by_visitor = client.get(URL).text
    again_by_staff = staff_client.get(URL).text

    assert "Se déconnecter" in seen_by_staff
    assert "Se déconnecter" in again_by_staff
    assert "Se déconnecter" not in seen_by_visitor
    assert "Cookie" in client.get(URL)["Vary"]


def test_hosts_do_not_share_pages(client, structure, settings):
    settings.ALLOWED_HOSTS = ["un.example", "deux.example"]
    first = client.get(URL, headers={"host": "un.example"}).text
    second = client.get(URL, headers={"host": "deux.example"}).text

    assert "http://un.example/" in first
    assert "un.example" not in second


def test_those_who_take_no_gzip_get_plain_text(client, structure):
    client.get(URL)

    plain = client.get(URL)
    packed = client.get(URL, headers={"accept-encoding": "gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain["Vary"]


def test_what_is_scheduled_appears_at_its_minute(client, structure, time_machine):
    hour = datetime.datetime(2025, 6, 2, 8, 30, tzinfo=datetime.UTC)
    ArticleFactory(
        published=True, title="C’est l’heure", published_at=hour, structures=[structure]
    )

    time_machine.move_to(hour - datetime.timedelta(seconds=1), tick=False)
    before = client.get(URL).text
    time_machine.move_to(hour, tick=False)
    after = client.get(URL).text

    assert "C’est l’heure" not in before
    assert "C’est l’heure" in after


def test_addresses_that_nobody_made_are_not_kept(client, structure):
    before = {**kept_pages._store}

    client.get(f"{URL}?x=1")
    client.get("/annuaire/inconnue/")
    client.post("/")

    assert kept_pages._store == before
