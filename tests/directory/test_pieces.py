"""What a process keeps of what it made: bounded, and nobody else's."""

from directory.keeping.stores import kept, kept_as_of, put


class Raced(dict):
    """A store in which another thread keeps its own as soon as one looks."""

    def get(self, key):
        found = super().get(key)
        self[key] = ("another version", "made by another")
        return found


def test_what_another_thread_keeps_meanwhile_is_not_given():
    store = Raced(key=("old", "made before"))

    assert kept_as_of(store, "key", "new", lambda: "made here") == "made here"


def test_a_version_that_has_not_moved_is_not_made_again():
    store = {}
    kept_as_of(store, "key", 1, lambda: "first")

    assert kept_as_of(store, "key", 1, lambda: "again") == "first"
    assert kept_as_of(store, "key", 2, lambda: "moved") == "moved"


def test_a_store_that_is_full_drops_what_was_made_first():
    store = {}
    for n in range(10):
        kept(store, n, lambda n=n: n, most=10)
    put(store, 0, 0, most=10)

    kept(store, 10, lambda: 10, most=10)

    assert len(store) <= 10
    assert {0, 10} <= store.keys()
    assert not {1, 2, 3} & store.keys()
