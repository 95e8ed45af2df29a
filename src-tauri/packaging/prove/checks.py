"""What is tried. Each check returns what it saw, or raises `Failed` with what is wrong."""

import hashlib
import json
import os
import resource
import signal
import subprocess
import threading
import time
from pathlib import Path

import rows
import system
from screen import SOCKETS, Screen

QUESTION = "Can I bring back shoes I have worn outside?"
FIRST_ANSWER_S = 60
DATA = ".local/share/io.frontdesk.app"
OUTSIDE_ASCII = "Mein Laden №1 – 店"


class Failed(Exception):
    pass


def must(condition, told):
    if not condition:
        raise Failed(told)


class State:
    """What the checks share: the system, the packages, and who lives in it."""

    def __init__(self, place, package, older, out):
        self.system, self.package, self.older, self.out = place, package, older, out
        self.traces = out / "prove-traces"
        self.traces.mkdir(exist_ok=True)
        self.before = None
        self.children = []

    def bring(self, file):
        """A package, inside."""
        target = self.system.root / "tmp" / file.name
        if not target.exists():
            target.write_bytes(file.read_bytes())
        return f"/tmp/{file.name}"

    def start(self, words, **how):
        child = self.system.start(words, **how)
        self.children.append(child)
        return child

    def close(self):
        for child in self.children:
            end(child)


def end(child):
    """Ends a program in order, and at last by force."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if child.poll() is None:
            try:
                os.killpg(child.pid, number)
                child.wait(20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass


def ask(state, user, *more, **how):
    done = state.system.run(["frontdesk-node", "--json", *more, "ask", QUESTION], user=user, **how)
    must(done.returncode == 0, f"ask ended with {done.returncode}: {done.stderr.strip()}")
    answer = json.loads(done.stdout)
    must(answer["citations"], f"an answer without a source: {done.stdout}")
    return answer


def computed_s():
    """What our children have computed until now, and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def installs(state):
    state.system.run(["apt-get", "update", "-qq"], check=True)
    state.system.add_user("ann", "/home/ann")
    state.system.add_user("bea", "/home/Bea Müller ☕")
    # What the package needs comes first, so that what it leaves behind can be told from what they do.
    needed = state.system.run(["dpkg-deb", "-f", state.bring(state.package), "Depends"], check=True).stdout
    names = [part.split("|")[0].split("(")[0].strip() for part in needed.split(",")]
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    state.system.run([*install, *names], check=True, timeout=3000)
    state.before = state.system.files()
    state.system.run([*install, state.bring(state.older)], check=True, timeout=900)
    version = installed(state)
    return f"version {version} with {len(names)} packages it names, by apt"


def installed(state):
    done = state.system.run(["dpkg-query", "-W", "-f", "${Version} ${db:Status-Abbrev}", "frontdesk"])
    return done.stdout.split()[0] if done.stdout.split()[1:] == ["ii"] else None


def libraries_are_there(state):
    # The engine's parts find each other where the program that loads them says.
    script = "cd /usr/lib/frontdesk; ldd frontdesk*; for f in engine/*; do LD_LIBRARY_PATH=engine ldd \"$f\"; done"
    done = state.system.run(["sh", "-c", script])
    missing = [line.strip() for line in done.stdout.splitlines() if "not found" in line]
    must(not missing, "; ".join(missing))
    return f"{len(done.stdout.splitlines())} lines of ldd, nothing missing"


def first_answer(state):
    trace = state.traces / "ask.txt"
    must(not state.system.inside(f"/home/ann/{DATA}").exists(), "there is a desk already")
    started, used = time.monotonic(), computed_s()
    answer = ask(state, "ann", trace=trace)
    seconds, used = time.monotonic() - started, computed_s() - used
    load = f"{used:.1f} s of computing, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    must(seconds <= FIRST_ANSWER_S, f"the first answer took {seconds:.1f} s ({load})")
    found = system.outbound(trace)
    must(not found, f"{len(found)} connections: {found[:2]}")
    source = answer["citations"][0]["title"]
    return f"{seconds:.1f} s from the first start ({load}), under strace, to {answer['route']} with the source {source!r}; 0 connections"


def window_appears(state):
    SOCKETS.mkdir(mode=0o1777, exist_ok=True)
    state.system.mount("tmp/.X11-unix", "--bind", SOCKETS)
    screen = Screen()
    trace = state.traces / "window.txt"
    try:
        started = time.monotonic()
        child = state.start(["frontdesk"], user="bea", trace=trace, env={"DISPLAY": screen.display})
        window = screen.window("Frontdesk", 120)
        seconds = time.monotonic() - started
        if window is None:
            child.log.seek(0)
            raise Failed(f"no window after {seconds:.0f} s: {child.log.read()[-400:]}")
        colours = screen.painted(window, state.out / "prove-window.png", 120)
        must(colours > 40, f"the window shows {colours} colours only")
        told = subprocess.run(["xprop", "-id", window, "WM_CLASS"], env=screen.env, capture_output=True, text=True).stdout
        end(child)
        found = system.outbound(trace)
        must(not found, f"{len(found)} connections: {found[:2]}")
        must(state.system.inside(f"{state.system.users['bea'][2]}/{DATA}/kb.db").is_file(), "no desk was made")
        return f"after {seconds:.1f} s, {colours} colours, {told.strip().split(' = ')[-1]}, under strace, in a home with blanks; 0 connections"
    finally:
        screen.close()


def awkward_paths(state):
    home = state.system.users["bea"][2]
    folder = f"{home}/{OUTSIDE_ASCII}"
    answer = ask(state, "bea", "--data", folder)
    text = state.system.inside(f"{home}/Öffnungszeiten & Preise (neu).md")
    text.write_text("# Umbrellas\n\nWe lend umbrellas for 3 euros a day at the tills.\n")
    done = state.system.run(["frontdesk-node", "--data", folder, "import", f"{home}/{text.name}"], user="bea")
    must(done.returncode == 0, f"import: {done.stderr.strip()}")
    found = state.system.run(["frontdesk-node", "--data", folder, "ask", "Do you lend umbrellas?"], user="bea")
    must("3 euros" in found.stdout, f"the imported file is not found: {found.stdout} {found.stderr}")
    return f"{folder!r}: {answer['route']}, and a file with such a name is imported and found"


def upgrade_keeps_every_row(state):
    """Over a version that runs and is being asked."""
    home = state.system.users["ann"][2]
    table = state.system.inside(f"{home}/answers.csv")
    table.write_text("question,answer\nDo you have kites?,\"Yes, kites are on the second floor.\"\n")
    for words in (["import", "--faq", f"{home}/answers.csv"], ["ask", "Do you have kites?"], ["ask", QUESTION]):
        done = state.system.run(["frontdesk-node", *words], user="ann")
        must(done.returncode == 0, f"{words[0]}: {done.stderr.strip()}")
    serving = state.start(["frontdesk-node", "serve"], user="ann")
    time.sleep(8)
    must(serving.poll() is None, "the older version does not run")
    database = state.system.inside(f"{home}/{DATA}/kb.db")
    before = rows.read(database)
    done = state.system.run(["env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "-i", state.bring(state.package)])
    must(done.returncode == 0, done.stderr.strip())
    must("goes on as it is" in done.stdout, "nobody was told that the older version still runs")
    must(serving.poll() is None, "the running version was ended")
    end(serving)
    answer = ask(state, "ann")
    lost = rows.lost(before, rows.read(database))
    must(not lost, f"lost: {lost}")
    kites = state.system.run(["frontdesk-node", "ask", "Do you have kites?"], user="ann").stdout
    must("second floor" in kites, f"the own answer is gone: {kites}")
    count = sum(len(kept) for _, kept in before.values())
    return f"{count} rows of {len(before)} tables are there, from {state.older.name} to {installed(state)}; {answer['route']}"


def downgrade_is_refused(state):
    version = installed(state)
    done = state.system.run(["dpkg", "-i", state.bring(state.older)])
    must(done.returncode != 0, "the older package was installed")
    sentence = [line for line in done.stderr.splitlines() if "is older" in line]
    must(sentence, f"without a sentence: {done.stderr.strip()}")
    must(installed(state) == version, f"the package is now {installed(state)}")
    ask(state, "ann")
    return f"{sentence[0]} {version} is still there and answers"


def newer_data_is_left_alone(state):
    folder = "/home/ann/newer"
    done = state.system.run(["cp", "-r", f"/home/ann/{DATA}", folder], user="ann")
    must(done.returncode == 0, done.stderr.strip())
    database = state.system.inside(f"{folder}/kb.db")
    rows.make_newer(database)
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    done = state.system.run(["frontdesk-node", "--data", folder, "ask", QUESTION], user="ann")
    must(done.returncode != 0 and "version" in done.stderr, f"{done.returncode}: {done.stderr.strip()}")
    must("panicked" not in done.stderr, done.stderr)
    must(hashlib.sha256(database.read_bytes()).hexdigest() == before, "the file was changed")
    return done.stderr.strip()


def read_only_home(state):
    state.system.add_user("rea", "/home/rea")
    home = state.system.inside("/home/rea")
    subprocess.run(["mount", "--bind", home, home], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", home], check=True)
    try:
        done = state.system.run(["frontdesk-node", "ask", QUESTION], user="rea")
        must(done.returncode != 0, "it ended as if all were well")
        must("panicked" not in done.stderr and "cannot be written" in done.stderr, done.stderr.strip())
        return done.stderr.strip()
    finally:
        subprocess.run(["umount", home], check=True)


def two_users_at_once(state):
    answers, wrong = {}, []

    def one(user):
        try:
            answers[user] = ask(state, user)
        except (Failed, ValueError, subprocess.TimeoutExpired) as error:
            wrong.append(f"{user}: {error}")

    threads = [threading.Thread(target=one, args=(user,)) for user in ("ann", "bea")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    must(not wrong, "; ".join(wrong))
    peek = state.system.run(["cat", f"/home/ann/{DATA}/kb.db"], user="bea")
    must(peek.returncode != 0, "one person reads the other's desk")
    serving = state.start(["frontdesk-node", "serve"], user="ann")
    time.sleep(8)
    second = state.system.run(["frontdesk-node", "ask", QUESTION], user="ann")
    end(serving)
    must(second.returncode != 0 and "in use" in second.stderr, f"a second one: {second.stderr.strip()}")
    return f"both are answered; neither reads the other's desk; a second program on one desk is told: {second.stderr.strip()}"


def removed_keeps_the_desks(state):
    done = state.system.run(["env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "--remove", "frontdesk"])
    must(done.returncode == 0, done.stderr.strip())
    must(not done.stderr.strip(), f"it is not quiet: {done.stderr.strip()}")
    must(state.system.inside(f"/home/ann/{DATA}/kb.db").is_file(), "the desk is gone")
    done = state.system.run(["env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "-i", state.bring(state.package)])
    must(done.returncode == 0, done.stderr.strip())
    kites = state.system.run(["frontdesk-node", "ask", "Do you have kites?"], user="ann").stdout
    must("second floor" in kites, f"installed again, the own answer is gone: {kites}")
    return "removed without a word, and installed again it knows what it knew"


def purged_keeps_the_desks(state):
    purge(state, "false")
    must(state.system.inside(f"/home/ann/{DATA}/kb.db").is_file(), "the desk is gone")
    left = sorted(place for place in state.system.files() - state.before if not place.startswith("home/"))
    left = [place for place in left if not place.endswith(("icon-theme.cache", "mimeinfo.cache"))]
    must(not left, f"left over: {left[:8]}")
    return "what people know is kept, and nothing else is left"


def purged_erases_when_asked(state):
    state.system.run(["env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "-i", state.bring(state.package)], check=True)
    purge(state, "true")
    left = [str(place) for place in state.system.inside("/home").glob("*/.*/**/io.frontdesk.app")]
    left += [str(place) for place in state.system.inside("/home").glob("*/.*/io.frontdesk.app")]
    must(not left, f"left over: {left}")
    here = sorted(path.name for path in state.system.inside("/home/ann").iterdir())
    must("answers.csv" in here, "a file of the person's own is gone")
    return "each person's desk is gone, their other files are there"


def purge(state, erase):
    answer = f"frontdesk frontdesk/erase boolean {erase}\n"
    state.system.run(["debconf-set-selections"], stdin=answer, check=True)
    done = state.system.run(["env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "--purge", "frontdesk"])
    must(done.returncode == 0, done.stderr.strip())
    must(not done.stderr.strip(), f"it is not quiet: {done.stderr.strip()}")


ALL = [
    ("installs in a fresh system", installs),
    ("every library is there", libraries_are_there),
    ("first answer, as anybody, no network, C locale, no graphics card", first_answer),
    ("the window appears, the same way", window_appears),
    ("blanks and other letters in paths", awkward_paths),
    ("an upgrade over a running older version keeps every row", upgrade_keeps_every_row),
    ("a downgrade is refused with a sentence", downgrade_is_refused),
    ("data of a newer version is left alone", newer_data_is_left_alone),
    ("a home that is read-only gets a sentence", read_only_home),
    ("two people on one computer", two_users_at_once),
    ("removed, it keeps what people know", removed_keeps_the_desks),
    ("purged, it keeps what people know unless told otherwise", purged_keeps_the_desks),
    ("purged and told so, it erases", purged_erases_when_asked),
]
