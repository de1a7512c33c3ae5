"""The structures of the demonstration, with the people who speak for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.models import Contact, Publication, Structure
from directory.slugs import unique_slug
from territoires.demo import artwork
from territoires.demo.files import Loaded, Row, load_missing, rows, values

if TYPE_CHECKING:
    from members.models import User
    from territoires.demo.vocabularies import Vocabularies

#: Keys that are not columns, or that need more than a copy.
READ_HERE = (
    *("type", "commune", "department", "contacts", "motif", "merged_into"),
    "source_url",
)


def load(vocabularies: Vocabularies, verifier: User) -> Loaded[Structure]:
    """Create the missing structures, in the name of who verified them."""
    files = rows("real_structures.json", "structures.json")
    loaded = load_missing(
        Structure, files, "name", lambda row: _create(row, vocabularies, verifier)
    )
    if loaded.added:
        _merge(files, loaded)
    return loaded


def _create(row: Row, vocabularies: Vocabularies, verifier: User) -> Structure:
    name = row["name"]
    structure = Structure(
        slug=unique_slug(Structure, name),
        commune_id=row.get("commune"),
        department_id=row.get("department"),
        **{
            "publication": Publication.PUBLISHED,
            **values(Structure, row, besides=READ_HERE),
        },
    )
    if "type" in row:
        structure.type = vocabularies.find("type", row["type"], of=name)
    if structure.verified_at:
        structure.verified_by = verifier
    if "motif" in row:
        artwork.attach(structure.logo, artwork.logo, row["motif"], structure.slug)
    _place(structure)
    structure.save()
    vocabularies.link(structure, row, of=name)
    Contact.objects.bulk_create(
        Contact(
            structure=structure,
            position=position,
            **values(Contact, person, besides=()),
        )
        for position, person in enumerate(row.get("contacts", ()))
    )
    return structure


def _place(structure: Structure) -> None:
    if structure.latitude is not None:
        structure.point_source = Structure.PointSource.MANUAL
    if structure.commune and structure.address and not structure.postcode:
        structure.postcode = structure.commune.postcodes[0]
    structure.clean()


def _merge(files: list[Row], loaded: Loaded[Structure]) -> None:
    for row in files:
        if target := row.get("merged_into"):
            structure = loaded.by_name[row["name"]]
            if structure.merged_into_id is None:
                structure.merged_into = loaded.by_name[target]
                structure.save()
