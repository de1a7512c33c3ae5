"""The extensions and the function that compare texts as French readers do."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# Immutable, so that generated columns and indexes may use it: the dictionary of
# `unaccent` is named, and both are qualified for restores with an empty search path.
# `normalize` composes accents and turns every kind of space into one, whatever the
# server's locale; `unaccent` writes « as <<.
CREATE = r"""
CREATE FUNCTION directory_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFKC))),
        '[\s\-‐‑‒–—―−''’‘ʼ`´<>«»"“”/⁄_.,;:!?()&+]+', ' ', 'g'
    ))
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, "DROP FUNCTION directory_fold(text)"),
    ]
