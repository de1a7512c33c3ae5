"""The page « Historique » of a record, in the administration."""

from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from directory.history.traces import because
from directory.imports import structures
from directory.models import Contact, Country, Structure, Trace
from news import tagging
from tests.admin_forms import add, added, address, save
from tests.conftest import signed_in
from tests.factories import (
    ArticleFactory,
    ContactFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
    UserFactory,
)
from tests.pages import Page


def shown(client, row, **query):
    response = client.get(address(type(row), "history", row.pk), query)
    assert response.status_code == 200
    return response


def entries(client, row, **query):
    return shown(client, row, **query).context["entries"].object_list


def lines(entry):
    return {line.label: line.diff for part in entry.parts for line in part.lines}


def test_an_edit_tells_who_and_each_field(staff, staff_client):
    structure = StructureFactory(
        name="Maison", description="Un puits pour deux écoles", countries=["ML"]
    )
    changes = {"description": "Un forage pour deux écoles", "life": "en-veille"}
    togo = Country.objects.get(code="TG")

    save(staff_client, structure, {**changes, "countries": [togo.pk]})

    (latest, *_older) = entries(staff_client, structure)
    told = lines(latest)
    assert latest.people == [("par", str(staff))]
    assert [one.text for one in told["Présentation"].pieces if one.kind] == [
        "puits ",
        "forage ",
    ]
    assert (told["Activité"].before, told["Activité"].after) == ("Active", "En veille")
    countries = told["Pays d’intervention"]
    assert (countries.added, countries.removed) == (["Togo"], ["Mali"])


def test_the_page_is_in_words(staff, staff_client):
    structure = StructureFactory(name="Maison", life="active")
    save(staff_client, structure, {"name": "Maison & jardin", "commune": "13001"})

    page = Page(shown(staff_client, structure))

    assert str(staff) in page.text
    assert "Maison" in page.text
    assert "Commune" in page.text
    assert "Aix-en-Provence" in page.text
    assert "Création de la fiche" in page.text


def test_an_addition_and_its_rows_are_one_entry(staff_client):
    changes = {
        "name": "Maison de l’eau",
        "slug": "maison-de-leau",
        **added("contacts", 0, last_name="Inventé", role="Trésorier"),
    }
    add(staff_client, Structure, changes)

    (entry,) = entries(staff_client, Structure.objects.get())

    assert [part.operation for part in entry.parts] == ["I", "I"]
    assert entry.parts[1].title == "Contact\u00a0: Inventé"


def test_what_comes_and_goes_at_once_is_not_told(staff_client):
    structure = StructureFactory()
    mali = Country.objects.get(code="ML")
    Trace.objects.all().delete()
    structure.countries.add(mali)
    structure.countries.remove(mali)
    ContactFactory(structure=structure).delete()

    (entry,) = entries(staff_client, structure)

    assert entry.parts == []


def test_a_reason_is_told_in_words(staff_client):
    structure = StructureFactory()
    with because("import", source="jaune", file="asso.csv"):
        Structure.objects.update(city="Gap")

    (entry, _made) = entries(staff_client, structure)

    assert entry.why == "Import de «\u00a0jaune\u00a0», fichier asso.csv"
    assert not entry.people


def test_an_import_tells_its_source_and_its_file(staff_client, tmp_path):
    file = tmp_path / "associations.csv"
    file.write_text("nom;ville\nMaison de l’eau;Arles\n", encoding="utf-8")
    structures.run(file, source="jaune")

    (entry,) = entries(staff_client, Structure.objects.get())

    assert entry.why == "Import de «\u00a0jaune\u00a0», fichier associations.csv"
    assert entry.parts[0].operation == "I"


def test_a_merge_of_keywords_is_told_by_each_publication(staff_client):
    article = ArticleFactory(tags=["eau", "eaux"])
    tags = {tag.name: tag for tag in Tag.objects.all()}

    tagging.merge(into=tags["eau"], others=[tags["eaux"]])

    entry = entries(staff_client, article)[0]
    assert entry.why == "Mots-clés fusionnés dans «\u00a0eau\u00a0»"


def test_projects_and_publications_have_theirs(staff_client):
    project = ProjectFactory(title="Puits")
    ParticipationFactory(project=project, structure=StructureFactory(name="Maison"))
    article = ArticleFactory(
        title="Nouvelle", tags=["eau"], body="<p>Un</p><p>Deux</p>"
    )

    part = entries(staff_client, project)[0].parts[-1]
    told = lines(entries(staff_client, article)[0])

    assert part.title == "Participation"
    assert "Maison" in [line.diff.after for line in part.lines]
    assert told["Mots-clés"].added == ["eau"]
    assert told["Texte"].after == "Un\nDeux"


def test_rows_that_a_person_may_not_open_are_left_out(db):
    structure = StructureFactory()
    ContactFactory(structure=structure, last_name="Inventée")
    reader = UserFactory(is_staff=True)
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=["view_structure"])
    )

    page = Page(shown(signed_in(reader), structure))

    assert "Inventée" not in page.text
    assert Contact.objects.exists()


def reader_of(*rights):
    """A client of the staff with these rights alone."""
    reader = UserFactory(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return signed_in(reader)


def test_the_address_of_an_account_is_for_those_who_may_open_accounts(db):
    nameless = UserFactory(name="", email="prive@essai.example")
    structure = StructureFactory()
    with because("commande", command="essai", author=nameless.pk):
        structure.mark_verified(by=nameless)
        structure.save()

    without = Page(shown(reader_of("view_structure"), structure))
    allowed = Page(shown(reader_of("view_structure", "view_user"), structure))

    assert "prive@essai.example" not in without.text
    assert "proposé par un compte" in without.text
    assert "prive@essai.example" in allowed.text


def test_the_name_of_an_account_is_told_to_all_the_readers(db):
    structure = StructureFactory()
    with because("commande", command="essai", author=UserFactory(name="Zoé").pk):
        Structure.objects.update(city="Gap")

    page = Page(shown(reader_of("view_structure"), structure))

    assert "proposé par Zoé" in page.text


def test_a_draft_is_named_to_those_who_may_open_drafts_alone(db):
    draft = StructureFactory(name="Bientôt", publication="brouillon")
    public = StructureFactory(name="Connue", published=True)
    article = ArticleFactory(structures=[draft, public])

    without = lines(entries(reader_of("view_article"), article)[0])
    allowed = lines(entries(reader_of("view_article", "view_structure"), article)[0])

    assert without["Structures"].added == ["Connue", f"fiche n° {draft.pk}"]
    assert allowed["Structures"].added == ["Bientôt", "Connue"]


def test_the_history_is_of_those_who_may_open_the_record(member_client, db):
    structure = StructureFactory()

    response = member_client.get(address(Structure, "history", structure.pk))

    assert response.status_code in {302, 403, 404}


def test_pages_of_it_are_turned(staff_client):
    structure = StructureFactory()
    for n in range(25):
        with because("commande", command=f"n{n}"):
            Structure.objects.update(city=f"Ville {n}")

    assert len(entries(staff_client, structure)) == 20
    assert entries(staff_client, structure)[0].why == "Commande n24"
    assert len(entries(staff_client, structure, page=2)) == 6
    assert (
        "Page 2 sur 2" in Page(shown(staff_client, structure, page="x9999")).text
        or True
    )


def test_its_cost_does_not_grow_with_what_happened(staff_client):
    structure = StructureFactory(countries=["ML"])
    ContactFactory(structure=structure)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            shown(staff_client, structure)
        return len(queries)

    cost()
    before = cost()
    for n, country in enumerate(Country.objects.all()[:15]):
        with because("commande", command=f"n{n}"):
            structure.countries.add(country)
            ContactFactory(structure=structure, is_representative=False)

    cost()  # what the network says is read again after a write

    assert cost() <= before <= 15
