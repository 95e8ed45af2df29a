"""Installs Frontdesk's package in a fresh Debian 12 and tries what the README promises about it.

Needs root, debootstrap, strace and a screen nobody sees (Xvfb); `cargo xtask dist prove` calls it.
Every check is a function of `checks.py`; each writes one line of the table. Ends with 1 when one failed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import system

system.own_mounts()

import checks  # noqa: E402  Only where the mounts are our own.


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--package", type=Path, required=True)
    arguments.add_argument("--older", type=Path, required=True)
    arguments.add_argument("--cache", type=Path, required=True)
    arguments.add_argument("--table", type=Path, required=True)
    chosen = arguments.parse_args()

    work = Path(tempfile.mkdtemp(prefix="frontdesk-proof-", dir=chosen.cache.parent))
    rows = []
    try:
        place = system.System(chosen.cache, work)
        place.unpack()
        state = checks.State(place, chosen.package.resolve(), chosen.older.resolve(), chosen.table.parent)
        for name, check in checks.ALL:
            started = time.monotonic()
            try:
                word, told = "pass", check(state)
            except Exception as error:  # Whatever went wrong is a line of the table, and the others go on.
                word, told = "FAIL", str(error) or type(error).__name__
                if not isinstance(error, checks.Failed):
                    traceback.print_exc()
            rows.append((name, word, " ".join(str(told).split()), time.monotonic() - started))
            print(f"{word}  {name}: {rows[-1][2]} ({rows[-1][3]:.0f} s)", file=sys.stderr, flush=True)
            write(chosen.table, chosen.package.name, rows)
        state.close()
    finally:
        leave(work)
    failed = sum(row[1] != "pass" for row in rows)
    print(f"{len(rows) - failed} passed, {failed} failed; {chosen.table}")
    return 1 if failed else 0


def write(table, package, rows):
    lines = [f"# {package} in a fresh Debian 12", "", "| check | result | what was seen | s |", "|---|---|---|---|"]
    lines += [f"| {name} | {word} | {told.replace('|', '/')} | {seconds:.0f} |" for name, word, told, seconds in rows]
    table.write_text("\n".join(lines) + "\n")


def leave(work):
    """Takes the mounts away, deepest first, and then the folder."""
    for place in sorted(mounted_below(work), key=len, reverse=True):
        subprocess.run(["umount", "--lazy", place], check=False)
    if mounted_below(work):
        print(f"something is still mounted below {work}; it was left", file=sys.stderr)
    else:
        shutil.rmtree(work, ignore_errors=True)


def mounted_below(work):
    lines = Path("/proc/mounts").read_text().splitlines()
    places = [line.split()[1].encode("latin-1", "backslashreplace").decode("unicode_escape") for line in lines]
    return [place for place in places if place.startswith(f"{work}/")]


if __name__ == "__main__":
    sys.exit(main())
