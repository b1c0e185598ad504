"""How much one machine of the hall may send to Mosquitto: rules for the kernel's packet filter, nftables.

Theory of operation. The broker can leave out a device that floods, but Mosquitto would still decrypt and read all that
it sends, in the one thread that serves everybody. What the kernel drops costs nobody anything, and the TCP of whoever
floods slows down by itself. So each address has its share, many times what a device needs: of connections that are
open, of connections that are begun, since each costs the server a signature, and of bytes.
"""

import ipaddress

from broker.network.hall_listener import HallListener

FILE = "hall.nft"
TABLE = "okienko"
MOST_OPEN = 50  # the desks of a whole row may have one machine
BEGUN_PER_S, BEGUN_AT_ONCE = 10, 20  # ... and come back together; who is one too many tries again a second later
KBYTES_PER_S, KBYTES_AT_ONCE = 128, 512  # twenty requests a second are 6; the longest message that is taken is 264
# How many addresses are counted; who comes when a list is full is let in.
_COUNTED = "type {kind}; size 65535; flags dynamic"
# Declared first, so that there is something to delete: the rules that were there before go in the same moment.
_RULES = """\
# Made by `okienko-broker certificates`; it writes this file anew. What one machine may send to Mosquitto's port for
# the hall; systemd has nft load it before Mosquitto starts (mosquitto.service.d/okienko.conf).
table inet {table}
delete table inet {table}
table inet {table} {{
	set open {{ {counted}; }}
	set begun {{ {counted},timeout; timeout 1m; }}
	set sent {{ {counted},timeout; timeout 1m; }}
	chain input {{
		type filter hook input priority filter; policy accept;
		tcp dport {port} jump hall
	}}
	chain hall {{
		ct state new update @begun {{ {address} {begun} }} counter drop
		ct state new add @open {{ {address} {open} }} counter drop
		update @sent {{ {address} {sent} }} counter drop
	}}
}}
"""


def rules(listener: HallListener) -> str:
    """Return the rules for a listener, for `nft -f`."""
    six = _version(listener.listen) == 6  # noqa: PLR2004 - of IP
    return _RULES.format(
        table=TABLE,
        port=listener.port,
        counted=_COUNTED.format(kind="ipv6_addr" if six else "ipv4_addr"),
        address="ip6 saddr" if six else "ip saddr",
        begun=f"limit rate over {BEGUN_PER_S}/second burst {BEGUN_AT_ONCE} packets",
        open=f"ct count over {MOST_OPEN}",
        sent=f"limit rate over {KBYTES_PER_S} kbytes/second burst {KBYTES_AT_ONCE} kbytes",
    )


def _version(listen: str) -> int:
    """Return the version of IP that is listened on: on an interface it is 4."""
    try:
        return ipaddress.ip_address(listen).version
    except ValueError:
        return 4
