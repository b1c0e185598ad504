"""A disk image of a small Debian with systemd, a kernel and Okienko's libraries, built once and kept.

What a test starts from it is in `machine.py`. The code itself is not on the disk: each machine is given a folder with
the repository as it is at that moment. Root builds the image, from Debian's mirror and from the libraries of the
running virtual environment, in two minutes:

    .venv/bin/python tests/proof/vm/image.py        builds it in ~/.cache/okienko-proof, and prints where it is

`OKIENKO_PROOF_CACHE` names another folder, `OKIENKO_PROOF_MIRROR` another mirror.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
MIRROR = os.environ.get("OKIENKO_PROOF_MIRROR", "http://deb.debian.org/debian")
# The Debian whose Python is the one that runs this: the libraries are those of this virtual environment.
SUITES = {(3, 11): "bookworm", (3, 13): "trixie"}
NEEDED = {"debootstrap": "debootstrap", "mke2fs": "e2fsprogs", "qemu-system-x86_64": "qemu-system-x86"}
PACKAGES = (
    "systemd systemd-sysv udev kmod dbus python3 python3-venv mosquitto espeak-ng alsa-utils "
    "libgl1 libegl1 libgbm1 libdrm2 libgl1-mesa-dri libudev1 procps sqlite3"
)
KERNEL_PACKAGES = "initramfs-tools linux-image-amd64"
DISK_SIZE = "4G"  # sparse; a third of it is used
COMMAND_LIMIT_S = 1200
PROGRAMS = {"broker": "broker", "kiosk": "kiosk", "display": "display", "desk": "desk_terminal"}
SYSTEM_FILES = {
    "etc/fstab": (
        "/dev/vda / ext4 defaults 0 1\nproof /proof 9p trans=virtio,version=9p2000.L,msize=262144,nofail 0 0\n"
    ),
    "etc/hostname": "okienko\n",
    "etc/initramfs-tools/conf.d/okienko": "MODULES=list\nCOMPRESS=gzip\n",
    "etc/initramfs-tools/modules": "virtio_pci\nvirtio_blk\next4\n",
    "etc/modules-load.d/okienko.conf": "9pnet_virtio\nuinput\n",
    "etc/apt/apt.conf.d/okienko": 'APT::Install-Recommends "false";\n',
}


class Image(NamedTuple):
    """What a virtual machine starts from; the disk is shared by all, so nobody writes to it."""

    disk: Path
    kernel: Path
    initrd: Path


def missing() -> str | None:
    """Say what keeps this machine from having the image; None if nothing does."""
    if sys.version_info[:2] not in SUITES:
        return f"no Debian with Python {sys.version_info.major}.{sys.version_info.minor} is known here"
    packages = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if packages:
        return f"install with apt: {' '.join(packages)}"
    if not _image().disk.exists() and os.geteuid():
        return "only root can build the image"
    return None


def image() -> Image:
    """Return the image, built if this one was not built before; who comes meanwhile waits for it."""
    made = _image()
    folder = made.disk.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.disk.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            try:
                _build(unfinished)
                for outdated in folder.parent.glob("machine-????????????"):
                    shutil.rmtree(outdated)
                unfinished.rename(folder)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    return made


def cache() -> Path:
    """Return the folder in which images, and the last pictures of what they showed, are kept."""
    return Path(os.environ.get("OKIENKO_PROOF_CACHE") or Path.home() / ".cache" / "okienko-proof")


def _image() -> Image:
    told = hashlib.sha256(MIRROR.encode())
    recipe = (SUITES, PACKAGES, KERNEL_PACKAGES, DISK_SIZE, PROGRAMS, SYSTEM_FILES)
    told.update(repr(recipe).encode())
    for file in (REPOSITORY / "requirements.lock", *sorted((HERE / "guest").iterdir())):
        told.update(file.read_bytes())
    folder = cache() / f"machine-{told.hexdigest()[:12]}"
    return Image(folder / "disk.ext4", folder / "vmlinuz", folder / "initrd.img")


def _build(folder: Path) -> None:
    root = folder / "root"
    suite = SUITES[sys.version_info[0], sys.version_info[1]]
    _run("debootstrap", "--variant=minbase", suite, root, MIRROR)
    for name, text in SYSTEM_FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    _in(root, f"apt-get install -y {PACKAGES} && apt-get install -y {KERNEL_PACKAGES} && apt-get clean")
    _add_okienko(root)
    for file in (HERE / "guest").glob("*.service"):
        shutil.copy(file, root / "etc/systemd/system")
        _in(root, f"systemctl enable {file.name}")
    # Nothing of the hall waits for a network that is not there, and nobody logs in at the screen.
    _in(
        root, "systemctl mask getty@tty1.service systemd-networkd-wait-online.service apt-daily.timer && passwd -d root"
    )
    shutil.copy(next((root / "boot").glob("vmlinuz-*")), folder / "vmlinuz")
    shutil.copy(next((root / "boot").glob("initrd.img-*")), folder / "initrd.img")
    _run("mke2fs", "-q", "-t", "ext4", "-d", root, folder / "disk.ext4", DISK_SIZE)
    shutil.rmtree(root)


def _add_okienko(root: Path) -> None:
    """Put the libraries and the programs where an installation has them; the code is looked for in a shared folder."""
    (root / "proof").mkdir()
    _in(root, "python3 -m venv --without-pip /opt/okienko/current")
    libraries = Path(sysconfig.get_path("purelib"))
    site = next((root / "opt/okienko/current/lib").glob("python3*/site-packages"))
    left_out = shutil.ignore_patterns("*.pth", "_editable*", "__pycache__", "ruff*", "mypy*", "hypothesis*")
    shutil.copytree(libraries, site, dirs_exist_ok=True, ignore=left_out)
    (site / "okienko.pth").write_text("/proof/code\n")
    for program, package in PROGRAMS.items():
        started = root / "opt/okienko/current/bin" / f"okienko-{program}"
        started.write_text(
            f"#!/opt/okienko/current/bin/python3\nimport sys\nfrom {package}.__main__ import main\nsys.exit(main())\n"
        )
        started.chmod(0o755)
    _in(root, "/opt/okienko/current/bin/python3 -m compileall -q -j 0 /opt/okienko/current/lib || true")


def _in(root: Path, command: str) -> None:
    """Run a command in the new system, with mounts that end with it."""
    inside = f"mount -t proc proc '{root}/proc' && exec chroot '{root}' /bin/sh -c '{command}'"
    _run("unshare", "--mount", "sh", "-c", inside)


def _run(*command: str | Path) -> None:
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=COMMAND_LIMIT_S, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {(done.stdout + done.stderr)[-2000:]}")


if __name__ == "__main__":
    reason = missing()
    print(reason or image().disk)
    sys.exit(bool(reason))
