"""The text of articles is rich text; they are found by its words, not by its tags."""

import datetime

import django.db.models.functions.text
from django.db import migrations, models

import directory.models.fields
import news.rich_text

# The twin of `news.rich_text.as_text`: tags inside a word vanish, the others part words.
WORDS_OF = r"""
CREATE FUNCTION news_as_text(html text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(replace(
        regexp_replace(
            regexp_replace(
                html, '</?(a|em|strong)( [^<>"]*("[^"]*"[^<>"]*)*)?>', '', 'g'
            ),
            '</?[a-z][^<>"]*("[^"]*"[^<>"]*)*>', ' ', 'g'
        ),
        '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&nbsp;', chr(160)), '&amp;', '&')
$$;
"""
FORGET_WORDS_OF = "DROP FUNCTION news_as_text(text)"

DESCRIBED = """
CREATE OR REPLACE FUNCTION news_article_described(keys bigint[])
RETURNS TABLE (id bigint, described tsvector) LANGUAGE sql STABLE AS $$
    SELECT id, directory_vector('C', summary, {body})
    FROM news_article WHERE id = ANY (keys)
$$;
"""
DESCRIBED_BY_WORDS = DESCRIBED.format(body="news_as_text(body)")
DESCRIBED_BY_TEXT = DESCRIBED.format(body="body")


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_found_at_once"),
        ("news", "0006_articles_found_at_once"),
        (
            "taggit",
            "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx",
        ),
    ]

    operations = [
        migrations.RunSQL(WORDS_OF, FORGET_WORDS_OF),
        migrations.RunSQL(DESCRIBED_BY_WORDS, DESCRIBED_BY_TEXT),
        migrations.AlterField(
            model_name="article",
            name="body",
            field=news.rich_text.RichTextField(
                blank=True,
                help_text="Un titre ouvre chaque partie\xa0; la page a déjà le sien.",
                verbose_name="texte",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="countries",
            field=models.ManyToManyField(
                blank=True,
                related_name="%(class)ss",
                to="directory.country",
                verbose_name="pays",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="goals",
            field=models.ManyToManyField(
                blank=True,
                related_name="%(class)ss",
                to="directory.goal",
                verbose_name="objectifs de développement durable",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="projects",
            field=models.ManyToManyField(
                blank=True,
                related_name="%(class)ss",
                to="directory.project",
                verbose_name="projets",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="published_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Une date à venir\xa0: la page paraîtra ce jour-là.",
                null=True,
                verbose_name="publié le",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="sectors",
            field=models.ManyToManyField(
                blank=True,
                related_name="%(class)ss",
                to="directory.sector",
                verbose_name="secteurs d’intervention",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="slug",
            field=models.SlugField(
                help_text="La fin de l’adresse, faite d’après le titre.",
                max_length=100,
                unique=True,
                verbose_name="adresse de la page",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="source_url",
            field=directory.models.fields.WebAddressField(
                blank=True,
                help_text="L’adresse du texte, s’il a d’abord paru ailleurs.",
                verbose_name="page d’origine",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="structures",
            field=models.ManyToManyField(
                blank=True,
                related_name="%(class)ss",
                to="directory.structure",
                verbose_name="structures",
            ),
        ),
        migrations.RemoveField(model_name="article", name="search_key"),
        migrations.AddField(
            model_name="article",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=directory.models.fields.Fold(
                    django.db.models.functions.text.Concat(
                        models.F("title"),
                        models.Value(" "),
                        models.F("summary"),
                        models.Value(" "),
                        news.rich_text.WordsOf("body"),
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
                verbose_name="clé de recherche",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", True),
                    models.Q(
                        (
                            "published_at__gte",
                            datetime.datetime(1990, 1, 1, 0, 0, tzinfo=datetime.UTC),
                        ),
                        (
                            "published_at__lt",
                            datetime.datetime(2100, 1, 1, 0, 0, tzinfo=datetime.UTC),
                        ),
                    ),
                    _connector="OR",
                ),
                name="article_is_published_in_our_time",
                violation_error_code="published_at",
                violation_error_message="Vérifiez l’année, entre 1990 et 2099.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="article",
            name="article_published_has_a_date",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("publication", "publie"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="article_published_has_a_date",
                violation_error_code="published_at",
                violation_error_message="Ce qui est publié a une date.",
            ),
        ),
    ]
