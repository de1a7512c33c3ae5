"""What a structure and a project are found by, and every table whose words they hold."""

from django.db import migrations

# The labels and synonyms of the terms linked to a row.
TERMS = """ARRAY(
                    SELECT unnest(term.label || term.synonyms)
                    FROM directory_{row}_{terms} AS link
                    JOIN directory_{term} AS term ON term.id = link.{term}_id
                    WHERE link.{row}_id = {row}.id
                )"""


def with_terms(row, statement):
    for terms, term in (("countries", "country"), ("sectors", "sector")):
        found = TERMS.format(row=row, terms=terms, term=term)
        statement = statement.replace(f"@{terms}", found)
    return statement


STRUCTURE = """
CREATE FUNCTION directory_structure_known(keys bigint[])
RETURNS TABLE (id bigint, names tsvector, known tsvector) LANGUAGE sql STABLE AS $$
    SELECT told.id, told.names, told.names || told.terms
    FROM (
        SELECT
            structure.id,
            directory_vector(
                'A', VARIADIC
                ARRAY[structure.name, structure.acronym] || structure.other_names
            ) AS names,
            directory_vector(
                'B', VARIADIC
                ARRAY[
                    type.label, parent.label, structure.city, structure.postcode,
                    commune.label, department.label, department.code
                ]
                || type.synonyms || parent.synonyms || commune.synonyms
                || @countries
                || @sectors
            ) AS terms
        FROM directory_structure AS structure
        LEFT JOIN directory_structuretype AS type ON type.id = structure.type_id
        LEFT JOIN directory_structuretype AS parent ON parent.id = type.parent_id
        LEFT JOIN directory_commune AS commune ON commune.code = structure.commune_id
        LEFT JOIN directory_department AS department
            ON department.code = structure.department_id
        WHERE structure.id = ANY (keys)
            AND structure.publication = 'publie' AND structure.merged_into_id IS NULL
        OFFSET 0
    ) AS told
$$;

CREATE FUNCTION directory_structure_described(keys bigint[])
RETURNS TABLE (id bigint, described tsvector) LANGUAGE sql STABLE AS $$
    SELECT id, directory_vector('C', description, siren, rna, email)
    FROM directory_structure WHERE id = ANY (keys)
$$;

CALL directory_keep_text(
    'directory_structure',
    'name, acronym, other_names, type_id, commune_id, city, postcode, department_id,'
    ' description, siren, rna, email, publication, merged_into_id'
);
"""

# Who takes part is told as the page tells it: not through a structure that is hidden.
PROJECT = """
CREATE FUNCTION directory_project_known(keys bigint[])
RETURNS TABLE (id bigint, names tsvector, known tsvector) LANGUAGE sql STABLE AS $$
    SELECT told.id, told.names, told.names || told.terms
    FROM (
        SELECT
            project.id,
            directory_vector('A', project.title) AS names,
            directory_vector(
                'B', VARIADIC
                @countries
                || @sectors
                || ARRAY(
                    SELECT unnest(
                        ARRAY[part.name, structure.name, structure.acronym, funder.label]
                        || funder.synonyms
                    )
                    FROM directory_participation AS part
                    LEFT JOIN directory_funder AS funder ON funder.id = part.funder_id
                    LEFT JOIN directory_structure AS structure
                        ON structure.id = part.structure_id
                        AND structure.publication = 'publie'
                        AND structure.merged_into_id IS NULL
                    WHERE part.project_id = project.id
                )
            ) AS terms
        FROM directory_project AS project
        WHERE project.id = ANY (keys) AND project.publication = 'publie'
        OFFSET 0
    ) AS told
$$;

CREATE FUNCTION directory_project_described(keys bigint[])
RETURNS TABLE (id bigint, described tsvector) LANGUAGE sql STABLE AS $$
    SELECT id, directory_vector('C', summary, description)
    FROM directory_project WHERE id = ANY (keys)
$$;

CALL directory_keep_text('directory_project', 'title, summary, description, publication');
"""
FORGET = """
CALL directory_forget_text('directory_{row}');
DROP FUNCTION directory_{row}_described(bigint[]);
DROP FUNCTION directory_{row}_known(bigint[]);
"""

LINKS = [
    ("directory_structure_countries", "directory_structure", "structure_id"),
    ("directory_structure_sectors", "directory_structure", "structure_id"),
    ("directory_project_countries", "directory_project", "project_id"),
    ("directory_project_sectors", "directory_project", "project_id"),
    ("directory_participation", "directory_project", "project_id"),
]

# The rows that hold the words of terms reworded.
OF_TERMS = """
SELECT link.{row}_id FROM changed JOIN former USING (id)
JOIN directory_{row}_{terms} AS link ON link.{term}_id = changed.id
WHERE changed.search_key <> former.search_key
"""
OF_TYPES = """
SELECT structure.id FROM changed JOIN former USING (id)
JOIN directory_structuretype AS type
    ON type.id = changed.id OR type.parent_id = changed.id
JOIN directory_structure AS structure ON structure.type_id = type.id
WHERE (changed.search_key, changed.parent_id)
    IS DISTINCT FROM (former.search_key, former.parent_id)
"""
OF_DEPARTMENTS = """
SELECT structure.id FROM changed JOIN former USING (code)
JOIN directory_structure AS structure ON structure.department_id = changed.code
WHERE changed.label <> former.label
"""
OF_COMMUNES = """
SELECT structure.id FROM changed JOIN former USING (code)
JOIN directory_structure AS structure ON structure.commune_id = changed.code
WHERE changed.search_key <> former.search_key
"""
OF_FUNDERS = """
SELECT part.project_id FROM changed JOIN former USING (id)
JOIN directory_participation AS part ON part.funder_id = changed.id
WHERE changed.search_key <> former.search_key
"""
OF_STRUCTURES = """
SELECT part.project_id FROM changed JOIN former USING (id)
JOIN directory_participation AS part ON part.structure_id = changed.id
WHERE (changed.name, changed.acronym, changed.publication, changed.merged_into_id)
    IS DISTINCT FROM
    (former.name, former.acronym, former.publication, former.merged_into_id)
"""
WORDED = [
    ("directory_structuretype", "directory_structure", OF_TYPES),
    ("directory_commune", "directory_structure", OF_COMMUNES),
    ("directory_department", "directory_structure", OF_DEPARTMENTS),
    ("directory_funder", "directory_project", OF_FUNDERS),
    ("directory_structure", "directory_project", OF_STRUCTURES),
    *[
        (
            f"directory_{term}",
            f"directory_{row}",
            OF_TERMS.format(row=row, terms=terms, term=term),
        )
        for row in ("structure", "project")
        for terms, term in (("countries", "country"), ("sectors", "sector"))
    ],
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_changes")]

    operations = [
        migrations.RunSQL(
            with_terms("structure", STRUCTURE), FORGET.format(row="structure")
        ),
        migrations.RunSQL(with_terms("project", PROJECT), FORGET.format(row="project")),
        migrations.RunSQL(
            [("CALL directory_retell_links(%s, %s, %s)", link) for link in LINKS],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            [
                ("CALL directory_retell_on(%s, 'update', %s, %s)", worded)
                for worded in WORDED
            ],
            migrations.RunSQL.noop,
        ),
    ]
