"""A consent to be named is of one person: another name in the row ends it."""

from django.db import migrations

# Case, accents and hyphens put right leave it: it is the same name. Dates written in
# the same statement are what the writer means.
CREATE = """
CREATE FUNCTION directory_consent_is_of_one_person() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF directory_fold(concat_ws(' ', NEW.first_name, NEW.last_name))
        <> directory_fold(concat_ws(' ', OLD.first_name, OLD.last_name))
        AND NEW.consent_given_on IS NOT DISTINCT FROM OLD.consent_given_on
        AND NEW.consent_expires_on IS NOT DISTINCT FROM OLD.consent_expires_on
    THEN
        NEW.consent_given_on := NULL;
        NEW.consent_expires_on := NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER consent_is_of_one_person BEFORE UPDATE ON directory_contact
    FOR EACH ROW EXECUTE FUNCTION directory_consent_is_of_one_person();
"""
DROP = """
DROP TRIGGER consent_is_of_one_person ON directory_contact;
DROP FUNCTION directory_consent_is_of_one_person();
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_silence")]
    operations = [migrations.RunSQL([(CREATE, None)], [(DROP, None)])]
