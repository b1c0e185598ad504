"""`okienko-broker certificates`: the hall's authority, the server's certificate, the listener for other machines.

May run again: the authority stays, the server's certificate is made anew.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from broker.contract.private_file import PUBLIC, replace_file
from broker.contract.tls import fingerprint
from broker.network import hall_limits
from broker.network.accounts import SERVER_USER
from broker.network.certificates import Certificates
from broker.network.command_line import parser, told
from broker.network.hall_listener import PORT, BadListener, HallListener, default_interface
from broker.network.running_server import reread

LISTENER = "/etc/mosquitto/conf.d/okienko-hall.conf"
ROUTES = Path("/proc/net/route")


def main(argv: Sequence[str]) -> int:
    """Make the certificate authority once, and the server's certificate anew; listen for the hall's other machines."""
    words = parser("certificates", __doc__)
    words.add_argument("--listen", help="network interface like eth0, or address (as before; the default route's)")
    words.add_argument("--port", type=int, help=f"where to listen (as before; {PORT})")
    words.add_argument("--name", action="append", help="another name or address of this machine; may be repeated")
    words.add_argument("--listener", default=LISTENER, help=f"Mosquitto's lines ({LISTENER})")
    options = words.parse_args(argv)
    return told("certificates", lambda: _make_certificates(options))


def _make_certificates(options: argparse.Namespace) -> None:
    folder = Path(options.mosquitto)
    before = HallListener.remembered(folder)
    listen = options.listen or (before.listen if before else default_interface(ROUTES.read_text()))
    if listen is None:
        raise BadListener("this machine is in no network; say --listen with its interface, like eth0")
    names = tuple(options.name) if options.name else (before.names if before else ())
    listener = HallListener(listen, options.port or (before.port if before else PORT), names)
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    made = Certificates(folder)
    fresh = made.make_authority()
    made.renew_server(listener.known_as(), SERVER_USER)
    listener.remember(folder)
    replace_file(Path(options.listener), listener.configuration(folder), PUBLIC, owner="root")
    limits_are_new = hall_limits.keep(listener, folder)
    known_by = fingerprint(made.ca.read_text())
    print(f"The hall's certificate authority: {'made' if fresh else 'as before'}, SHA-256 {known_by}")
    print(f"The server proves itself as {', '.join(listener.known_as())}")
    if before == listener and not limits_are_new and reread(Path(options.pid_file)):
        return
    print("Now: sudo systemctl restart mosquitto")
