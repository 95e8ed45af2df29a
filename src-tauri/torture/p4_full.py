"""P4: a full disk stops new work, not the product."""

import shutil

from desk import Acknowledged, Desk, judge
from disks import may_mount, small


WORDS = "a full disk stops new work, not the product"


def run(bench):
    reason = may_mount(bench.work)
    if reason:
        bench.skip(reason)
    else:
        for megabytes in bench.times((16,), (10, 16, 24, 64)):
            bench.trial(f"a disk of {megabytes} MB", filled(bench, megabytes))
    each_change(bench)


def filled(bench, megabytes):
    """Fills the disk while the desk serves, asks, makes room, and goes on without a new start."""
    folder = bench.folder("full")
    desk, known, wrong = Desk(bench.programs, folder / "data", folder / "home"), Acknowledged(), []
    with small(desk.data, megabytes):
        served = desk.start()
        if not served.listens:
            ended = served.end()
            return [] if served.said.get("error") else [f"does not start and says nothing: {ended.errors[-200:]}"]
        ballast = desk.data / "ballast"
        with open(ballast, "wb") as file:
            try:
                while file.write(b"x" * 65536):
                    file.flush()
            except OSError:
                pass
        refused = 0
        for number in range(40):
            question, answer = f"Full {number}?", "x" * 4000
            status, documents = served.manage({"do": "add_faq", "question": question, "answer": answer, "alternatives": []})
            if status == 200:
                known.answers[question] = answer
            elif status == 0:
                wrong.append("no reply while the disk is full")
            else:
                refused += 1
                if not documents or "message" not in documents[0].get("error", documents[0]):
                    wrong.append(f"refused without a sentence: {documents}")
        if not refused:
            wrong.append("the disk was not full")
        if served.ask("When do you open?")[0] != 200:
            wrong.append("no answer while the disk is full")
        ballast.unlink()
        status, _ = served.manage({"do": "add_faq", "question": "Room again?", "answer": "Yes.", "alternatives": []})
        if status != 200:
            wrong.append("does not go on when there is room again")
        known.answers["Room again?"] = "Yes."
        ended = served.stop()
        if ended.panicked:
            wrong.append(f"panicked: {ended.errors[-300:]}")
        return wrong + judge(desk, known)[0]


def each_change(bench):
    """From each change of a file on, the disk is full; and each change fails once as on a broken disk."""
    folder = bench.folder("changes")
    whole = Desk(bench.programs, folder / "whole")
    whole.fill()
    before = whole.answers()
    act = ("faq", "add", "Is there a sauna?", "Yes, on the roof.")

    def after(kind, at, is_believed=False):
        desk = Desk(bench.programs, folder / "desk")
        shutil.copytree(whole.data, desk.data)
        ended = desk.run(*act, fault=f"{kind}@{at}")
        known, wrong = Acknowledged(), []
        known.answers = dict(before)
        if ended.status == 0 or is_believed:
            known.answers["Is there a sauna?"] = "Yes, on the roof."
        elif not ended.sentence():
            wrong.append(f"status {ended.status} without a sentence: {ended.errors[-200:]}")
        if ended.panicked or ended.killed:
            wrong.append(f"ended with {ended.status}: {ended.errors[-200:]}")
        wrong += judge(desk, known)[0]
        shutil.rmtree(desk.data)
        return wrong

    counted = folder / "count"
    copy = Desk(bench.programs, folder / "counted")
    shutil.copytree(whole.data, copy.data)
    copy.run(*act, fault="count@0", count=counted)
    changes = int(counted.read_text())
    every = max(1, changes * 2 // bench.times(16, 10_000))
    cases = [(kind, at) for at in range(1, changes + 1) for kind in ("enospc", "eio")]
    for kind, at in cases[::every]:
        bench.trial(f"{kind} at change {at}", after(kind, at))
    red = any(after("enospc", at, is_believed=True) for at in range(1, changes + 1, max(1, changes // 4)))
    bench.control("a refusal is taken for a success", red)
