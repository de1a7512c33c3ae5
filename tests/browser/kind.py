"""What a kind of page is: its address here and there, and who looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

VISITOR, MEMBER, STAFF = "visitor", "member", "staff"
PEOPLE = (VISITOR, MEMBER, STAFF)

#: What the slugs of the kinds stand for on the site of the tests.
TEST_SLUGS = {
    "rich structure": "les-amis",
    "poor structure": "pauvre",
    "rich project": "un-puits",
    "poor project": "pauvre",
    "rich article": "le-puits-coule",
    "poor article": "breve",
    "rich call": "un-appel",
    "poor call": "bref",
    "rich event": "une-rencontre",
    "rich offer": "une-offre",
    "held structure": "tenue",
    "proposal": "00000000-0000-0000-0000-000000000001",
    "draft": "00000000-0000-0000-0000-000000000002",
    "its contact": "987654",
}
#: The same on the demonstration.
DEMO_SLUGS = {
    "rich structure": "les-passerelles-du-levant",
    "poor structure": "malimath",
    "rich project": "classes-de-rattrapage-de-tripoli",
    "poor project": "coopr-2023-2025",
    "mali": "armenie",
    "pnud": "armenie",
    "rich article": "la-ville-daix-en-provence-en-mission-en-armenie-avec-le-pnud",
    "poor article": "la-cooperation-decentralisee-face-au-covid-19",
    "rich call": "appel-a-projet-praosim",
    "poor call": "appel-a-projets-praosim-forim",
    "rich event": "tournee-departementale-gers",
    "rich offer": "charge-de-projet-eau-et-assainissement",
    "held structure": "semeurs-de-sahel",
    "proposal": "00000000-0000-0000-0000-000000000001",
    "draft": "00000000-0000-0000-0000-000000000002",
    "its contact": "6",
}


@dataclass(frozen=True)
class Kind:
    """A kind of page: its French title, its address, and who looks at it here."""

    key: str
    title: str
    view: str = ""
    slug: str = ""
    #: What comes after the slug in the address; each may be a slug of the site too.
    rest: tuple[str, ...] = ()
    query: str = ""
    #: The address, where no view has a name.
    address: str = ""
    people: tuple[str, ...] = (VISITOR,)
    status: int = 200

    def path(self, slugs: dict[str, str]) -> str:
        """The address on the site whose slugs are given."""
        if self.address:
            return self.address
        names = [self.slug, *self.rest] if self.slug else []
        arguments = [slugs.get(name, name) for name in names]
        return f"{reverse(self.view, args=arguments)}{self.query}"
