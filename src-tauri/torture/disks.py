"""File systems that can be cut off, filled up and made read-only. They need the right to mount."""

import fcntl
import os
import struct
import subprocess
from contextlib import contextmanager

SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING_THE_LOG = struct.pack("I", 2)


def may_mount(folder):
    """Why nothing can be mounted here; nothing when it can."""
    if os.geteuid() != 0:
        return "mounting needs root"
    point = folder / "probe"
    point.mkdir(exist_ok=True)
    tried = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "probe", point], capture_output=True)
    if tried.returncode != 0:
        return f"nothing can be mounted: {tried.stderr.decode(errors='replace').strip()}"
    subprocess.run(["umount", point], check=True)
    return None


class Disk:
    """An ext4 on a file of its own, whose power can be cut."""

    def __init__(self, folder, megabytes=96):
        self.image, self.point = folder / "disk.img", folder / "disk"
        self.point.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(megabytes << 20)
        subprocess.run(["mkfs.ext4", "-q", self.image], check=True, capture_output=True)
        self.is_mounted = False

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.image, self.point], check=True, capture_output=True)
        self.is_mounted = True

    def umount(self):
        if self.is_mounted:
            subprocess.run(["umount", self.point], check=True, capture_output=True)
        self.is_mounted = False

    def cut(self):
        """From now on nothing reaches the disk, not even its own log: what a cut of the power leaves."""
        point = os.open(self.point, os.O_RDONLY)
        fcntl.ioctl(point, SHUTDOWN, WITHOUT_FLUSHING_THE_LOG)
        os.close(point)


@contextmanager
def small(point, megabytes):
    """A disk in memory with so much room."""
    point.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "small", point], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", point], check=False, capture_output=True)


@contextmanager
def read_only(point):
    """The folder as it is, and nobody may write to it."""
    subprocess.run(["mount", "--bind", point, point], check=True, capture_output=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", point], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", point], check=False, capture_output=True)
