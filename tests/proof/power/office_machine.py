"""A virtual machine with Mosquitto and the broker, its queue on a disk of its own with a file system; for its plug."""

import compileall
import time
from py_compile import PycInvalidationMode

from tests.clients import Client, eventually
from tests.proof.vm.machine import Machine

BOOT_LIMIT_S = 600
# A flush of the machine is written down (flushes.py); this computer keeps its power, and need not flush for it.
UNFLUSHED = "cache.no-flush=on"
GUEST_ADDRESS = "10.0.2.15"  # as qemu's user network has it
# Its first process is the script itself: what a power cut does to the queue is the same without a systemd, and emulated
# it starts in a fraction of the time.
FIRST_PROCESS = (
    "modprobe -a 9pnet_virtio virtio_net; "
    "mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144 proof /proof; exec sh /proof/run"
)
SCRIPT = """
mkdir -p /data && mount /dev/vdb /data || exit 1
python3 /proof/network.py || exit 1
mosquitto -d -c /proof/mosquitto.conf
touch /proof/began
cd /tmp
/opt/okienko/current/bin/okienko-broker --office /proof/office.toml --database sqlite:////data/hall.db \\
    --mqtt mqtt://127.0.0.1:1883 > /proof/broker.log 2>&1 &
broker=$!
until [ -e /proof/stop ]; do sleep 0.2; done
kill -TERM $broker
wait $broker
cp /data/hall.db /proof/hall.db.part && mv /proof/hall.db.part /proof/hall.db
sleep 1000
"""
NETWORK = f"""
import fcntl, socket, struct
for name, address in ((b"lo", "127.0.0.1"), (b"eth0", "{GUEST_ADDRESS}")):
    with socket.socket() as any_socket:
        def tell(what, value):
            fcntl.ioctl(any_socket, what, name.ljust(16, b"\\0") + value.ljust(16, b"\\0"))
        for what, told in ((0x8916, address), (0x891C, "255.255.255.0")):  # SIOCSIFADDR, SIOCSIFNETMASK
            tell(what, struct.pack("HH4s", socket.AF_INET, 0, socket.inet_aton(told)))
        tell(0x8914, struct.pack("H", 0x41))  # SIOCSIFFLAGS: up and running
"""
MOSQUITTO = """
listener 1883 0.0.0.0
allow_anonymous true
persistence false
set_tcp_nodelay true
max_queued_messages 0
max_inflight_messages 0
"""


class OfficeMachine(Machine):
    """One life of the machine; it is at `port` of this computer's loopback, and `log` tells of its disk `data`."""

    def __init__(self, folder, image, office, data, log, port):
        super().__init__(folder, image, SCRIPT, memory_mb=1024)
        compileall.compile_dir(
            self.share / "code" / "broker", quiet=1, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
        )
        log.write_bytes(b"")
        self.url = f"mqtt://127.0.0.1:{port}"
        self._command[self._command.index("none")] = f"user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:{port}-:1883"
        self._command[self._command.index("-append") + 1] += f' init=/bin/sh -- -c "{FIRST_PROCESS}"'
        self._command += [
            *("-blockdev", f"driver=file,filename={data},node-name=data-file,{UNFLUSHED}"),
            *("-blockdev", f"driver=file,filename={log},node-name=log-file,{UNFLUSHED}"),
            *("-blockdev", "driver=blklogwrites,file=data-file,log=log-file,log-sector-size=512,node-name=data"),
            *("-device", "virtio-blk-pci,drive=data,write-cache=on,addr=1e"),  # behind the system's own
        ]
        self.tell("office.toml", office)
        self.tell("mosquitto.conf", MOSQUITTO)
        self.tell("network.py", NETWORK)

    def seconds_to_first_answer(self):
        """Wait until the broker answers; return how long it took from the start of its process."""
        began = self.share / "began"
        self._until(began)
        assert eventually(lambda: "MQTT on" in self._read("broker.log"), BOOT_LIMIT_S), self._read("broker.log")
        probe = Client(self.url, "probe").start()
        assert not probe.insist("finish", 0.5, desk="nowhere")["ok"]
        took = time.time() - began.stat().st_mtime
        probe.stop()
        return took

    def database(self):
        """Stop the broker as systemd does, and return its database."""
        self.tell("stop")
        self._until(self.share / "hall.db")
        return self.share / "hall.db"

    def _until(self, file):
        assert eventually(lambda: file.exists() or self._process.poll() is not None, BOOT_LIMIT_S), self.said[-4000:]
        assert file.exists(), self.said[-4000:]

    def _read(self, name):
        return (self.share / name).read_text() if (self.share / name).exists() else ""
