"""Where the server is, and by what it knows a program."""

import pytest

from broker.contract import credentials
from broker.contract.credentials import BadCredentials, Credentials, server_for, server_or_exit
from broker.contract.server import BadServer, Server, without_password
from tests.guarded_mosquitto import OWNER


def test_an_encrypted_server_has_a_port_of_its_own_and_one_that_is_looked_for_has_no_host():
    assert Server.from_url("mqtts://hall.local") == Server("hall.local", 8883, tls=True)
    assert Server.from_url("mdns:") == Server("", 8883, tls=True)
    assert Server.from_url("mdns:").address == "an address found by mDNS"


def test_an_address_is_shown_without_its_password():
    assert without_password("mqtt://broker:p@ss@10.0.0.2:1884") == "mqtt://broker@10.0.0.2:1884"
    assert without_password("mqtt://10.0.0.2") == "mqtt://10.0.0.2"
    with pytest.raises(BadServer) as refused:
        Server.from_url("mqttx://broker:hunter2@10.0.0.1")
    assert "hunter2" not in str(refused.value)


def test_a_program_finds_its_own_password_and_none_of_the_others(tmp_path, guarded):
    file = tmp_path / "credentials"
    for client, password in (("kiosk-1", 'a"\\b'), ("desk-17", "c")):
        credentials.keep(file, client, Credentials(password, guarded.ca), OWNER)
    assert server_for("mqtt://127.0.0.1", "kiosk-1", str(file)) == Server("127.0.0.1", 1883, "kiosk-1", 'a"\\b')
    assert server_for("mqtts://h", "desk-17", str(file)) == Server("h", 8883, "desk-17", "c", tls=True, ca=guarded.ca)
    assert server_for("mqtt://127.0.0.1", "kiosk-2", str(file)) == Server("127.0.0.1")
    assert server_for("mqtt://x:y@127.0.0.1", "kiosk-1", str(file)).password == "y"
    credentials.keep(file, "kiosk-1", None, OWNER)
    assert list(credentials.kept(file)) == ["desk-17"]


def test_without_a_file_there_is_no_password_as_in_a_demo(tmp_path):
    for file in ("", str(tmp_path / "none")):
        assert server_for("mqtt://127.0.0.1", "kiosk-1", file) == Server("127.0.0.1")


@pytest.mark.parametrize("content", ["kiosk", "[kiosk-1]", '["kiosk-1"]\npassword = 3', '["k"]\npassword="x"\nca="no"'])
def test_a_file_that_is_no_file_of_credentials_gives_one_line_that_shows_nothing_of_it(tmp_path, content, capsys):
    file = tmp_path / "credentials"
    file.write_text(content)
    with pytest.raises(SystemExit) as ended:
        server_or_exit("mqtts://h", "kiosk-1", str(file), "okienko-kiosk")
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"okienko-kiosk: credentials: {file}")
    assert said.endswith(
        "delete the file and pair the device again (on the broker's machine: run the installer again)\n"
    )


def test_a_device_that_looks_for_the_broker_must_know_whom_to_believe(tmp_path):
    with pytest.raises(BadCredentials, match="should be paired before"):
        server_for("mdns:", "kiosk-1", str(tmp_path / "none"))
