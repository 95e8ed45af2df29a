"""P2: kill -9 at any moment, and before any change of a file, loses nothing acknowledged and leaves nothing half-visible."""

import random
import shutil

from desk import Acknowledged, Desk, judge, work_until

WORDS = "kill -9 at any moment loses nothing acknowledged and leaves nothing half-visible"


def run(bench):
    at_random(bench)
    at_each_change(bench)


def at_random(bench):
    chance, starts = random.Random(bench.seed), []
    desk, known = Desk(bench.programs, bench.folder() / "data"), Acknowledged()
    desk.fill()
    for number in range(bench.times(10, 200)):
        served = desk.start()
        work_until(served, known, chance.uniform(0.05, 1.0), number, served.kill)
        wrong, seconds = judge(desk, known)
        starts.append(seconds)
        bench.trial(f"kill {number}", wrong)
    starts.sort()
    bench.facts["start after a kill, p95 in s"] = round(starts[int(0.95 * (len(starts) - 1))], 2)
    # A program that keeps its last changes in a file that is thrown away.
    served = desk.start()
    work_until(served, known, 1.0, "control", served.kill)
    for part in desk.data.glob("kb.db-*"):
        part.unlink()
    bench.control("the log of the database is thrown away", judge(desk, known)[0])


ADDED = ("faq", "add", "Is there a sauna?", "Yes, on the roof.")


def at_each_change(bench):
    """Once for each write, flush, cut, rename and removal that adding an answer makes: killed before it, or in the middle."""
    folder = bench.folder("changes")
    whole = Desk(bench.programs, folder / "whole")
    whole.fill()
    before = whole.answers()
    counted = folder / "count"
    copy = Desk(bench.programs, folder / "counted")
    shutil.copytree(whole.data, copy.data)
    copy.run(*ADDED, fault="count@0", count=counted)
    changes = int(counted.read_text())
    bench.facts["changes of files while an answer is added"] = changes
    step = max(1, changes * 2 // bench.times(16, 10_000))
    for number, (kind, at) in enumerate([(kind, at) for at in range(1, changes + 1) for kind in ("kill", "short")]):
        if number % step:
            continue
        desk = Desk(bench.programs, folder / f"{kind}-{at}")
        shutil.copytree(whole.data, desk.data)
        desk.run(*ADDED, fault=f"{kind}@{at}")
        bench.trial(f"{kind} at change {at}", half_visible(desk, before))
        shutil.rmtree(desk.data)
    halved = {question: answer for question, answer in before.items() if question != next(iter(before))}
    bench.control("an answer that is gone is noticed", half_visible(whole, {**halved, "Was never there?": "No."}))


def half_visible(desk, before):
    """The desk is as it was, or has the new answer whole."""
    known = Acknowledged()
    known.answers = before
    wrong, _ = judge(desk, known)
    added = (desk.answers() or {}).get("Is there a sauna?")
    if added not in (None, "Yes, on the roof."):
        wrong.append(f"half an answer: {added!r}")
    return wrong
