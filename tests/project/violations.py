"""Ways to write, straight into a table, what its constraints must refuse."""

import datetime

from tests.factories import UserFactory

NOON = datetime.datetime(2026, 6, 1, 12, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.date(2024, 6, 1)
TOO_FAR = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
LONG_AGO = datetime.datetime(24, 6, 1, tzinfo=datetime.UTC)
EARLIER = datetime.date(2024, 5, 1)


def changed(make, **values):
    """Make a row that is right, then write these values straight into its table."""

    def violate():
        row = make()
        type(row)._base_manager.filter(pk=row.pk).update(**values)

    return violate


def first(model):
    """A row of the reference data."""
    return lambda: model.objects.order_by("pk")[0]


def last(model):
    """The latest row of the reference data."""
    return lambda: model.objects.order_by("-pk")[0]


def its_own(make, field):
    """Make a row that points to itself."""

    def violate():
        row = make()
        type(row)._base_manager.filter(pk=row.pk).update(**{field: row.pk})

    return violate


def twice(make, **values):
    """Make two rows of the same values."""

    def violate():
        given = {
            name: value() if callable(value) else value
            for name, value in values.items()
        }
        for _ in range(2):
            make(**given)

    return violate


def sourced(make, prefix):
    """The violations of a table that imports fill."""
    return [
        (f"{prefix}_is_imported_once", twice(make, source="Liste", external_key="1")),
        (f"{prefix}_source_goes_with_key", changed(make, source="Liste")),
        (f"{prefix}_source_goes_with_key", changed(make, external_key="1")),
        (
            f"{prefix}_verifier_goes_with_date",
            lambda: make(verified_by=UserFactory(), verified_at=None),
        ),
    ]


def published(make, prefix):
    """The violations of a table of publications."""
    return [
        (f"{prefix}_has_a_title", changed(make, title=" ")),
        (
            f"{prefix}_published_has_a_date",
            changed(make, publication="publie", published_at=None),
        ),
        (f"{prefix}_is_published_in_our_time", changed(make, published_at=LONG_AGO)),
        (f"{prefix}_is_published_in_our_time", changed(make, published_at=TOO_FAR)),
        (f"{prefix}_image_has_an_alternative", changed(make, image="a.png")),
        (f"{prefix}_source_is_web_address", changed(make, source_url="data:,x")),
    ]


def of_one_organisation(make, prefix):
    """The violations of a table of rows that name one organisation."""
    name = f"{prefix}_is_of_one_organisation"
    return [
        (name, lambda: make(structure=None)),
        (name, lambda: make(structure=None, name="  ")),
        (name, lambda: make(name="Aussi un nom")),
    ]


def documented(make, prefix):
    """The violations of a table of documents."""
    name = f"{prefix}_is_a_file_or_an_address"
    return [
        (f"{prefix}_has_a_title", changed(make, title=" ")),
        (name, changed(make, url="")),
        (name, changed(make, file="documents/a.pdf")),
        (f"{prefix}_address_is_web_address", changed(make, url="javascript:alert(1)")),
    ]


def placed(make, prefix, **values):
    """The violations of a table of points; a NULL does not hide one."""
    name = f"{prefix}_position_is_complete"
    return [
        (name, changed(make, latitude=43, longitude=None, **values)),
        (name, changed(make, latitude=None, longitude=5)),
        (name, changed(make, latitude=91, longitude=5, **values)),
        (name, changed(make, latitude=43, longitude=-181, **values)),
    ]


def said_like_another(model):
    """Give a term the label of another one, but for case and accents."""

    def violate():
        one, other = model.objects.order_by("pk")[:2]
        model.objects.filter(pk=other.pk).update(label=f"  {one.label.upper()} !")

    return violate
