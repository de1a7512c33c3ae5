"""What the processes of a run share of the pages that they saw."""

import pytest

from tests.browser.observations import Observations


def never():
    pytest.fail("It was seen already.")


def test_a_page_that_a_process_saw_is_not_looked_at_by_another(tmp_path):
    one, other = Observations(tmp_path / "seen"), Observations(tmp_path / "seen")

    seen = one.get("home-visitor", lambda: {"status": 200})

    assert seen == {"status": 200}
    assert one.get("home-visitor", never) is seen
    assert other.get("home-visitor", never) == seen


def test_each_page_has_an_observation_of_its_own(tmp_path):
    observations = Observations(tmp_path / "seen")

    assert observations.get("home-visitor", lambda: 1) == 1
    assert observations.get("home-staff", lambda: 2) == 2


def test_a_page_that_could_not_be_seen_is_looked_at_again(tmp_path):
    observations = Observations(tmp_path / "seen")
    with pytest.raises(TimeoutError):
        observations.get("home-visitor", lambda: (_ for _ in ()).throw(TimeoutError))

    assert observations.get("home-visitor", lambda: "seen") == "seen"
