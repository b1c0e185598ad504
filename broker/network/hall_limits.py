"""How much one address of the hall may have of Mosquitto: rules for the kernel's packet filter, nftables.

Theory of operation. The broker can leave out a device that floods, but Mosquitto would still decrypt and read all that
it sends, and answer it, in the one thread that serves everybody. What the kernel drops costs nobody anything, and the
TCP of whoever floods slows down by itself. So each address has its share, several times what a device needs: of
connections that are open; of connections that are begun, since each costs the server a signature, and all together
have theirs; of packets and bytes that it sends, and of bytes that it is sent. Who sends more again and again is shut
out for a minute: 48 kB of nothing but pings would keep the server busy for a third of a second.

Only whole connections are counted, but for those that are open: a source that is forged never answers, and so takes
nothing from whom it pretends to be.
"""

from pathlib import Path

from broker.contract.private_file import PUBLIC, replace_file
from broker.network.hall_listener import HallListener

FILE = "hall.nft"
TABLE = "okienko"
MOST_OPEN = 50  # the desks of a whole row may have one machine
BEGUN_PER_S, BEGUN_AT_ONCE = 10, 20  # ... and come back together; TCP tries again by itself
ALL_BEGUN_PER_S, ALL_BEGUN_AT_ONCE = 30, 60
SENT_KBYTES_PER_S, SENT_KBYTES_AT_ONCE = 48, 64  # twenty requests a second are 12; the longest health is 64
# What only says how much was received is no sending: a wall that gets megabytes answers with a thousand such packets.
BARE_BYTES = 80
BARE_PER_S, BARE_AT_ONCE = 2000, 4000
EXCESS_PER_S, EXCESS_AT_ONCE = 1, 10  # packets above these shares
SHUT_OUT_S = 60
HEARD_KBYTES_PER_S, HEARD_KBYTES_AT_ONCE = 1024, 4096  # the longest state is 256, and a row of desks hears it together
_BEGUN_MARK = "0x40000000"  # one bit of the connection's mark, whatever else the machine may use that for
# How many addresses are counted; who comes when a list is full is let in.
_COUNTED = "type {kind}; size 65535; flags dynamic"
# Declared first, so that there is something to delete: the rules that were there before go in the same moment.
_RULES = """\
# Made by `okienko-broker certificates`, and again by `accounts`. What one address may have of Mosquitto's port for the
# hall; systemd has nft load it before Mosquitto starts (mosquitto.service.d/okienko.conf).
table inet {table}
delete table inet {table}
table inet {table} {{
	set open {{ {counted}; }}
	set begun {{ {counted},timeout; timeout 1m; }}
	set sent {{ {counted},timeout; timeout 1m; }}
	set bare {{ {counted},timeout; timeout 1m; }}
	set excess {{ {counted},timeout; timeout 1m; }}
	set shut {{ {counted},timeout; timeout {shut_out_s}s; }}
	set heard {{ {counted},timeout; timeout 1m; }}
	chain input {{
		type filter hook input priority filter; policy accept;
		tcp dport {port} jump from_hall
	}}
	chain output {{
		type filter hook output priority filter; policy accept;
		tcp sport {port} jump to_hall
	}}
	chain from_hall {{
		ct state invalid counter drop
		{ip} saddr @shut counter drop
		ct state new add @open {{ {ip} saddr {open} }} counter drop
		ct status & assured == 0 return
		ct mark & {mark} == 0 jump begin
		meta length <= {bare_bytes} update @bare {{ {ip} saddr {bare} }} counter jump too_much
		meta length > {bare_bytes} update @sent {{ {ip} saddr {sent} }} counter jump too_much
	}}
	chain too_much {{
		update @excess {{ {ip} saddr {excess} }} add @shut {{ {ip} saddr }} log prefix "okienko shuts out a flood: "
		drop
	}}
	chain begin {{
		update @begun {{ {ip} saddr {begun} }} counter drop
		{all_begun} counter drop
		ct mark set ct mark | {mark}
	}}
	chain to_hall {{
		ct status & assured == 0 return
		update @heard {{ {ip} daddr {heard} }} counter drop
	}}
}}
"""


def rules(listener: HallListener) -> str:
    """Return the rules for a listener, for `nft -f`."""
    return _RULES.format(
        table=TABLE,
        port=listener.port,
        counted=_COUNTED.format(kind="ipv6_addr" if listener.is_ipv6 else "ipv4_addr"),
        ip="ip6" if listener.is_ipv6 else "ip",
        mark=_BEGUN_MARK,
        open=f"ct count over {MOST_OPEN}",
        begun=_above(BEGUN_PER_S, f"{BEGUN_AT_ONCE} packets"),
        all_begun=_above(ALL_BEGUN_PER_S, f"{ALL_BEGUN_AT_ONCE} packets"),
        sent=_above(f"{SENT_KBYTES_PER_S} kbytes", f"{SENT_KBYTES_AT_ONCE} kbytes"),
        bare_bytes=BARE_BYTES,
        bare=_above(BARE_PER_S, f"{BARE_AT_ONCE} packets"),
        excess=_above(EXCESS_PER_S, f"{EXCESS_AT_ONCE} packets"),
        shut_out_s=SHUT_OUT_S,
        heard=_above(f"{HEARD_KBYTES_PER_S} kbytes", f"{HEARD_KBYTES_AT_ONCE} kbytes"),
    )


def keep(listener: HallListener, folder: Path) -> bool:
    """Write the rules for a listener into Mosquitto's folder; whether they are others than before."""
    file, text = folder / FILE, rules(listener)
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    replace_file(file, text, PUBLIC, owner="root")
    return True


def _above(per_s: object, at_once: str) -> str:
    return f"limit rate over {per_s}/second burst {at_once}"
