"""Contacts that TRUNCATE removes are forgotten by the history, as all the others are."""

from django.db import migrations

# No row is handed to a trigger of TRUNCATE: the traces say which contacts there were.
FORGET = """
CREATE FUNCTION directory_forget_all_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE directory_trace
    SET before = directory_trace_erased(before), after = directory_trace_erased(after)
    WHERE source = 'directory_contact';
    RETURN NULL;
END
$$;

CREATE TRIGGER trace_forget_all BEFORE TRUNCATE ON directory_contact
    FOR EACH STATEMENT EXECUTE FUNCTION directory_forget_all_contacts();
"""
REMEMBER = """
DROP TRIGGER trace_forget_all ON directory_contact;
DROP FUNCTION directory_forget_all_contacts();
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0018_addresses_of_many")]
    operations = [migrations.RunSQL([(FORGET, None)], [(REMEMBER, None)])]
