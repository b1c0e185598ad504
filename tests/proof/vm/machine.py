"""A virtual machine on which a proof runs: started, listened to, looked at, and killed like one whose plug is pulled.

    with Machine(folder, 'echo "TOLD hello" ...') as machine:
        machine.hear("TOLD hello", 300)         a line that the script has printed
        machine.picture("start")                what its screen shows, as a PNG file
        machine.unplug()                        no warning, as of a power cut

The script is given the shared folder as /proof: `/proof/code` is the repository as it is now, and what the script
writes to /proof the test can read. The disk forgets everything unless the machine is given one of its own.
"""

import shutil
import signal
import socket
import subprocess
import time

from PIL import Image as Picture

from broker.child import tied_to_parent
from tests.proof.vm.image import REPOSITORY, Image

CODE = ("broker", "kiosk", "display", "desk_terminal", "systemd")
MONITOR_LIMIT_S = 60


class Machine:
    """A computer of two processors without a network; `screen` is the size of its virtual screen."""

    def __init__(self, folder, image: Image, script, *, screen=(1280, 720), memory_mb=2048, disk=None):
        self.share = folder / "proof"
        self._folder = folder
        self._monitor = folder / "monitor"
        self._console = folder / "console"
        self._process = None
        self._command = [
            *("qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", str(memory_mb)),
            *("-kernel", str(image.kernel), "-initrd", str(image.initrd), "-no-reboot", "-nic", "none"),
            *("-append", "root=/dev/vda rw console=ttyS0 quiet panic=-1 systemd.mask=serial-getty@ttyS0.service"),
            *("-drive", f"file={disk or image.disk},format=raw,if=virtio,snapshot={'off' if disk else 'on'}"),
            *("-virtfs", f"local,path={self.share},mount_tag=proof,security_model=none"),
            *("-vga", "none", "-device", f"virtio-gpu-pci,xres={screen[0]},yres={screen[1]}", "-display", "none"),
            *("-serial", f"file:{self._console}", "-monitor", f"unix:{self._monitor},server,nowait"),
        ]
        self._fill_share(script)

    def __enter__(self):
        self._process = subprocess.Popen(
            [*tied_to_parent(), *self._command],
            stdin=subprocess.DEVNULL,
            stdout=(self._folder / "qemu.log").open("wb"),
            stderr=subprocess.STDOUT,
        )
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self.unplug()

    # -- what it says and shows --------------------------------------------------------------------------------

    @property
    def said(self):
        """Everything that the script has printed so far."""
        log = self.share / "said"
        return log.read_text(errors="replace") if log.exists() else ""

    def hear(self, words, timeout_s):
        """Return the rest of the first line that begins with these words, once it is there."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            for line in self.said.splitlines():
                if line.startswith(words):
                    return line.removeprefix(words).strip()
            if self._process.poll() is not None:
                raise AssertionError(f"the machine is off, and never said {words!r}:\n{self._last_words}")
            time.sleep(0.2)
        raise AssertionError(f"the machine did not say {words!r} in {timeout_s} s:\n{self._last_words}")

    def tell(self, name, text=""):
        """Put a file into the shared folder; the script finds it as /proof/NAME."""
        unfinished = self.share / f".{name}"
        unfinished.write_text(text)
        unfinished.rename(self.share / name)

    def picture(self, name):
        """Return a picture of its screen, kept as NAME.png in its folder."""
        dump = self._folder / f"{name}.ppm"
        self._ask(f"screendump {dump}")
        with Picture.open(dump) as seen:
            seen.convert("RGB").save(self._folder / f"{name}.png")
        dump.unlink()
        return Picture.open(self._folder / f"{name}.png")

    @property
    def _last_words(self):
        console = self._console.read_text(errors="replace") if self._console.exists() else ""
        return f"{console[-1000:]}\n{self.said[-4000:]}"

    # -- its end -------------------------------------------------------------------------------------------------

    def unplug(self):
        """End it as a power cut does: nothing that it had not sent to its disk is there."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def ends(self, timeout_s):
        """Wait until it has turned itself off."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the machine still runs after {timeout_s} s:\n{self._last_words}") from None

    def _fill_share(self, script):
        for package in CODE:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(REPOSITORY / package, self.share / "code" / package, ignore=ignored)
        subprocess.run(["chmod", "-R", "a+rX", str(self.share)], check=True)
        self.share.chmod(0o777)
        (self.share / "run").write_text(f"exec > /proof/said 2>&1\n{script}")

    def _ask(self, command):
        """Give qemu's monitor a command, and wait until it was carried out."""
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.settimeout(MONITOR_LIMIT_S)
            monitor.connect(str(self._monitor))
            _read_to_prompt(monitor)
            monitor.sendall(f"{command}\n".encode())
            _read_to_prompt(monitor)


def _read_to_prompt(monitor):
    said = b""
    while not said.endswith(b"(qemu) "):
        more = monitor.recv(4096)
        if not more:
            raise AssertionError(f"qemu's monitor hung up: {said!r}")
        said += more
