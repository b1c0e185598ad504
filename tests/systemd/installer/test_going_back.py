"""Going back by itself, and never at the price of a ticket that was given."""

import pytest

from systemd.installer.changeover import change_over
from systemd.installer.database import keep_before_upgrade, schema
from systemd.installer.failure import CannotInstall
from systemd.installer.release import running, switch
from systemd.installer.unchecked import Unchecked, remember, remembered
from tests.systemd.installer.queue_files import NEWER_TABLES, change_tables, command_that_changes, give, given

COMMAND_FAILS = "echo 'it is too hot' >&2; exit 1"


@pytest.fixture
def versions(places, make_broker_release):
    """The version that runs, one that works, and one whose command fails."""
    first, second = (make_broker_release(version, places) for version in ("0.1.0", "0.2.0"))
    switch(places, first)
    return first, second, make_broker_release("0.3.0", places, COMMAND_FAILS)


@pytest.fixture
def cut_off(places, queue, versions, systemctl):
    """An upgrade from 0.1.0 to 0.2.0 that nobody has seen the end of; the queue has newer tables."""
    kept = keep_before_upgrade(places, "0.2.0")
    switch(places, versions[1])
    change_tables(queue)
    remember(places, Unchecked("0.1.0", ("broker",), str(kept)))
    return kept


def test_tickets_given_after_an_upgrade_that_was_cut_off_survive_the_next_one_that_fails(
    places, office, queue, versions, cut_off, said
):
    give(queue, "D003")
    with pytest.raises(CannotInstall, match=r"version 0\.3\.0 does not run, version 0\.2\.0 is back: .*too hot"):
        change_over(office, versions[2], versions[1])
    assert (given(queue), schema(queue)) == (["D001", "D002", "D003"], NEWER_TABLES)
    assert running(places) == versions[1]
    assert any(str(cut_off) in words for words in said)


def test_tickets_given_after_an_upgrade_that_was_cut_off_survive_when_the_same_version_fails_later(
    places, office, queue, versions, cut_off
):
    give(queue, "D003")
    with pytest.raises(CannotInstall, match="mend that and run this again"):
        change_over(office, versions[1], versions[1])
    assert given(queue) == ["D001", "D002", "D003"]
    assert running(places) == versions[1]
    assert remembered(places) is None


def test_an_upgrade_cut_off_before_anybody_came_is_gone_back_from_to_where_it_began(
    places, office, queue, versions, cut_off
):
    with pytest.raises(CannotInstall, match=r"version 0\.1\.0 is back"):
        change_over(office, versions[2], versions[1])
    assert (given(queue), running(places)) == (["D001", "D002"], versions[0])
    assert schema(queue) == schema(cut_off) != NEWER_TABLES


def test_where_the_tables_are_the_same_the_queue_is_kept_anew_with_the_tickets_given_since(
    places, office, queue, versions, make_broker_release, systemctl
):
    kept = keep_before_upgrade(places, "0.2.0")
    switch(places, versions[1])
    remember(places, Unchecked("0.1.0", ("broker",), str(kept)))
    give(queue, "D003")
    fails = make_broker_release("0.4.0", places, f"{command_that_changes(queue, 'D004')}; {COMMAND_FAILS}")
    with pytest.raises(CannotInstall, match=r"version 0\.1\.0 is back"):
        change_over(office, fails, versions[1])
    assert given(queue) == ["D001", "D002", "D003"]
    assert schema(queue) != NEWER_TABLES


def test_what_a_version_gave_in_the_minute_before_going_back_lies_where_it_is_said(
    places, office, queue, versions, make_broker_release, said, systemctl
):
    fails = make_broker_release("0.4.0", places, f"{command_that_changes(queue, 'D003')}; {COMMAND_FAILS}")
    with pytest.raises(CannotInstall, match=r"version 0\.1\.0 is back"):
        change_over(office, fails, versions[0])
    (aside,) = places.before_upgrades.glob("put-aside-*.db")
    assert (given(aside), given(queue)) == (["D001", "D002", "D003"], ["D001", "D002"])
    assert any(str(aside) in words for words in said)


def test_a_queue_that_cannot_be_put_back_stays_with_the_version_that_can_read_it(
    places, office, queue, versions, make_broker_release, systemctl
):
    takes_away = f"rm {places.before_upgrades}/before-0.4.0.db"
    fails = make_broker_release(
        "0.4.0", places, f"{command_that_changes(queue, 'D003')}; {takes_away}; {COMMAND_FAILS}"
    )
    with pytest.raises(CannotInstall, match=r"going back failed, too: .*before-0\.4\.0\.db"):
        change_over(office, fails, versions[0])
    assert given(queue) == ["D001", "D002", "D003"]
    assert running(places) == fails
    assert (systemctl / "log").read_text().splitlines()[-1] == "start --no-block okienko.target"


def test_the_version_in_use_is_never_removed(places, office, versions, make_broker_release, systemctl):
    remember(places, Unchecked("0.1.0", ("broker",), None))
    switch(places, versions[1])
    first = make_broker_release("0.1.0", places, COMMAND_FAILS)
    with pytest.raises(CannotInstall, match=r"^version 0\.1\.0 does not run: "):
        change_over(office, first, versions[1])
    assert running(places) == first


def test_mosquitto_has_the_rights_of_the_version_that_is_back(places, office, versions, systemctl):
    (places.root / "etc/mosquitto/okienko/acl").write_text("rights of 0.1.0\n")
    with pytest.raises(CannotInstall, match=r"version 0\.1\.0 is back"):
        change_over(office, versions[2], versions[0])
    assert (places.root / "etc/mosquitto/okienko/acl").read_text() == "rights of 0.1.0\n"
    calls = (systemctl / "log").read_text().splitlines()
    assert "start --no-block okienko.target" in calls[calls.index("restart mosquitto.service") :]


def test_what_fails_on_the_way_back_is_said_and_the_version_before_starts_all_the_same(
    places, office, versions, make_broker_release, said, systemctl
):
    first = make_broker_release("0.1.0", places, "echo 'no room' >&2; exit 1")
    with pytest.raises(CannotInstall, match=r"version 0\.1\.0 is back"):
        change_over(office, versions[2], first)
    assert "look at this, also after going back: okienko-broker: no room" in said
    assert "version 0.1.0 starts; it is given 0.1 s" in said


def test_a_version_that_does_not_run_is_no_success_where_there_is_nothing_to_go_back_to(
    places, office, versions, systemctl
):
    remember(places, Unchecked("0.0.9", ("broker",), None))
    with pytest.raises(CannotInstall, match=r"0\.3\.0 does not run: .*too hot; version 0\.0\.9 is no longer there"):
        change_over(office, versions[2], versions[0])
    assert (systemctl / "log").read_text().splitlines()[-1] == "start --no-block okienko.target"


def test_a_machine_that_is_switched_off_in_an_upgrade_does_not_blame_the_version(places, office, versions, systemctl):
    (systemctl / "state").write_text("stopping")
    with pytest.raises(CannotInstall, match="shutting down"):
        change_over(office, versions[1], versions[0])
    assert running(places) == versions[1]
    assert remembered(places).before == "0.1.0"
