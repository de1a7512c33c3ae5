"""The words of many rows are noted as fast as those of few, in any session."""

from django.db import migrations

# The plan that PL/pgSQL keeps is made for the lexicon as it was: of a new network, which
# has hardly a word, it went through all the words for each of those of an import. The
# function is planned at each call instead, which takes some tenths of a millisecond.
PLANNED = "ALTER FUNCTION directory_note_words(tsvector[]) SET plan_cache_mode TO force_custom_plan"
AS_BEFORE = "ALTER FUNCTION directory_note_words(tsvector[]) RESET plan_cache_mode"


class Migration(migrations.Migration):
    dependencies = [("directory", "0021_typographic_texts")]
    operations = [migrations.RunSQL(PLANNED, AS_BEFORE)]
