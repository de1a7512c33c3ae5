"""Note the structures that lose their last owner, whatever removed it."""

from django.db import migrations

# The row of the structure is locked first: of two owners who leave at once, the second
# sees that the first is gone.
NOTE = """
CREATE FUNCTION members_note_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.role = 'proprietaire' THEN
        PERFORM 1 FROM directory_structure WHERE id = OLD.structure_id
            FOR NO KEY UPDATE;
        IF FOUND AND NOT EXISTS (
            SELECT 1 FROM members_membership
            WHERE structure_id = OLD.structure_id AND role = 'proprietaire'
        ) THEN
            INSERT INTO members_ownerless (structure_id, lost_at)
            VALUES (OLD.structure_id, now())
            ON CONFLICT (structure_id) DO NOTHING;
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.role = 'proprietaire' THEN
        PERFORM 1 FROM directory_structure WHERE id = NEW.structure_id
            FOR NO KEY UPDATE;
        DELETE FROM members_ownerless WHERE structure_id = NEW.structure_id;
    END IF;
    RETURN NULL;
END
$$
"""
NOTE_TRIGGER = """
CREATE TRIGGER note_owners AFTER INSERT OR DELETE OR UPDATE OF role, structure_id
ON members_membership FOR EACH ROW EXECUTE FUNCTION members_note_owners()
"""
# Who deletes a structure deletes its memberships first, and leaves a note of it.
FORGET = """
CREATE FUNCTION members_forget_ownerless() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM members_ownerless WHERE structure_id = OLD.id;
    RETURN NULL;
END
$$
"""
FORGET_TRIGGER = """
CREATE TRIGGER forget_ownerless AFTER DELETE ON directory_structure
FOR EACH ROW EXECUTE FUNCTION members_forget_ownerless()
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0008_invitations_and_requests")]
    operations = [
        migrations.RunSQL(
            [(NOTE, None), (NOTE_TRIGGER, None)],
            "DROP FUNCTION members_note_owners CASCADE",
        ),
        migrations.RunSQL(
            [(FORGET, None), (FORGET_TRIGGER, None)],
            "DROP FUNCTION members_forget_ownerless CASCADE",
        ),
    ]
