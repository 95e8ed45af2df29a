"""P23 to P25: erased means gone; logs carry no person; secrets stay secret."""

import io
import shutil
import stat
import zipfile

from desk import Desk

WORDS = "erased means gone, logs carry no person, secrets stay secret"
CANARIES = ("zanzibarkanarie", "quetzalvogel@example.org", "HO-987654321")
QUESTIONS = [f"Does {CANARIES[0]} repair {CANARIES[0]}?", f"My mail is {CANARIES[1]}, do you have {CANARIES[0]}?", f"Where is my order {CANARIES[2]}, {CANARIES[0]}?", "When do you open?"]


def run(bench):
    for number in range(bench.times(3, 30)):
        place = bench.folder("erase")
        desk = Desk(bench.programs, place / "data", place / "home")
        desk.fill()
        served = desk.start()
        for question in QUESTIONS * (number % 3 + 1):
            served.ask(question)
        if number == 0:
            bench.control("what was said is there before it is erased", found(desk, CANARIES[:1]))
        served.manage({"do": "backup", "what": "make"})
        copy = shutil.copy(next(desk.data.rglob("*.fdz")), place / "before.fdz")
        for act in ({"do": "conversations", "what": "erase", "ids": None}, {"do": "privacy", "what": "erase_now", "tickets": True, "gaps": True}):
            status, documents = served.manage(act)
            if status != 200:
                bench.trial(f"erase {number}", [f"status {status}: {documents}"])
        ways = {"while it goes on": served.kill, "at its end": served.stop}
        name, end = list(ways.items())[number % len(ways)]
        end()
        bench.trial(f"no byte of an erased conversation, {name} ({number})", found(desk, CANARIES))
        if desk.run("restore", copy).status != 0:
            bench.trial(f"restore {number}", ["the backup does not come back"])
        bench.trial(f"nor after a backup from before came back ({number})", came_back(desk))
        bench.trial(f"no person in the logs ({number})", found(desk, (*CANARIES, "repair", "When do you open"), "logs"))
        bench.trial(f"secrets ({number})", secrets(desk, served, copy))


def found(desk, words, below=""):
    """Files of the desk in which one of these stands, as it is or in two bytes a letter. Backups are the shop's to erase."""
    wrong = []
    for path in (desk.data / below).rglob("*"):
        if not path.is_file() or path.suffix == ".fdz":
            continue
        text = path.read_bytes().lower()
        wrong += [f"{word} in {path.name}" for word in words if word.lower().encode() in text or word.lower().encode("utf-16-le") in text]
    return wrong


def came_back(desk):
    served = desk.start()
    status, documents = served.manage({"do": "conversations", "what": "state"})
    served.stop()
    return [] if status == 200 and not found(desk, CANARIES[:1]) else [f"{status} {documents} {found(desk, CANARIES[:1])}"]


def secrets(desk, served, copy):
    """The keys stand in one file that is its owner's alone, and nowhere else: not in the database, the logs or a backup."""
    wrong = []
    for key in (served.staff_key, served.visitor_key):
        places = [path for path in desk.data.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]
        wrong += [f"a key in {path.name}" for path in places if path.name != "keys"]
        wrong += [f"{path.name} is open to others" for path in places if stat.S_IMODE(path.stat().st_mode) & 0o077]
        with zipfile.ZipFile(io.BytesIO(copy.read_bytes())) as archive:
            wrong += [f"a key in {name} of a backup" for name in archive.namelist() if key.encode() in archive.read(name)]
    return wrong
