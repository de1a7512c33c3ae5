"""The rows of the sites that the browser visits: a few of each kind, poor and rich."""

from __future__ import annotations

import datetime
import io
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from directory import reference
from directory.models import Department, Network, Project, Publication, Structure
from news.models import Article, Page
from tests import factories as make
from tests import sessions

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

PLACED = {"point_source": "saisie"}
LONG_AGO = datetime.datetime(2025, 9, 1, 10, 0, tzinfo=datetime.UTC)
PROSE = """<h2>Une partie</h2><p>Un paragraphe avec <a href="/annuaire/">un lien</a>,
<strong>du gras</strong> et <em>de l’italique</em>.</p><ul><li><p>Un point</p></li></ul>
<h3>Une section</h3><blockquote><p>Une citation.</p></blockquote><ol><li><p>Un</p></li>
</ol>"""


def fill() -> None:
    """A network, a structure and a project with everything, their neighbours, news."""

    network = make.NetworkFactory(regions=["93"])
    make.OfficeFactory(network=network, label="Siège")
    make.NetworkPartnerFactory(network=network, website="https://partenaire.example")
    bouches = Department.objects.get(code="13")
    facts = {"published": True, "goals": [4, 6], "sectors": ["sante", "education"]}
    rich = make.StructureFactory(
        name="Les Amis du fleuve et des écoles de Provence",
        slug="les-amis",
        acronym="ADFEP",
        member=True,
        type_code="comite-de-jumelage",
        department=bouches,
        city="Aix-en-Provence",
        latitude=43.53,
        longitude=5.45,
        point_source="saisie",
        website="https://une-tres-longue-adresse-de-site-association.example/",
        email="une.adresse.vraiment.tres.longue@association.example",
        description="Une présentation.\n\nEn deux paragraphes.",
        # Enough countries for the list to be folded, and searched as one types.
        countries="ML SN TG BJ MA TN KM LB AM HT VN BF CI".split(),  # noqa: SIM905
        **facts,
    )
    make.ContactFactory(structure=rich, consenting=True)
    for n in range(30):
        # One in two is on the map: some together, some alone, two at one place.
        point = {"latitude": 43.3 + n // 4 / 20, "longitude": 5.4, **PLACED}
        make.StructureFactory(
            published=True,
            name=f"Voisine {n:02}",
            countries=["SN"],
            department=bouches,
            **(point if n % 2 else {}),
        )
    project = make.ProjectFactory(
        title="Un puits pour deux écoles",
        slug="un-puits",
        lead=rich,
        kind="eau-1-pour-cent",
        status="en-cours",
        countries=["ML"],
        budget=15000,
        budget_is_public=True,
        **facts,
    )
    make.ArticleFactory(
        title="Le puits coule",
        slug="le-puits-coule",
        structures=[rich],
        projects=[project],
        countries=["ML"],
        tags=["PNUD"],
        **facts,
    )


def enrich() -> None:
    """What `fill` leaves out: forty fields here, two there, images, and enough news."""

    phones = ["04 91 00 00 00", "04 91 00 00 01"]
    revise(Network.objects.get(), phones=phones)
    make.NetworkPartnerFactory(name="Partenaire au logo", logo=picture(300, 120))
    rich = Structure.objects.get(slug="les-amis")
    revise(
        rich,
        address="1, rue de la Fontaine",
        postcode="13100",
        phone="04 00 00 00 00",
        founded_in=1987,
        siren="732829320",
        rna="W131000123",
        social_links=["https://reseau.example/les-amis"],
        description="\n\n".join(["Une présentation qui prend son temps. " * 12] * 4),
        logo=picture(400, 300),
        logo_alt="Un fleuve bleu",
        verified_at=LONG_AGO,
    )
    project = Project.objects.get(slug="un-puits")
    revise(
        project,
        summary="Un forage, deux pompes, un comité d’usagers.",
        description="Une description courte, au-dessus d’une image.",
        planned_start_on="2024-01-01",
        beneficiaries="Des élèves",
        beneficiary_count=412,
        links=["https://essai.example/projet"],
    )
    make.ParticipationFactory(project=project, named=True)
    make.LocalityFactory(project=project)
    for width, height in ((640, 420), (300, 500)):
        make.ProjectImageFactory(project=project, image=picture(width, height))
    revise(
        Article.objects.get(slug="le-puits-coule"),
        summary="Trois ans après les premières études, l’eau est là.",
        image=picture(1200, 800),
        image_alt="Un puits bleu",
        source_url="https://essai.example/article",
    )
    make.StructureFactory(published=True, name="Pauvre en mots", slug="pauvre")
    make.ProjectFactory(published=True, title="Pauvre projet", slug="pauvre")
    make.ArticleFactory(published=True, title="Brève", slug="breve", body="")
    publish(rich, project)
    for slug in ("le-reseau", "mentions-legales", "donnees-personnelles"):
        values = {"title": slug, "body": PROSE, "publication": Publication.PUBLISHED}
        Page.objects.update_or_create(slug=slug, defaults=values)
    neighbour = Structure.objects.get(name="Voisine 00")
    for n in range(30):
        lead = rich if n < 9 else neighbour
        make.ProjectFactory(published=True, lead=lead, countries=["SN"])
        make.ArticleFactory(
            published=True,
            summary=f"Chapeau {n}.",
            countries=["SN"],
            image=picture(640, 360),
            image_alt="Un dessin bleu",
        )


def propose(member: User) -> None:
    """What a member holds, has sent, and is writing; what they follow."""
    reader = make.SubscriberFactory(email=member.email.lower())
    make.SavedSearchFactory(subscriber=reader, query="pays=ML&pays=ZZ", on=True)
    make.SavedSearchFactory(subscriber=reader, listing="news:calls")
    held = Structure.objects.get(slug="tenue")
    contact = make.ContactFactory(pk=987_654, structure=held)
    theirs = {"structure": held, "author": member}
    countries = [str(country.pk) for country in held.countries.all()]
    make.ProposalFactory(
        pk=uuid.UUID(int=1),
        base={"description": [PROSE], "founded_in": [""], "countries": countries},
        values={
            "description": [PROSE.replace("un lien", "une adresse")],
            "founded_in": ["1987"],
            "countries": [*countries[1:], "3"],
        },
        **theirs,
    )
    make.ProposalFactory(
        pk=uuid.UUID(int=2),
        editable="contact",
        target_type=ContentType.objects.get_for_model(contact),
        kind="ajout",
        target_id=None,
        state="brouillon",
        base={},
        values={"last_name": ["Inventée"], "email": ["pas une adresse"]},
        **theirs,
    )


def publish(structure: Structure, project: Project) -> None:
    """A call, an event and an offer with everything, and a call with nothing."""
    facts = {
        "published": True,
        "summary": "Un chapeau, en une phrase.",
        "body": PROSE,
        "countries": ["ML", "SN"],
        "sectors": ["sante"],
        "goals": [4, 6],
        "tags": ["PNUD"],
        "structures": [structure],
        "projects": [project],
        "source_url": "https://essai.example/source",
    }
    call = make.CallFactory(
        title="Un appel",
        slug="un-appel",
        opens_at=LONG_AGO,
        closes_at=timezone.now() + datetime.timedelta(days=3),
        funders=["forim", "meae"],
        grant_floor=3000,
        grant_ceiling=20000,
        share_ceiling=50,
        budget_ceiling=120000,
        eligible_types=["association"],
        country_groups=["pma", "liste-cad"],
        excluded_countries=["TG"],
        themes=["eau-et-assainissement"],
        apply_url="https://essai.example/dossier",
        image=picture(1200, 800),
        image_alt="Un appel bleu",
        **facts,
    )
    make.CallDocumentFactory(call=call)
    make.CallFactory(published=True, title="Bref", slug="bref", body="")
    event = make.EventFactory(
        title="Une rencontre",
        slug="une-rencontre",
        starts_at=timezone.now() + datetime.timedelta(days=30),
        programme=PROSE,
        place="La salle",
        address="1, rue de la Fontaine",
        commune_id="13001",
        online_url="https://essai.example/visio",
        registration_url="https://essai.example/inscription",
        themes=["ecsi"],
        **facts,
    )
    long_ago = {"starts_at": LONG_AGO, "ends_at": None}
    make.EventFactory(published=True, title="Passée", slug="passee", **long_ago)
    make.EventFactory(
        published=True,
        title="Coopération-décentralisée-internationale",
        slug="annulee",
        starts_at=event.starts_at,
        ends_at=event.starts_at + datetime.timedelta(days=2),
        is_all_day=True,
        is_cancelled=True,
    )
    make.CallFactory(published=True, title="Clos", slug="clos", closes_at=LONG_AGO)
    make.CallFactory(
        published=True, title="À clore", slug="a-clore", closes_at=event.starts_at
    )
    make.EventParticipationFactory(event=event, structure=structure)
    make.EventParticipationFactory(event=event, named=True, role="partenaire")
    make.EventDocumentFactory(event=event)
    make.OfferFactory(
        title="Une offre",
        slug="une-offre",
        structure=structure,
        commune_id="13001",
        place="Au local",
        closes_on=timezone.localdate() + datetime.timedelta(days=30),
        apply_url="https://essai.example/offre",
        **facts,
    )


def revise(row: Model, **values: object) -> None:
    """Give these values to a row, checked as the admin checks them."""
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()


def picture(width: int, height: int) -> ContentFile:
    """A blue image of this size, as a file that was sent."""

    content = io.BytesIO()
    Image.new("RGB", (width, height), "steelblue").save(content, "PNG")
    return ContentFile(content.getvalue(), f"{width}x{height}.png")


def sign_in(user: User) -> str:
    """The key of a new session of this user."""
    client = Client()
    sessions.open_proved(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def hold() -> User:
    """A person who owns a structure, with a colleague, and all that may wait."""
    structure = make.StructureFactory(
        published=True,
        name="Tenue",
        slug="tenue",
        sectors=["sante"],
        countries=["ML", "SN"],
    )
    draft = make.StructureFactory(name="En préparation, sans présentation")
    member = make.MembershipFactory(owner=True, structure=structure).user
    make.MembershipFactory(user=member, structure=draft)
    make.MembershipFactory(
        structure=structure,
        user__name="",
        user__email="une.adresse.vraiment.tres.longue@association.example",
    )
    make.InvitationFactory(structure=structure)
    make.InvitationFactory(email=member.email)
    make.AccessRequestFactory(user=member)
    make.AccessRequestFactory(user=member, refused=True)
    make.MailFactory(to="quelqu-un@demo.example", text="Bonjour,\n\nhttps://a.example/")
    return member


def fill_all() -> dict[str, str]:
    """Everything, with two people; give the key of a session of each."""
    reference.load()
    fill()
    enrich()
    member = hold()
    propose(member)
    return {"member": sign_in(member), "staff": sign_in(make.UserFactory(staff=True))}
