"""A screen nobody sees, reached through a socket in a folder, so that it works without a network."""

import os
import subprocess
import time
from pathlib import Path

SOCKETS = Path("/tmp/.X11-unix")


class Screen:
    def __init__(self):
        read, write = os.pipe()
        words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"]
        self.child = subprocess.Popen(words, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        number = b""
        while not number.endswith(b"\n"):
            piece = os.read(read, 16)
            if not piece:
                raise RuntimeError("Xvfb does not start")
            number += piece
        self.display = f":{number.decode().strip()}"
        self.env = {**os.environ, "DISPLAY": self.display}

    def window(self, name, seconds):
        """Waits for a window of this name that can be seen; its number, or nothing."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            words = ["xdotool", "search", "--onlyvisible", "--name", name]
            found = subprocess.run(words, env=self.env, capture_output=True, text=True).stdout.split()
            if found:
                return found[-1]
            time.sleep(0.5)
        return None

    def colours(self, window, picture):
        """How many colours the window shows; writes it as a picture."""
        grab = ["import", "-window", window, str(picture)]
        subprocess.run(grab, env=self.env, check=True, timeout=120)
        told = subprocess.run(["identify", "-format", "%k", str(picture)], capture_output=True, text=True, timeout=120)
        return int(told.stdout or 0)

    def painted(self, window, picture, seconds):
        """Waits until the window shows more than a blank page and has come to rest; how many colours it has then."""
        until = time.monotonic() + seconds
        last, count = -1, 0
        while time.monotonic() < until and (count <= 40 or count != last):
            time.sleep(2)
            last, count = count, self.colours(window, picture)
        return count

    def close(self):
        self.child.terminate()
        self.child.wait()
