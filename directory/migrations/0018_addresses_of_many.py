"""Writing many rows at once stays fast after a write of one in the same session."""

from django.db import migrations

# The plan that PL/pgSQL keeps is made for the rows of the first statement. Of one row, a
# nested loop is best; of twenty thousand it compares four hundred million pairs.
PLANNED = "ALTER FUNCTION directory_on_readdressed() SET enable_nestloop TO off"
AS_BEFORE = "ALTER FUNCTION directory_on_readdressed() RESET enable_nestloop"


class Migration(migrations.Migration):
    dependencies = [("directory", "0017_short_words_near")]
    operations = [migrations.RunSQL(PLANNED, AS_BEFORE)]
