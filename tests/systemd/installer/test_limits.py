"""Whether the kernel limits what other machines send to Mosquitto."""

from systemd.installer.limits import RULES, lift, not_limited


def test_whoever_installs_is_told_where_the_kernel_does_not_limit_what_machines_send(places, monkeypatch):
    (places.root / "etc/mosquitto/okienko").mkdir(parents=True)
    assert not_limited(places) is None, "nobody but this machine connects"
    (places.root / RULES).write_text("table inet okienko\n")
    monkeypatch.setenv("PATH", str(places.root))
    assert "nothing limits what other machines send" in not_limited(places)
    assert "nft is not installed" in not_limited(places)
    nft = places.root / "nft"
    nft.write_text('#!/bin/sh\necho "$*" >> "$0.said"\n')
    nft.chmod(0o755)
    assert not_limited(places) is None
    lift()
    assert (places.root / "nft.said").read_text().splitlines() == [
        "list table inet okienko",
        "delete table inet okienko",
    ]
