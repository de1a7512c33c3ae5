"""Fill many-to-many fields from the codes that people read."""

import factory


def linked(field, lookup):
    """A declaration: `StructureFactory(countries=["ML"])`, or objects, or nothing."""

    def fill(self, create, extracted, **kwargs):
        if not create or not extracted:
            return
        manager = getattr(self, field)
        rows = []
        for value in extracted:
            if isinstance(value, manager.model):
                rows.append(value)
            else:
                rows.append(manager.model.objects.get(**{lookup: value}))
        manager.set(rows)

    return factory.post_generation(fill)
