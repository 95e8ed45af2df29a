"""P5: damage is detected, kept and explained, never silently replaced by emptiness."""

import hashlib
import os
import random
import shutil

from desk import Desk

WORDS = "damage is detected, kept and explained, never silently replaced by emptiness"
FILES = ("kb.db", "kb.db-wal", "kb.db-shm", "keys", "shop.fdz")


def flip(times):
    def change(path, chance):
        with open(path, "r+b") as file:
            size = os.path.getsize(path)
            for _ in range(times):
                at = chance.randrange(max(1, size))
                file.seek(at)
                byte = file.read(1) or b"\0"
                file.seek(at)
                file.write(bytes([byte[0] ^ 1 << chance.randrange(8)]))

    return change


def zero_page(path, chance):
    with open(path, "r+b") as file:
        file.seek(4096 * chance.randrange(max(1, os.path.getsize(path) // 4096)))
        file.write(bytes(4096))


def cut(path, chance):
    with open(path, "r+b") as file:
        file.truncate(chance.randrange(max(1, os.path.getsize(path))))


def empty(path, _chance):
    path.write_bytes(b"")


def foreign(path, _chance):
    path.write_bytes(b"%PDF-1.7\nThis is another file.\n" * 300)


def wide_text(path, _chance):
    path.write_bytes("Something else".encode("utf-16") * 200)


def folder(path, _chance):
    path.unlink()
    path.mkdir()


HOW = {"one bit": flip(1), "a hundred bits": flip(100), "a page of zeros": zero_page, "cut off": cut, "empty": empty,
       "another kind of file": foreign, "other letters": wide_text, "a folder": folder}


def run(bench):
    place = bench.folder("damage")
    whole = Desk(bench.programs, place / "whole", place / "home")
    whole.fill()
    # Killed while it serves, so that the log beside the database is there too.
    served = whole.start()
    for number in range(20):
        served.manage({"do": "add_faq", "question": f"Kept {number}?", "answer": "Yes.", "alternatives": []})
    served.kill()
    shutil.copytree(whole.data, place / "untouched")
    expected = whole.answers()
    whole.run("backup", whole.data / "shop.fdz")
    shutil.copy(whole.data / "shop.fdz", place / "untouched" / "shop.fdz")
    chance, outcomes = random.Random(bench.seed), {}
    cases = [(name, how) for name in FILES for how in HOW if (place / "untouched" / name).exists()]
    for number in range(bench.times(40, 300)):
        name, how = cases[number % len(cases)]
        desk = Desk(bench.programs, place / "desk", place / "home")
        shutil.copytree(place / "untouched", desk.data)
        HOW[how](desk.data / name, chance)
        outcome, wrong = look(desk, name, expected)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        bench.trial(f"{name}: {how} ({number})", wrong)
        shutil.rmtree(desk.data)
    bench.facts["outcomes"] = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    # A program that begins anew when it cannot read its database.
    desk = Desk(bench.programs, place / "desk", place / "home")
    desk.data.mkdir()
    bench.control("an empty desk in place of the damaged one", look(desk, "kb.db", expected)[1])


def sum_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def look(desk, name, expected):
    """How the desk came through, and what was wrong with that."""
    damaged = desk.data / name
    before = sum_of(damaged) if damaged.is_file() else None
    if name == "shop.fdz":
        ended = desk.run("verify", damaged)
        if ended.status == 0:
            return "works", ["a damaged backup was called whole"]
    else:
        ended = desk.run("ask", "When do you open?")
    wrong = []
    if ended.panicked or ended.killed:
        wrong.append(f"ended with {ended.status}: {ended.errors[-300:]}")
    if ended.status != 0:
        if not ended.sentence():
            wrong.append(f"status {ended.status} without a sentence: {ended.out[-200:]} {ended.errors[-200:]}")
        if before and name == "kb.db" and not any(sum_of(path) == before for path in desk.data.rglob("*") if path.is_file()):
            wrong.append("the damaged bytes are gone")
        return "refused with a reason", wrong
    found = desk.answers()
    if found is None:
        return "refused later with a reason", wrong
    # What SQLite had not yet taken out of its log may be gone with the log; what stood in the database may not.
    missing = [question for question in expected if question not in found and not (name != "kb.db" and question.startswith("Kept"))]
    if missing:
        wrong.append(f"works without {len(missing)} of {len(expected)} answers, and says nothing")
    return "works", wrong
