"""P8: it runs from awkward places and says so when it cannot."""

import os
import subprocess

from desk import Desk
from disks import may_mount, read_only

WORDS = "it runs from awkward places and says so when it cannot"
NAMES = ["sp ace", "ünïcödé", "שלום", os.fsdecode(b"bad\xff\xfename"), "file:x?mode=memory", "a%20#b", "quo'te\"", "x" * 200, "-leading", "new\nline", "$(touch x)", "a;b&c|d"]
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def run(bench):
    for name in NAMES:
        place = bench.folder("places")
        desk = Desk(bench.programs, place / name / "data", place / "home")
        bench.trial(ascii(name), smoke(desk) + strays(place, name))
    places_without_a_way(bench)
    reason = may_mount(bench.work)
    if reason:
        bench.skip(reason)
    else:
        place = bench.folder("read-only")
        desk = Desk(bench.programs, place / "data", place / "home")
        desk.fill()
        with read_only(desk.data):
            bench.trial("a folder that is read-only", told(desk, (0, 3)))
    place = bench.folder("control")
    (place / "data").write_text("a file")
    bench.control("a file in place of the folder does not work", smoke(Desk(bench.programs, place / "data", place / "home")))


def smoke(desk):
    """It answers, keeps what it is told, and finds it again."""
    wrong = [f"{arguments[0]}: status {ended.status} {ended.sentence()} {ended.errors[-200:]}"
             for arguments in (("ask", "When do you open?"), ("faq", "add", "Kept?", "Yes."), ("faq", "list"))
             if (ended := desk.run(*arguments)).status != 0]
    return wrong or ([] if "Kept?" in (desk.answers() or {}) else ["what it was told is gone"])


def told(desk, statuses, **how):
    """It works, or one sentence says why not."""
    ended = desk.run("ask", "When do you open?", **how)
    if ended.panicked or ended.killed or ended.status not in statuses:
        return [f"status {ended.status}: {ended.out[-200:]} {ended.errors[-200:]}"]
    return [] if ended.status == 0 or ended.sentence() else ["no sentence"]


def strays(place, name):
    """What lies outside the data folder and the home that it was given."""
    return [f"left {path.name}" for path in place.iterdir() if path.name not in (name, "home")]


def places_without_a_way(bench):
    place = bench.folder("awkward")
    (place / "file").write_text("a file")
    bench.trial("a file where the folder should be", told(Desk(bench.programs, place / "file", place / "home"), (3,)))
    bench.trial("a folder below a file", told(Desk(bench.programs, place / "file" / "data", place / "home"), (3,)))
    for mask in ("000", "777"):
        desk = Desk(bench.programs, place / f"mask-{mask}" / "data", place / "home")
        bench.trial(f"files made under the mask {mask}", told(desk, (0, 3), before=("sh", "-c", f'umask {mask}; exec "$0" "$@"')))
    if os.geteuid() == 0 and subprocess.run([*NOBODY, "true"], capture_output=True).returncode == 0:
        desk = Desk(bench.programs, place / "others" / "data", place / "home")
        desk.fill()
        desk.data.chmod(0o700)
        os.chmod(bench.work, 0o755)
        place.chmod(0o755)
        bench.trial("another account", told(desk, (3,), before=NOBODY))
    else:
        bench.skip("another account cannot be taken here")
