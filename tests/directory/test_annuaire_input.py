"""What a query string may hold: the annuaire answers, and says what it drops."""

import pytest

from tests.directory.test_annuaire import URL, listed
from tests.factories import StructureFactory
from tests.pages import Page


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("pays=ZZ", "« ZZ » n’est pas un pays connu : ce filtre est ignoré."),
        ("pays=%00", "n’est pas un pays connu"),
        ("secteur=eau-tiede", "« eau-tiede » n’est pas un secteur connu"),
        ("odd=18", "« 18 » n’est pas un ODD connu"),
        ("odd=-1", "« -1 » n’est pas un ODD connu"),
        ("odd=six", "« six » n’est pas un ODD connu"),
        ("odd=99999999999999999999", "n’est pas un ODD connu"),
        ("type=x'--", "« x'-- » n’est pas un type connu"),
        ("departement=999", "« 999 » n’est pas un département connu"),
        ("adherent=peut-etre", "« peut-etre » n’est pas une réponse connue"),
        ("tri=xyz", "« xyz » n’est pas un ordre connu : ce tri est ignoré."),
        ("page=0", "La page 0 n’existe pas : voici la page 1."),
        ("page=99999", "La page 99999 n’existe pas : voici la page 1."),
        ("page=abc", "« abc » n’est pas un numéro de page : voici la première."),
        ("page=-2", "« -2 » n’est pas un numéro de page"),
        ("q=!!!", "« !!! » ne contient aucun mot : la recherche est ignorée."),
        ("q=aa%00", "Des caractères illisibles de la recherche ont été ignorés."),
        ("q=" + "a" * 201, "La recherche s’arrête à 200 caractères"),
    ],
)
def test_what_makes_no_sense_is_dropped_with_a_sentence(client, db, query, notice):
    StructureFactory(published=True, name=f"A {'a' * 198}")

    response = client.get(f"{URL}?{query}")

    assert response.status_code == 200
    assert notice in Page(response).text
    assert len(Page(response).keys) == 1


def test_good_values_work_beside_a_bad_one(client, db):
    StructureFactory(published=True, name="Au Mali", countries=["ML"])
    StructureFactory(published=True, name="Au Togo", countries=["TG"])

    response = client.get(URL, {"pays": ["ML", "ZZ"]})

    assert listed(response) == ["Au Mali"]
    assert Page(response).query("Retirer le filtre Pays d’intervention : Mali") == {}


def test_a_page_too_far_is_the_last_one_with_its_filters(client, db):
    StructureFactory.create_batch(30, published=True, countries=["ML"])

    response = client.get(URL, {"pays": "ML", "page": "12"})

    assert len(Page(response).keys) == 6
    assert "La page 12 n’existe pas : voici la page 2." in Page(response).text


def test_ten_kilobytes_of_query_string_are_read_in_peace(client, db):
    StructureFactory(published=True)
    query = "&".join(f"pays=X{n}" for n in range(1200))

    response = client.get(f"{URL}?{query}&q={'mot+' * 500}")

    assert response.status_code == 200
    assert (
        "Et 1197 autres valeurs ignorées (Pays d’intervention)." in Page(response).text
    )


def test_what_was_typed_is_escaped(client, db):
    html = client.get(URL, {"q": "<b>x</b>", "pays": "<i>"}).content.decode()

    assert "<b>x" not in html
    assert "<i>" not in html


def test_unknown_parameters_are_left_out_of_links(client, db):
    page = Page(client.get(URL, {"utm_source": "x", "pays": ["ML", "SN"]}))

    link = "Retirer le filtre Pays d’intervention : Mali"
    assert page.query(link) == {"pays": ["SN"]}
