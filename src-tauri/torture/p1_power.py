"""P1: a power cut loses nothing that was acknowledged."""

import random

from desk import Acknowledged, Desk, judge, work_until
from disks import Disk, may_mount

WORDS = "a power cut loses nothing that was acknowledged"


def run(bench):
    reason = may_mount(bench.work)
    if reason:
        return bench.skip(reason)
    starts = []
    cycles(bench, bench.times(5, 50), None, starts, bench.trial)
    starts.sort()
    bench.facts["start after a cut, p95 in s"] = round(starts[int(0.95 * (len(starts) - 1))], 2)
    # Without a flush the same cuts must lose something.
    lost = []
    cycles(bench, bench.times(4, 20), "nosync@0", [], lambda _name, wrong: lost.extend(wrong))
    bench.control("no flush reaches the disk", lost)


def cycles(bench, count, fault, starts, tell):
    chance = random.Random(bench.seed)
    disk = Disk(bench.folder("power"))
    try:
        disk.mount()
        desk, known = Desk(bench.programs, disk.point / "data", bench.folder("home")), Acknowledged()
        desk.fill()
        for cycle in range(count):
            served = desk.start(fault=fault)
            if served.listens:
                work_until(served, known, chance.uniform(0.3, 1.5), cycle, disk.cut)
            served.kill()
            disk.umount()
            disk.mount()
            wrong, seconds = judge(desk, known)
            starts.append(seconds)
            tell(f"cut {cycle}", wrong)
            if wrong:
                known = Acknowledged()
    finally:
        disk.umount()
