"""The extension and the functions that compare texts as French readers do."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

# Immutable, so that generated columns and indexes may use it: the dictionary of
# `unaccent` is named, and both are qualified for restores with an empty search path.
# `normalize` composes accents and turns every kind of space into one, whatever the
# server's locale; `unaccent` writes « as <<.
CREATE_FOLD = r"""
CREATE FUNCTION directory_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFKC))),
        '[\s\-‐‑‒–—―−''’‘ʼ`´<>«»"“”/⁄_.,;:!?()&+]+', ' ', 'g'
    ))
$$
"""

# `array_to_string` is only stable, for the sake of types that are not text.
CREATE_WORDS = """
CREATE FUNCTION directory_words(text[]) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_string($1, ' ')
$$
"""
CREATE_ARE_WEB_ADDRESSES = """
CREATE FUNCTION directory_are_web_addresses(text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(bool_and(link ~ '^https?://'), true) FROM unnest($1) AS link
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(CREATE_FOLD, "DROP FUNCTION directory_fold(text)"),
        migrations.RunSQL(CREATE_WORDS, "DROP FUNCTION directory_words(text[])"),
        migrations.RunSQL(
            CREATE_ARE_WEB_ADDRESSES,
            "DROP FUNCTION directory_are_web_addresses(text[])",
        ),
    ]
