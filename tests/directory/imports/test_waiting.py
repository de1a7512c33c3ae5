"""Two imports at once: the second waits, then sees what the first wrote."""

import threading

from django.db import connection

from directory.imports import projects, structures
from directory.models import Project, Structure
from tests.directory.imports.tables import sheet


def in_threads(*steps):
    """Run each step in a thread of its own, all at once; give what they raised."""
    errors = []
    barrier = threading.Barrier(len(steps))

    def run(step):
        try:
            barrier.wait(timeout=20)
            step()
        except Exception as error:  # noqa: BLE001 - told to the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


def test_two_imports_at_once_make_one_lead_and_no_duplicate(committed):
    rows = (["titre", "porteur"], *[[f"Projet {n}", "Les Amis"] for n in range(30)])

    def import_once():
        projects.run(sheet(*rows), source="essai")

    errors = in_threads(import_once, import_once)

    assert errors == []
    assert Project.objects.from_source("essai").count() == 30
    assert Structure.objects.from_source("essai").get().projects.count() == 30


def test_two_sources_at_once_do_not_take_the_same_addresses(committed):
    rows = (["nom"], *[[f"Structure {n}"] for n in range(30)])

    errors = in_threads(
        *[
            lambda source=source: structures.run(sheet(*rows), source=source)
            for source in ("un", "deux")
        ]
    )

    assert errors == []
    assert Structure.objects.filter(source__in=["un", "deux"]).count() == 60
