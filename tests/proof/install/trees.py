"""Fresh Debian systems in folders, and programs run in them.

A tree of each kind is made once by debootstrap and kept; each proof works on a copy of its own.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

from broker.network.hall_listener import default_interface

ROOT = Path(__file__).parents[3]
KEPT = Path(os.environ.get("OKIENKO_TREES", "/var/tmp/okienko-trees"))
MIRROR = os.environ.get("OKIENKO_MIRROR", "http://deb.debian.org/debian")
PACKAGES = "ca-certificates,python3,python3-venv,systemd,systemd-sysv,dbus,udev"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
WITHOUT = shutil.ignore_patterns(
    ".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "demo-output", "dist", "build", "*.db*"
)
# A name space of its own: what is mounted goes with the program, whatever happens. Who is not online has a network of
# its own, too, with the same interface, which leads nowhere: no other proof is met on its ports.
ENTER = """
set -e
if [ "$1" != online ]; then
    ip link set lo up
    ip link add "$1" type veth peer name nowhere
    ip address add 192.0.2.7/24 dev "$1"
    ip link set "$1" up
    ip link set nowhere up
fi
shift
mount --make-rprivate /
mount -t proc proc "$1/proc"; mount -t sysfs -o ro sys "$1/sys"; mount -t tmpfs run "$1/run"
mount --rbind /dev "$1/dev"
root=$1; shift
exec chroot "$root" "$@"
"""
CLEAN = {
    "HOME": "/root",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "PIP_CERT": str(CERTIFICATES),
}
INTERFACE = default_interface(Path("/proc/net/route").read_text()) or "eth0"


def missing(*programs):
    """Return why a proof cannot run here; empty if it can."""
    if os.geteuid() != 0:
        return "needs root"
    lacking = [program for program in programs if shutil.which(program) is None]
    return f"needs {', '.join(lacking)}" if lacking else ""


def made(suite, architecture="amd64"):
    """Return the tree that is kept of a Debian, made if it is not there yet."""
    tree = KEPT / f"{suite}-{architecture}"
    if not tree.exists():
        half = tree.with_name(f".{tree.name}")
        shutil.rmtree(half, ignore_errors=True)
        half.parent.mkdir(parents=True, exist_ok=True)
        words = ["debootstrap", f"--arch={architecture}", "--variant=minbase", f"--include={PACKAGES}"]
        subprocess.run([*words, suite, str(half), MIRROR], check=True, capture_output=True, timeout=3000)
        half.rename(tree)
    return tree


class Machine:
    """A copy of a tree, with the project in /src."""

    def __init__(self, tree, folder):
        self.root = folder
        subprocess.run(["cp", "-a", tree, folder], check=True, timeout=600)
        for file in (CERTIFICATES, Path("/etc/resolv.conf")):
            shutil.copy(file, folder / file.relative_to("/"))
        (folder / "etc/machine-id").write_text("")
        shutil.copytree(ROOT, folder / "src", ignore=WITHOUT)

    def run(self, *words, seconds=1200, status=0, environment=None, online=False):
        """Run a program in the tree; return what it said, and how long it took. Only what is `online` has a network."""
        began = time.monotonic()
        answer = subprocess.run(
            [*self._entered(online=online), *words],
            env=CLEAN | (environment or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        assert answer.returncode == status, f"{words}: {answer.returncode}\n{answer.stdout}{answer.stderr}"
        return answer.stdout + answer.stderr, time.monotonic() - began

    def cut_off(self, seconds, *words):
        """Run a program and kill it and all that it started after so many seconds; whether it had ended by itself."""
        with subprocess.Popen(
            [*self._entered(online=False), *words],
            env=CLEAN,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as program:
            try:
                program.wait(seconds)
            except subprocess.TimeoutExpired:
                program.kill()
                return False
        return True

    def _entered(self, *, online):
        network, word = ([], "online") if online else (["--net"], INTERFACE)
        return [
            "unshare",
            "--mount",
            "--pid",
            *network,
            "--fork",
            "--kill-child",
            "bash",
            "-c",
            ENTER,
            "enter",
            word,
            str(self.root),
        ]

    def path(self, name):
        return self.root / name.lstrip("/")

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)
