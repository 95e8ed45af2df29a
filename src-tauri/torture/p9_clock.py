"""P9: a wrong clock harms nothing."""

import sqlite3
import threading
import time

from desk import Acknowledged, Desk, drive, judge

WORDS = "a wrong clock harms nothing"
KEPT = "SELECT count(*) FROM turn JOIN conversation ON conversation.id = turn.conversation WHERE erased_at IS NULL"
HOUR, YEAR = 3600, 365 * 24 * 3600
JUMPS = {"ten years back": -10 * YEAR, "ten years on": 10 * YEAR, "49 hours on": 49 * HOUR, "after 2038": 14 * YEAR, "before 1970": -60 * YEAR}


def run(bench):
    for name, seconds in JUMPS.items():
        place = bench.folder("clock")
        desk, known = Desk(bench.programs, place / "data", place / "home"), Acknowledged()
        desk.fill()
        talk(desk, known, 0)
        before = turns(desk)
        talk(desk, known, seconds)
        wrong, _ = judge(desk, known)
        if turns(desk) < before:
            wrong.append(f"{before - turns(desk)} turns were erased after a jump")
        bench.trial(name, wrong)
    # By small steps, as time goes, what is due does go: the rule is not that nothing ever does.
    place = bench.folder("clock")
    desk, known = Desk(bench.programs, place / "data", place / "home"), Acknowledged()
    desk.fill()
    talk(desk, known, 0)
    before = turns(desk)
    for day in range(1, 60):
        desk.run("ask", "When do you open?", clock=day * 40 * HOUR)
    bench.control("time that really passes", turns(desk) < before + 59)


def talk(desk, known, clock):
    served, stop = desk.start(clock=clock), threading.Event()
    if not served.listens:
        served.end()
        return
    worker = threading.Thread(target=drive, args=(served, known, stop, clock))
    worker.start()
    time.sleep(1.0)
    stop.set()
    worker.join()
    served.stop()


def turns(desk):
    with sqlite3.connect(desk.data / "kb.db") as connection:
        return connection.execute(KEPT).fetchone()[0]
