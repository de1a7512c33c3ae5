"""Keep the address that allauth knows of an account equal to its login, always."""

from django.db import migrations

# A trigger, so that the admin, imports, `update()` and SQL are seen. The address is
# said to be verified because only a code that it received, or a key added by somebody
# who had received one, opens the account.
CREATE = """
CREATE FUNCTION members_keep_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM account_emailaddress
    WHERE user_id = NEW.id AND email <> lower(NEW.email);
    INSERT INTO account_emailaddress (user_id, email, verified, "primary")
    VALUES (NEW.id, lower(NEW.email), true, true)
    ON CONFLICT (user_id, email) DO UPDATE SET verified = true, "primary" = true;
    RETURN NULL;
END
$$;

CREATE TRIGGER keep_address AFTER INSERT OR UPDATE OF email ON members_user
FOR EACH ROW EXECUTE FUNCTION members_keep_address();

INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT id, lower(email), true, true FROM members_user;
"""

DROP = """
DROP TRIGGER keep_address ON members_user;
DROP FUNCTION members_keep_address();
DELETE FROM account_emailaddress;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("members", "0003_dismissed_drift"),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]
