"""The staff’s pages of static pages."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from news.models import Page
from tests.admin_forms import act, add, errors, listed, page_of, save
from tests.factories import PageFactory, UserFactory


@pytest.fixture(autouse=True)
def _no_other_page(db):
    Page.objects.all().delete()


def test_a_page_is_found_by_its_words_without_accents(staff_client):
    found = PageFactory(body="<p>Solidarité à l’étranger</p>")
    PageFactory()

    assert listed(staff_client, Page, q="etranger SOLIDARITE") == [found]


def test_pages_are_listed_as_the_foot_of_the_site_shows_them(staff_client):
    second = PageFactory(group="reseau", position=2)
    first = PageFactory(group="reseau", position=1)
    legal = PageFactory(group="mentions")

    assert listed(staff_client, Page) == [legal, first, second]


def test_a_page_is_added_with_an_address_made_from_its_title(staff_client):
    add(staff_client, Page, {"title": "Nos bénévoles", "body": "<p>Merci.</p>"})

    page = Page.objects.get()
    assert (page.slug, page.is_published) == ("nos-benevoles", False)


def test_what_the_staff_type_is_cleaned(staff_client):
    page = PageFactory()

    save(staff_client, page, {"body": "<p style='color:red'>Oui<script>x</script></p>"})

    page.refresh_from_db()
    assert page.body == "<p>Oui</p>"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"slug": "annuaire"}, "/annuaire/ est prise par une autre partie du site."),
        ({"slug": "prise"}, "existe déjà"),
        ({"slug": "Le-Réseau"}, "Ce champ ne doit contenir que"),
        ({"slug": "A_b"}, "en minuscules sans accent"),
        ({"body": "<p></p>"}, "Ce champ ne peut pas être vide."),
        ({"body": ""}, "Ce champ est obligatoire."),
        ({"title": " "}, "Ce champ est obligatoire."),
    ],
)
def test_what_is_refused_is_said_in_french(changes, message, staff_client):
    PageFactory(slug="prise")

    response = save(staff_client, PageFactory(), changes)

    assert message in " ".join(errors(response))


def test_a_title_whose_address_is_taken_by_the_site_is_refused(staff_client):
    response = add(
        staff_client, Page, {"title": "Accessibilité", "body": "<p>Merci.</p>"}
    )

    assert "/accessibilite/ est prise" in " ".join(errors(response))
    assert not Page.objects.exists()


def test_the_editor_comes_with_its_buttons_named_and_nothing_inline(staff_client):
    html = staff_client.get(page_of(PageFactory())).text

    assert 'src="/static/news/rich-text.js" type="module"' in html
    assert "&quot;bold&quot;: &quot;Gras&quot;" in html
    assert "importmap" not in html


def test_the_words_of_the_editor_are_in_french(staff_client):
    catalogue = staff_client.get(reverse("admin:jsi18n")).text

    assert '"Cancel": "Annuler"' in catalogue
    assert '"Update": "Mettre \\u00e0 jour"' in catalogue


def test_pages_are_published_from_the_list(staff_client, client):
    page = PageFactory()

    act(staff_client, "publish", page)

    assert client.get(page.get_absolute_url()).status_code == 200


def test_a_draft_is_previewed_at_its_address(staff_client):
    pages = [PageFactory(published=True), PageFactory()]

    texts = [staff_client.get(page_of(page)).text for page in pages]

    assert ["Voir sur le site" in text for text in texts] == [True, False]
    assert ["Aperçu" in text for text in texts] == [False, True]
    assert (
        "visible de l’équipe seule"
        in staff_client.get(pages[1].get_absolute_url()).text
    )


def test_a_preview_needs_the_right_to_see_pages(client):
    page = PageFactory()
    person = UserFactory(is_staff=True)
    client.force_login(person)
    refused = client.get(page.get_absolute_url())

    person.user_permissions.add(Permission.objects.get(codename="view_page"))

    assert refused.status_code == 404
    assert client.get(page.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("image", ["<img src=x>", "<SVG/>", "<picture></picture>"])
def test_an_image_in_the_text_is_refused_and_the_form_kept(image, staff_client):
    page = PageFactory()

    response = save(staff_client, page, {"body": f"<p>Des mots. {image}</p>"})

    assert "ne contient pas d’image" in " ".join(errors(response))
    assert "Des mots." in response.text
    page.refresh_from_db()
    assert "Des mots." not in page.body
