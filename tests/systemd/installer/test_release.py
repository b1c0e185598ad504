"""Versions beside one another, and which one runs."""

from systemd.installer.release import drop_older, found, running, switch


def test_the_newer_version_runs_once_it_was_switched_to(places, make_release):
    older, newer = make_release("0.1.0"), make_release("0.2.0")
    switch(places, older)
    assert running(places) == older
    switch(places, newer)
    assert running(places) == newer
    assert places.current.is_symlink()


def test_a_version_whose_installation_was_cut_off_counts_as_none(places, make_release):
    assert found(make_release("0.1.0", complete=False).folder) is None
    assert running(places) is None


def test_the_version_before_is_kept_and_older_ones_go(places, make_release):
    first, second, third = (make_release(version) for version in ("0.1.0", "0.2.0", "0.3.0"))
    switch(places, third)
    assert drop_older(places, third, second) == ["0.1.0"]
    assert [found(release.folder) for release in (first, second, third)] == [None, second, third]
    assert running(places) == third
