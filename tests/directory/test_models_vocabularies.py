"""What the closed lists and the network say of themselves."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from directory.models import (
    Commune,
    Country,
    CrsCode,
    Department,
    Goal,
    Network,
    Sector,
    StructureType,
    Target,
)
from tests.factories import (
    CountryFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    OfficeFactory,
    SectorFactory,
    StructureFactory,
    StructureTypeFactory,
)

DAY = datetime.date(2026, 12, 14)


def test_retired_terms_are_not_offered(db):
    retired = SectorFactory(is_active=False)

    assert retired not in Sector.objects.active()
    assert retired in Sector.objects.all()


def test_types_have_two_levels_and_no_more(db):
    parent = StructureTypeFactory()
    child = StructureTypeFactory(parent=parent)
    grandchild = StructureTypeFactory.build(parent=child)

    child.clean()
    with pytest.raises(ValidationError, match="premier niveau"):
        grandchild.clean()


def test_a_type_that_contains_others_stays_at_the_first_level(db):
    parent = StructureTypeFactory()
    StructureTypeFactory(parent=parent)
    parent.parent = StructureTypeFactory()

    with pytest.raises(ValidationError, match="il reste au premier niveau"):
        parent.clean()


def test_types_are_listed_as_a_tree(db):
    rows = list(StructureType.objects.by_level())

    seen = set()
    for row in rows:
        assert row.parent_id is None or row.parent_id in seen
        if row.parent_id is None:
            last = row.pk
        else:
            assert row.parent_id == last
        seen.add(row.pk)
    assert len(rows) == StructureType.objects.count()


def test_a_type_in_use_is_not_deleted(db):
    kind = StructureTypeFactory()
    StructureFactory(type=kind)

    with pytest.raises(ProtectedError):
        kind.delete()


@pytest.mark.parametrize(
    ("is_ldc", "until", "expected"),
    [
        (False, None, False),
        (True, None, True),
        (True, DAY, False),
        (True, DAY + datetime.timedelta(days=1), True),
        (True, DAY - datetime.timedelta(days=1), False),
    ],
)
def test_a_country_leaves_the_least_developed_on_the_day_decided(
    is_ldc, until, expected
):
    country = CountryFactory.build(is_ldc=is_ldc, ldc_until=until)

    assert country.is_ldc_on(DAY) is expected


def test_countries_sort_as_french_readers_expect(db):
    labels = [country.label for country in Country.objects.all()]

    egypt = labels.index("Égypte")
    assert labels.index("Dominique") < egypt < labels.index("Espagne")


def test_terms_and_places_say_what_they_are(db):
    assert str(Country.objects.get(code="ML")) == "Mali"
    assert str(Goal.objects.get(number=6)).startswith("ODD 6 – ")
    assert str(Target.objects.get(code="6.1")) == "6.1"
    assert str(Commune.objects.get(code="13001")) == "Aix-en-Provence (13)"
    assert str(Department.objects.get(code="13")) == "Bouches-du-Rhône (13)"
    assert str(CrsCode.objects.order_by("code")[0])[5:8] == " – "


def test_there_is_no_network_before_it_is_described(db):
    assert Network.objects.current() is None


def test_the_network_comes_with_its_offices_and_partners_at_a_fixed_cost(db):
    NetworkFactory(name="Réseau d’essai", regions=["93"])
    for _ in range(3):
        NetworkPartnerFactory()
        OfficeFactory()

    with CaptureQueriesContext(connection) as queries:
        network = Network.objects.current()
        shown = (
            list(network.offices.all()),
            list(network.partners.all()),
            list(network.regions.all()),
        )

    assert [len(rows) for rows in shown] == [3, 3, 1]
    assert len(queries) == 4
    assert str(network) == "Réseau d’essai"


def test_offices_and_partners_keep_the_order_they_are_given(db):
    last = NetworkPartnerFactory(position=2)
    first = NetworkPartnerFactory(position=1)

    assert list(first.network.partners.all()) == [first, last]
    assert str(OfficeFactory()) == "1, rue des Essais – 13001 Marseille"
