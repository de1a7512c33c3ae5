"""What the tests of the demonstration share."""

import io

from django.core.management import call_command

from territoires.demo import files


def load():
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def invented(model):
    return model.objects.from_source(files.INVENTED)


def labels(manager):
    return [term.label for term in manager.all()]


def said(rows, name):
    return set(rows.values_list(name, flat=True))
