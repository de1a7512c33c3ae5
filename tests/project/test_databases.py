"""The database of the tests comes back as it was."""

from directory.models import Structure
from tests.databases import Kept
from tests.factories import MembershipFactory, ProjectFactory, StructureFactory


def test_what_was_kept_comes_back_row_for_row(committed):
    kept = Kept("kept_by_a_test")
    first = MembershipFactory(owner=True, structure__name="Avant")
    kept.keep()
    assert kept.changed() == set()
    Structure.objects.update(name="Après")
    ProjectFactory(lead=StructureFactory())
    first.user.delete()
    assert kept.changed()

    kept.put_back()

    assert kept.changed() == set()
    assert Structure.objects.get().name == "Avant"
    StructureFactory()
