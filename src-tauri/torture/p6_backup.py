"""P6: a backup is proven before it is called one; a restore is all or nothing."""

import random
import shutil
import subprocess
import time

from desk import Acknowledged, Desk, judge, work_until
from p5_damage import HOW

WORDS = "a backup is proven before it is called one; a restore is all or nothing"


def run(bench):
    place = bench.folder("backup")
    desk = Desk(bench.programs, place / "data", place / "home")
    desk.fill()
    under_load(bench, desk, place)
    kills(bench, place)
    damage(bench, desk, place)


def under_load(bench, desk, place):
    served, known = desk.start(), Acknowledged()

    def back_up():
        seen = set()
        for number in range(bench.times(4, 30)):
            status, documents = served.manage({"do": "backup", "what": "make"})
            fresh = [file for file in desk.data.rglob("*.fdz") if file.name not in seen]
            seen |= {file.name for file in fresh}
            wrong = [] if status == 200 and fresh else [f"status {status}: {documents}"]
            wrong += [ended.out for file in fresh if (ended := desk.run("verify", file)).status != 0]
            bench.trial(f"backup {number} under load", wrong)

    work_until(served, known, 0.2, "load", back_up)
    served.stop()
    wrong, _ = judge(desk, known)
    bench.trial("the desk after it", wrong)


def kills(bench, place):
    """After a kill at any moment of a restore the desk is the old one or the new one."""
    chance = random.Random(bench.seed)
    old = Desk(bench.programs, place / "old", place / "home")
    old.fill()
    old.run("backup", place / "new.fdz")
    new_answers = old.answers()
    for number in range(10):
        old.run("faq", "add", f"Only in the old one {number}?", "Yes.")
    old_answers = old.answers()
    began = time.monotonic()
    desk = copy_of(bench, old, place)
    desk.run("restore", place / "new.fdz")
    whole = time.monotonic() - began
    outcomes = {"old": 0, "new": 0}
    for number in range(bench.times(10, 100)):
        desk = copy_of(bench, old, place)
        process = subprocess.Popen(desk.command("restore", place / "new.fdz"), env=bench.programs.environment(desk.home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, whole))
        process.kill()
        process.wait()
        wrong, outcome = which(desk, old_answers, new_answers)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        bench.trial(f"kill {number} in a restore", wrong)
    bench.facts["after a kill in a restore"] = ", ".join(f"{count} {name}" for name, count in outcomes.items())
    desk = copy_of(bench, old, place)
    desk.run("restore", place / "new.fdz")
    desk.run("faq", "add", "Neither old nor new?", "Half.")
    bench.control("a desk between old and new", which(desk, old_answers, new_answers)[0])


def copy_of(bench, desk, place):
    shutil.rmtree(place / "copy", ignore_errors=True)
    shutil.copytree(desk.data, place / "copy")
    return Desk(bench.programs, place / "copy", place / "home")


def which(desk, old, new):
    known = Acknowledged()
    wrong, _ = judge(desk, known)
    found = desk.answers()
    if found == old:
        return wrong, "old"
    if found == new:
        return wrong, "new"
    return [*wrong, "neither the old desk nor the new one"], "neither"


def damage(bench, desk, place):
    """A damaged file is refused before anything is touched."""
    desk.run("backup", place / "whole.fdz")
    before, chance = desk.answers(), random.Random(bench.seed)
    names = [name for name in HOW if name != "a folder"]
    for number in range(bench.times(14, 100)):
        how = names[number % len(names)]
        file = place / "damaged.fdz"
        shutil.copy(place / "whole.fdz", file)
        HOW[how](file, chance)
        ended = desk.run("restore", file)
        wrong = [] if ended.status != 0 and ended.sentence() else [f"status {ended.status}: {ended.out[-200:]}"]
        if desk.answers() != before:
            wrong.append("the desk changed")
        bench.trial(f"{how} in a backup ({number})", wrong)
    bench.control("a backup without damage is not refused", desk.run("restore", place / "whole.fdz").status == 0)
