"""Tries to break the desk's promises about its data, from outside, on the real program.

`cargo xtask torture [P1 ...] [--long]` builds the program and calls this. The short version takes a few minutes; the long one is
what docs/reliability.md reports. Every promise has controls: the same look at a desk without the protection, which must go red.
Ends with 1 when a trial failed or a control stayed green.
"""

import argparse
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import p1_power
import p2_kill
import p4_full
import p5_damage
import p6_backup
import p7_owner
import p8_places
import p9_clock
import p23_erase
from bench import Bench
from desk import Programs

PROMISES = {"P1": p1_power, "P2": p2_kill, "P4": p4_full, "P5": p5_damage, "P6": p6_backup, "P7": p7_owner, "P8": p8_places, "P9": p9_clock, "P23": p23_erase}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("promises", nargs="*", default=[], metavar="P", help=f"one of {' '.join(PROMISES)}; all when none is named")
    arguments.add_argument("--long", action="store_true")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--programs", type=Path, required=True)
    arguments.add_argument("--table", type=Path, required=True)
    chosen = arguments.parse_args()
    unknown = [name for name in chosen.promises if name not in PROMISES]
    if unknown:
        arguments.error(f"there is no promise {unknown[0]}; there are: {' '.join(PROMISES)}")
    rows, passed = [], True
    with tempfile.TemporaryDirectory(prefix="frontdesk-torture-") as work:
        programs = Programs(chosen.programs.resolve(), shim(Path(work)))
        for name in chosen.promises or PROMISES:
            promise = PROMISES[name]
            print(f"{name}: {promise.WORDS}", flush=True)
            bench, began = Bench(programs, work, chosen.long, chosen.seed), time.monotonic()
            try:
                promise.run(bench)
            except Exception:  # One promise that cannot be tried says nothing of the others.
                bench.trial("the trial itself", [traceback.format_exc()[-400:]])
            seconds = time.monotonic() - began
            passed &= bench.passed
            rows.append(row(name, promise, bench))
            print(f"  {bench.trials} trials, {bench.failures} failures, {bench.red} of {bench.controls} controls red, {seconds:.0f} s", flush=True)
    chosen.table.parent.mkdir(parents=True, exist_ok=True)
    chosen.table.write_text(HEAD + "".join(rows))
    print(f"wrote {chosen.table}")
    return 0 if passed else 1


HEAD = "| promise | trials | failures | controls that went red | found besides |\n|---|---:|---:|---:|---|\n"


def row(name, promise, bench):
    besides = [f"{what}: {value}" for what, value in bench.facts.items()] + [f"skipped: {reason}" for reason in bench.skipped]
    return f"| {name} {promise.WORDS} | {bench.trials} | {bench.failures} | {bench.red} of {bench.controls} | {'; '.join(besides)} |\n"


def shim(work):
    """The faults, compiled for this computer."""
    source, made = Path(__file__).with_name("faults.c"), work / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


if __name__ == "__main__":
    sys.exit(main())
