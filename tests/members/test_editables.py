"""A field that a later version adds to a form is covered without a line of ours."""

import dataclasses

import pytest

from directory.models import Structure
from members import moderation
from members.models import State
from members.proposals import changes, diffs, editables, wire
from members.proposals.editables import Group
from members.proposals.member_forms import MemberForm
from tests.members.proposing import begin, decide, draft, png, submitted


class FirstForm(MemberForm):
    """The form of a first version."""

    class Meta(MemberForm.Meta):
        model = Structure
        fields = ("name",)


class LaterForm(FirstForm):
    """The same, a version later: a field of each kind more."""

    class Meta(FirstForm.Meta):
        fields = (
            *("name", "description", "life", "goals", "logo", "logo_alt"),
            *("is_abroad", "member_from", "founded_in", "other_names"),
        )


#: A field of each kind -> what is typed, and what the row then holds.
LATER = {
    "description": (["Un texte"], "Un texte"),
    "life": (["en-veille"], "en-veille"),
    "goals": (["4", "6"], {4, 6}),
    "is_abroad": (["on"], True),
    "member_from": (["2024-03-01"], "2024-03-01"),
    "founded_in": (["1987"], "1987"),
    "other_names": (["Un nom\r\nUn autre"], "['Un nom', 'Un autre']"),
}


@pytest.fixture
def versions(monkeypatch):
    """Give the editable of structures the form of a version."""
    plain = dataclasses.replace(
        editables.REGISTRY["structure"],
        form=FirstForm,
        groups=(Group("identite", "Identité", ("name",)),),
    )

    def install(form):
        entry = dataclasses.replace(plain, form=form)
        monkeypatch.setitem(editables.REGISTRY, "structure", entry)
        return entry

    return install


def held(structure, name):
    value = getattr(Structure.objects.get(pk=structure.pk), name)
    if name == "goals":
        return set(value.values_list("number", flat=True))
    return value if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("name", sorted(LATER))
def test_a_later_field_is_drafted_compared_and_accepted(
    name, versions, member, staff, owned_structure
):
    entry = versions(LaterForm)
    typed, expected = LATER[name]

    proposal = submitted(member, owned_structure, **{name: typed})

    form = entry.unbound(owned_structure, owned_structure)
    (change,) = changes.of(proposal, form)
    assert change.name == name
    diff = diffs.compare(change.field, change.base, change.proposed)
    assert diff.after or diff.added
    decide(proposal, staff)
    assert held(owned_structure, name) == expected
    assert proposal.__class__.objects.get().state == State.ACCEPTED


def test_a_later_picture_too(versions, member, staff, owned_structure):
    versions(LaterForm)

    decide(
        submitted(member, owned_structure, files={"logo": png()}, logo_alt="Bleu"),
        staff,
    )

    assert Structure.objects.get(pk=owned_structure.pk).logo


def test_a_draft_of_the_version_before_changes_nothing_in_later_fields(
    versions, member, staff, owned_structure
):
    versions(FirstForm)
    proposal = draft(member, owned_structure, name="Un autre nom")
    versions(LaterForm)
    Structure.objects.filter(pk=owned_structure.pk).update(description="Gardée")

    moderation.submit(proposal=proposal, author=member)
    decide(proposal, staff)

    row = Structure.objects.get(pk=owned_structure.pk)
    assert (row.name, row.description) == ("Un autre nom", "Gardée")


def test_later_fields_are_on_the_page_without_being_in_a_group(
    versions, member, owned_structure
):
    versions(LaterForm)

    page = begin(member, owned_structure)

    assert [section.key for section in page.sections] == ["identite", "autres"]
    shown = [one.field.name for section in page.sections for one in section.fields]
    assert shown == list(LaterForm.base_fields)


@pytest.mark.parametrize("key", sorted(editables.REGISTRY))
def test_every_form_is_read_without_losing_a_field(key, owned_structure):
    """What a form shows, posted as it is, changes nothing."""
    editable = editables.REGISTRY[key]
    row = owned_structure if key == "structure" else editable.blank(owned_structure)

    now = editable.now(row, owned_structure)
    form = editable.bound(row, owned_structure, now)

    assert set(now) == set(form.fields)
    sent = wire.typed(form, form.data, form.files)
    for name, value in sent.items():
        assert not wire.differ(form.fields[name], now[name], value), name


@pytest.mark.parametrize("key", sorted(editables.REGISTRY))
def test_every_field_of_a_group_is_in_its_form(key, owned_structure):
    editable = editables.REGISTRY[key]
    named = [name for group in editable.groups for name in group.fields]

    assert sorted(named) == sorted(editable.form.base_fields)


def test_rules_have_each_a_name_of_their_own():
    names = [name for name, _title in editables.rules()]

    assert len(names) == len(set(names))
    assert "structure.coordonnees" in names
