"""A fresh Debian 12 in a folder: made once and cached, unpacked for each proof, entered with chroot.

The proof runs in a mount namespace of its own, so that whatever is mounted here is gone with it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SUITE = "bookworm"
PATHS = "/usr/sbin:/usr/bin:/sbin:/bin"
DEVICES = ["null", "zero", "full", "random", "urandom", "tty"]


def own_mounts():
    """Starts this script again where its mounts are nobody else's."""
    if os.environ.get("FRONTDESK_PROOF") == "1":
        return
    os.environ["FRONTDESK_PROOF"] = "1"
    os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])


def mirror():
    """Where this computer gets Debian from."""
    wanted = ["indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Created-By: Packages"]
    listed = subprocess.run(["apt-get", *wanted], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        words = line.split()
        if words[1:] == [SUITE, "main"]:
            return words[0]
    return "http://deb.debian.org/debian"


class System:
    """The fresh system."""

    def __init__(self, cache, work):
        self.cache, self.root = Path(cache), Path(work) / "root"
        self.cache.mkdir(parents=True, exist_ok=True)
        self.users = {}

    def unpack(self):
        archive = self.cache / f"{SUITE}.tar.zst"
        if not archive.is_file():
            with tempfile.TemporaryDirectory(dir=self.cache) as work:
                subprocess.run(["debootstrap", "--variant=minbase", SUITE, work, mirror()], check=True, stdout=sys.stderr)
                part = archive.with_suffix(".part")
                subprocess.run(["tar", "--zstd", "-C", work, "-cf", part, "."], check=True)
                part.rename(archive)
        self.root.mkdir()
        subprocess.run(["tar", "--zstd", "-C", self.root, "-xf", archive], check=True)
        self.mount("proc", "-t", "proc", "proc")
        self.mount("dev", "-t", "tmpfs", "tmpfs", "-o", "mode=755")
        self.mount("dev/shm", "-t", "tmpfs", "tmpfs")
        for name in DEVICES:
            (self.root / "dev" / name).touch()
            self.mount(f"dev/{name}", "--bind", f"/dev/{name}")
        self.mount("tmp", "-t", "tmpfs", "tmpfs", "-o", "mode=1777,size=512m")
        archives = self.cache / "archives"
        archives.mkdir(exist_ok=True)
        self.mount("var/cache/apt/archives", "--bind", archives)
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        policy = self.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)

    def mount(self, place, *words):
        target = self.root / place
        if not target.exists():
            target.mkdir(parents=True)
        subprocess.run(["mount", *map(str, words), target], check=True)

    def add_user(self, name, home):
        self.run(["useradd", "--create-home", "--home-dir", home, "--shell", "/bin/sh", name], check=True)
        entry = self.run(["getent", "passwd", name], check=True).stdout.strip().split(":")
        self.users[name] = (entry[2], entry[3], home)

    def words(self, words, user=None, network=False, trace=None, env=None):
        """The command line that runs `words` inside."""
        line = []
        if trace:
            line += ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect", "-o", str(trace)]
        if not network:
            line += ["unshare", "--net"]
        line += ["chroot", str(self.root)]
        home = "/root"
        if user:
            uid, gid, home = self.users[user]
            line += ["setpriv", "--reuid", uid, "--regid", gid, "--clear-groups", "--"]
        line += ["env", "-i", "-C", "/", f"HOME={home}", f"PATH={PATHS}", "LC_ALL=C", "TZ=UTC"]
        return line + [f"{key}={value}" for key, value in (env or {}).items()] + list(words)

    def run(self, words, check=False, timeout=900, stdin=None, **how):
        """Runs to the end. What it says is text."""
        how.setdefault("network", "user" not in how)
        done = subprocess.run(
            self.words(words, **how), capture_output=True, text=True, errors="replace", timeout=timeout, input=stdin or ""
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip() or done.stdout.strip()}")
        return done

    def start(self, words, **how):
        """Starts and does not wait."""
        log = tempfile.TemporaryFile("w+")
        child = subprocess.Popen(self.words(words, **how), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        child.log = log
        return child

    def files(self):
        """Everything in the system that lasts, but for what the package manager keeps for itself."""
        kept = ("var/lib/dpkg", "var/lib/apt", "var/log", "var/cache", "proc", "dev", "tmp", "run")
        found = set()
        for folder, folders, names in os.walk(self.root):
            place = os.path.relpath(folder, self.root)
            folders[:] = [name for name in folders if not os.path.normpath(f"{place}/{name}").startswith(kept)]
            found.update(os.path.normpath(f"{place}/{name}") for name in [*folders, *names])
        return found

    def inside(self, place):
        return self.root / str(place).lstrip("/")


def outbound(trace):
    """The connections of a trace that leave the computer, or try to."""
    lines = Path(trace).read_text(errors="replace").splitlines() if Path(trace).exists() else []
    return [line for line in lines if "connect(" in line and "AF_INET" in line]
