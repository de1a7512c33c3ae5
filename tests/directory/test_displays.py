"""Three views of one result: the list, the table, the map."""

import datetime

import pytest

from tests.factories import ProjectFactory, StructureFactory
from tests.pages import Page

URL = "/projets/"
VIEWS = ["liste", "tableau", "carte"]


def project(title, **kwargs):
    return ProjectFactory(published=True, title=title, **kwargs)


# It shows


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_shows_the_same_result(client, db, view):
    project("Un puits", countries=["ML"])
    project("Une école", countries=["ML", "SN"])
    project("Ailleurs", countries=["TG"])

    page = Page(client.get(URL, {"vue": view, "pays": "ML"}))

    assert page.total == 2
    assert page.ticked("pays") == ["ML"]
    assert "2 pays" in page.text


def test_the_list_is_what_is_shown_unasked(client, db):
    project("Un puits")

    page = Page(client.get(URL))

    assert page.links["Liste"]["aria-current"] == "true"
    assert "aria-current" not in page.links["Tableau"]
    assert page.query("Tableau") == {"vue": ["tableau"]}


def test_the_table_has_what_one_compares(client, db):
    lead = StructureFactory(published=True, name="Les Amis du fleuve")
    project(
        "Un puits",
        lead=lead,
        countries=["ML"],
        sectors=["sante"],
        actual_start_on=datetime.date(2024, 1, 1),
        actual_end_on=datetime.date(2025, 1, 1),
        date_precision="annee",
        status="en-cours",
        budget=15_000,
        budget_is_public=True,
    )

    page = Page(client.get(URL, {"vue": "tableau"}))

    assert (
        "Un puits Les Amis du fleuve Mali Santé 2024 → 2025 En cours 15 000 €"
        in page.text.replace("\u00a0", " ")
    )
    assert page.keys == ["un-puits"]
    assert page.href("Un puits") == "/projets/un-puits/"


def test_columns_sort_by_links_where_there_is_an_order(client, db):
    for title in ("Zèbre", "Écoles", "Eau"):
        project(title)

    page = Page(client.get(URL, {"vue": "tableau", "tri": "titre"}))
    html = client.get(URL, {"vue": "tableau", "tri": "titre"}).content.decode()

    assert page.keys == ["eau", "ecoles", "zebre"]
    assert 'aria-sort="ascending"' in html
    assert page.query("Trier par Dates") == {"vue": ["tableau"]}
    assert page.query("Trier par Titre") == {"tri": ["titre"], "vue": ["tableau"]}


def test_words_are_marked_in_the_table_too(client, db):
    project("Un puits", description="Avec des enseignants du village.")

    response = client.get(URL, {"vue": "tableau", "q": "enseignants"})

    assert "<mark>enseignants</mark>" in response.content.decode()


def test_the_table_hides_what_the_public_does_not_see(client, db):
    project(
        "Un puits",
        lead=StructureFactory(name="Structure secrète"),
        budget=15_000,
        budget_is_public=False,
    )

    text = client.get(URL, {"vue": "tableau"}).content.decode()

    assert "Structure secrète" not in text
    assert "15" not in Page(client.get(URL, {"vue": "tableau"})).text


# It is kept from link to link


@pytest.mark.parametrize("view", ["tableau", "carte"])
def test_links_keep_the_view(client, db, view):
    for n in range(30):
        project(f"Projet {n}", countries=["ML"], status="en-cours")

    query = {"vue": view, "pays": "ML", "etat": "en-cours"}
    page = Page(client.get(URL, query))

    assert page.query("Retirer le filtre Pays : Mali") == {
        "etat": ["en-cours"],
        "vue": [view],
    }
    assert page.href("Tout effacer") == f"?vue={view}"
    assert page.query("Liste") == {"pays": ["ML"], "etat": ["en-cours"]}
    html = client.get(URL, query).content.decode()
    assert f'<input type="hidden" name="vue" value="{view}">' in html


def test_pages_and_orders_of_the_table_keep_the_view(client, db):
    for n in range(30):
        project(f"Projet {n}")

    page = Page(client.get(URL, {"vue": "tableau"}))

    assert page.query("Page 2") == {"vue": ["tableau"], "page": ["2"]}
    assert page.query("Titre") == {"tri": ["titre"], "vue": ["tableau"]}


def test_an_address_without_result_leads_back_in_the_same_view(client, db):
    project("Un puits", countries=["ML"])

    page = Page(client.get(URL, {"vue": "carte", "pays": "MC"}))

    assert page.total == 0
    assert page.href("Effacer tous les filtres") == "?vue=carte"


def test_a_change_of_the_page_pushes_the_address_of_the_view(client, db):
    project("Un puits", countries=["ML"])

    response = client.get(
        URL, {"pays": "ML", "vue": "carte", "tri": ""}, headers={"HX-Request": "true"}
    )

    assert response["HX-Push-Url"] == "/projets/?pays=ML&vue=carte"
    assert "Carte du monde" in response.content.decode()
    assert "1</strong> pays" in response.content.decode()


def test_the_view_is_no_filter(client, db):
    project("Un puits")

    page = Page(client.get(URL, {"vue": "carte"}))

    assert not any(words.startswith("Retirer le filtre") for words in page.links)
    assert page.title.startswith("Panorama des projets – Carte – ")


# Bad input


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("vue=globe", "« globe » n’est pas un affichage connu"),
        ("vue=%00", "n’est pas un affichage connu"),
        ("vue=carte&ordre=taille", "« taille » n’est pas un ordre connu"),
        ("vue=carte&page=2", "La page 2 n’existe pas"),
    ],
)
def test_what_makes_no_sense_is_ignored_with_a_sentence(client, db, query, notice):
    project("Un puits", countries=["ML"])

    page = Page(client.get(f"{URL}?{query}"))

    assert notice in page.text
    assert page.total == 1


def test_the_annuaire_has_its_list_alone(client, db):
    StructureFactory(published=True)

    page = Page(client.get("/annuaire/", {"vue": "carte"}))

    assert "Tableau" not in page.links
    assert page.total == 1
    assert page.query("Vérifié récemment") == {"tri": ["verifie"]}


# At a constant cost


@pytest.mark.parametrize("view", VIEWS)
def test_the_cost_does_not_grow_with_the_rows(
    client, db, django_assert_max_num_queries, view
):
    def add(n):
        for _ in range(n):
            ProjectFactory(
                published=True,
                lead=StructureFactory(published=True),
                countries=["ML", "SN"],
                budget=1_000,
                budget_is_public=True,
            )

    # From the second page on, the process has an index to compare.
    client.get(URL, {"vue": view})
    add(3)
    with django_assert_max_num_queries(32) as few:
        client.get(URL, {"vue": view})
    add(27)
    with django_assert_max_num_queries(32) as many:
        client.get(URL, {"vue": view})
    with django_assert_max_num_queries(1):
        client.get(URL, {"vue": view})

    assert len(many) == len(few)
