"""A desk in a folder of its own, driven from outside: the real program on stand-ins for the models.

What the program acknowledged is kept here, in the harness, which nothing below kills; `judge` holds a
desk against it.
"""

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

START_SECONDS = 30
REPLY_SECONDS = 30


class Programs:
    """The built programs, and the faults that can be put below them."""

    def __init__(self, folder, faults):
        self.node = Path(folder) / "frontdesk-node"
        self.faults = faults

    def environment(self, home, fault=None, folder=None, clock=0, count=None):
        """Nothing of the caller's own, so that no test reaches its desk."""
        home.mkdir(parents=True, exist_ok=True)
        found = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home), "FRONTDESK_MODELS": str(home / "no-models")}
        if fault or clock:
            found |= {"LD_PRELOAD": str(self.faults), "FAULT": fault or "", "FAULT_FOLDER": str(folder or ""), "CLOCK_SECONDS": str(clock)}
        if count:
            found["FAULT_COUNT"] = str(count)
        return found


class Ended:
    """What a finished run left."""

    def __init__(self, status, out, errors):
        self.status, self.out, self.errors = status, out, errors

    @property
    def panicked(self):
        return "panicked at" in self.errors

    @property
    def killed(self):
        return self.status < 0

    def documents(self):
        return [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]

    def sentence(self):
        """The error that was said, or nothing."""
        errors = [one["error"] for one in self.documents() if isinstance(one.get("error"), dict)]
        return errors[-1].get("message", "") if errors else ""


class Desk:
    """One data folder."""

    def __init__(self, programs, data, home=None):
        self.programs = programs
        self.data = Path(data)
        self.home = Path(home) if home else self.data.parent / "home"

    def command(self, *arguments):
        return [str(self.programs.node), "--data", str(self.data), "--engine", "scripted", "--json", "--quiet", *map(str, arguments)]

    def run(self, *arguments, seconds=60, before=(), **fault):
        environment = self.programs.environment(self.home, folder=self.data, **fault)
        try:
            ended = subprocess.run([*before, *self.command(*arguments)], env=environment, capture_output=True, timeout=seconds, cwd=self.home)
        except subprocess.TimeoutExpired as error:
            return Ended(-9, "", f"did not end within {seconds} s; said {(error.stderr or b'').decode(errors='replace')}")
        return Ended(ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))

    def start(self, **fault):
        return Served(self, self.programs.environment(self.home, folder=self.data, **fault))

    def fill(self):
        """The sample shop, wholly read."""
        ended = self.run("search", "boots")
        if ended.status != 0:
            raise RuntimeError(f"the sample shop cannot be read: {ended.out} {ended.errors}")

    def answers(self):
        """Every approved answer and draft, by its question; nothing when the desk cannot say."""
        ended = self.run("faq", "list")
        if ended.status != 0:
            return None
        found = ended.documents()
        rows = found[0]["faqs"] if len(found) == 1 and "faqs" in found[0] else found
        return {row["question"]: row["answer"] for row in rows}


class Served:
    """The program while it serves."""

    def __init__(self, desk, environment):
        self.desk = desk
        began = time.monotonic()
        command = desk.command("serve", "--listen", "127.0.0.1:0")
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=desk.home)
        stop = threading.Timer(START_SECONDS, self.process.kill)
        stop.start()
        line = self.process.stdout.readline().decode(errors="replace")
        stop.cancel()
        self.seconds = time.monotonic() - began
        self.said = json.loads(line) if line.startswith("{") else {}
        self.listens = "listening" in self.said
        if self.listens:
            self.address = self.said["listening"].removeprefix("http://")
            self.staff_key = self.said["staff_url"].partition("#key=")[2]
            self.visitor_key = self.said["visitor_url"].partition("#key=")[2]

    def post(self, path, key, body):
        """Status and documents of a reply; status 0 when there was none."""
        try:
            connection = http.client.HTTPConnection(self.address, timeout=REPLY_SECONDS)
            connection.request("POST", path, json.dumps(body), {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
            reply = connection.getresponse()
            text = reply.read().decode(errors="replace")
            connection.close()
            return reply.status, [json.loads(line) for line in text.splitlines() if line.strip()]
        except (OSError, http.client.HTTPException, ValueError):
            return 0, []

    def manage(self, body):
        return self.post("/manage", self.staff_key, body)

    def visit(self, body):
        return self.post("/visit", self.visitor_key, body)

    def ask(self, question, conversation=None):
        return self.visit({"do": "ask", "ask_id": f"a{random.getrandbits(48)}", "question": question, "conversation": conversation})

    def kill(self):
        self.process.kill()
        self.end()

    def stop(self):
        """Asks it politely to end; hands back its status and what it said."""
        self.process.send_signal(signal.SIGTERM)
        return self.end()

    def end(self):
        try:
            _, errors = self.process.communicate(timeout=REPLY_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, errors = self.process.communicate()
        return Ended(self.process.returncode, "", errors.decode(errors="replace"))


class Acknowledged:
    """What the program said it had kept."""

    def __init__(self):
        self.answers = {}
        self.refusal = None
        self.refusals_under_way = set()
        self.turns = 0
        self.refused = 0


def drive(served, known, stop, seed):
    """Staff and visitors at work, until told to stop or nobody answers."""
    chance = random.Random(seed)
    number = 0
    while not stop.is_set():
        number += 1
        act = chance.random()
        if act < 0.6:
            question = f"Question {seed}-{number}?"
            answer = f"Answer {number}: {chance.random()}" + "x" * chance.randrange(400)
            status, _ = served.manage({"do": "add_faq", "question": question, "answer": answer, "alternatives": []})
            if status == 200:
                known.answers[question] = answer
        elif act < 0.8:
            text = f"Refusal {seed}-{number}."
            known.refusals_under_way.add(text)
            status, _ = served.manage({"do": "change_settings", "refusal": text})
            if status == 200:
                known.refusal = text
                known.refusals_under_way = {text}
        else:
            status, documents = served.ask("When do you open?")
            known.turns += status == 200 and any(one.get("event") == "done" or one.get("is") == "turn" for one in documents)
        if status == 0:
            return
        known.refused += status != 200


def work_until(served, known, seconds, seed, end):
    """Drives the desk, and calls `end` in the middle of it."""
    stop = threading.Event()
    worker = threading.Thread(target=drive, args=(served, known, stop, seed))
    worker.start()
    time.sleep(seconds)
    end()
    stop.set()
    worker.join(REPLY_SECONDS)


def sound(database):
    """What SQLite finds wrong with a database; empty when nothing is."""
    try:
        with sqlite3.connect(f"file:{str(database).replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=ro", uri=True) as connection:
            wrong = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            wrong += [f"row {row} points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
        connection.close()
        return wrong
    except sqlite3.Error as error:
        return [str(error)]


def judge(desk, known):
    """What is missing or broken after the next start; with the seconds until it served."""
    served = desk.start()
    if not served.listens:
        ended = served.end()
        return [f"does not start: {served.said} {ended.errors[-300:]}"], served.seconds
    wrong = []
    found, offset = {}, 0
    while True:
        status, documents = served.manage({"do": "faqs", "contains": "", "offset": offset, "limit": 500})
        rows = documents[0].get("faqs", []) if status == 200 and documents else []
        found |= {row["question"]: row["answer"] for row in rows}
        offset += len(rows)
        if not rows:
            break
    wrong += [f"lost: {question}" for question, answer in known.answers.items() if found.get(question) != answer]
    status, documents = served.manage({"do": "settings"})
    refusal = documents[0].get("refusal") if status == 200 and documents else None
    if known.refusal and refusal not in known.refusals_under_way:
        wrong.append(f"lost: the setting {known.refusal!r}, found {refusal!r}")
    ended = served.stop()
    if ended.panicked:
        wrong.append(f"panicked: {ended.errors[-300:]}")
    wrong += sound(desk.data / "kb.db")
    with sqlite3.connect(desk.data / "kb.db") as connection:
        turns = connection.execute("SELECT count(*) FROM turn").fetchone()[0]
    connection.close()
    if turns < known.turns:
        wrong.append(f"lost: {known.turns - turns} of {known.turns} turns")
    return wrong, served.seconds
