"""The line that pairs a device, and what the device does with it."""

import re
import stat

import pytest

from broker.contract import credentials
from broker.contract.pair_command import pair_command
from broker.contract.pairing import BadPairing, Pairing
from broker.contract.toml_keys import with_keys
from tests.guarded_mosquitto import OWNER

PAIRING = Pairing("kiosk-1", "abc-DEF_9", "192.168.1.10", 8883, "0123456789abcdef" * 4)


@pytest.mark.parametrize("host", ["192.168.1.10", "hall.local", "fd00::2"])
def test_the_line_says_everything_that_a_device_needs(host):
    pairing = Pairing("kiosk-1", "abc-DEF_9", host, 8884, PAIRING.fingerprint)
    assert Pairing.from_line(str(pairing)) == pairing
    assert Pairing.from_line(f"  '{pairing}'\n") == pairing


def test_a_pairing_that_gets_into_a_log_shows_no_password():
    assert PAIRING.password not in repr(PAIRING)


@pytest.mark.parametrize(
    "line",
    [
        "", "kiosk-1", "http://kiosk-1:x@h/?ca=" + "0" * 64, "okienko://h/?ca=" + "0" * 64,
        "okienko://Kiosk:x@h/?ca=" + "0" * 64, "okienko://kiosk-1:@h/?ca=" + "0" * 64, "okienko://kiosk-1:x@h:99999/",
        str(PAIRING)[:-1], str(PAIRING) + "0", "okienko://[::/",
    ],
)  # fmt: skip
def test_a_line_that_is_not_whole_is_refused_without_showing_any_of_it(line):
    with pytest.raises(BadPairing) as refused:
        Pairing.from_line(line)
    assert PAIRING.password not in str(refused.value)


def test_settings_that_somebody_wrote_keep_their_words_but_for_id_and_server():
    written = '# kiosk of the hall\nid = "kiosk-1"   # as delivered\n\nprinter = "x"\n[a]\nid = "stays"\nmqtt = "too"\n'
    assert with_keys(written, {"id": "kiosk-2", "mqtt": "mqtts://h:8883"}) == (
        'mqtt = "mqtts://h:8883"\n# kiosk of the hall\nid = "kiosk-2"   # as delivered\n\nprinter = "x"\n'
        '[a]\nid = "stays"\nmqtt = "too"\n'
    )


@pytest.fixture
def device(tmp_path):
    """Return the files of a device, and a function that pairs it."""

    class Device:
        kept, settings = tmp_path / "credentials", tmp_path / "kiosk.toml"

        def pair(self, line, *words):
            files = ["--credentials", str(self.kept), "--config", str(self.settings), "--owner", OWNER]
            return pair_command("okienko-kiosk", [line, *files, *words])

    return Device()


@pytest.fixture
def line(guarded, capfd):
    capfd.readouterr()
    assert guarded.device("add", "kiosk-1") == 0
    return re.findall(r"okienko://[^'\s]+", capfd.readouterr().out)[0]


def test_a_device_is_paired_and_only_its_own_user_may_read_how(device, guarded, line, capfd):
    device.settings.write_text('id = "kiosk-9"\n')
    device.settings.chmod(0o640)
    assert device.pair(line) == 0
    assert "kiosk-1 is paired" in capfd.readouterr().out
    assert stat.S_IMODE(device.kept.stat().st_mode) == 0o600
    kept = credentials.kept(device.kept)["kiosk-1"]
    assert kept.ca == guarded.ca
    assert 'id = "kiosk-1"\n' in device.settings.read_text()
    assert f'mqtt = "{guarded.hall_url}"\n' in device.settings.read_text()
    assert stat.S_IMODE(device.settings.stat().st_mode) == 0o640


def test_one_machine_keeps_the_credentials_of_several_programs(device, guarded, line):
    credentials.keep(device.kept, "display-1", credentials.Credentials("other"), OWNER)
    assert device.pair(line, "--mdns") == 0
    assert sorted(credentials.kept(device.kept)) == ["display-1", "kiosk-1"]


def test_a_line_with_a_fingerprint_that_nobody_here_has_pairs_nothing(device, line, capfd):
    assert device.pair(line[:-64] + "0" * 64) == 1
    assert "is not the broker of the line" in capfd.readouterr().err
    assert not device.kept.exists()


def test_a_device_whose_broker_is_away_is_told_so(device, guarded, line, capfd):
    guarded.stop()
    assert device.pair(line) == 1
    assert "nobody answers at 127.0.0.1" in capfd.readouterr().err
    guarded.start()


def test_a_line_that_was_made_anew_since_is_worth_nothing(device, guarded, line, capfd):
    assert guarded.device("add", "kiosk-1") == 0
    assert device.pair(line) == 1
    assert "does not let kiosk-1 in" in capfd.readouterr().err
    assert not device.kept.exists(), "nothing is written that was not tried"


def test_without_a_network_of_the_hall_the_caretaker_is_told_what_to_do_first(tmp_path, capfd):
    from tests.guarded_mosquitto import GuardedMosquitto

    alone = GuardedMosquitto(tmp_path).install(hall=False)
    assert alone.device("add", "kiosk-1") == 2
    assert "run sudo okienko-broker certificates" in capfd.readouterr().err
    assert alone.device("list") == 0
    assert "kiosk-1" not in capfd.readouterr().out
    assert alone.device("add", "kiosk-1", "--here") == 0
    assert alone.device("list") == 0
    assert "kiosk-1" in capfd.readouterr().out


def test_the_broker_itself_is_no_device(guarded, capfd):
    with pytest.raises(SystemExit):
        guarded.device("add", "broker")
    assert "'broker' is the broker itself" in capfd.readouterr().err
