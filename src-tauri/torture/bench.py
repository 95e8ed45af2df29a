"""Counts the trials of one promise, and its controls: the same look without the protection, which must find something."""

import tempfile
from pathlib import Path

MOST_TOLD = 5


class Bench:
    def __init__(self, programs, work, is_long, seed):
        self.programs, self.work, self.is_long, self.seed = programs, Path(work), is_long, seed
        self.trials = self.failures = self.controls = self.red = 0
        self.wrong, self.skipped, self.facts = [], [], {}

    def times(self, short, long):
        return long if self.is_long else short

    def folder(self, name="trial"):
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.work))

    def trial(self, name, wrong):
        """One trial; `wrong` says what was wrong with it."""
        self.trials += 1
        if wrong:
            self.failures += 1
            told = f"{name}: {'; '.join(map(str, wrong))[:400]}"
            self.wrong.append(told)
            if len(self.wrong) <= MOST_TOLD:
                print(f"    FAIL {told}", flush=True)

    def control(self, name, is_red):
        """The same without the protection: it must be noticed."""
        self.controls += 1
        self.red += bool(is_red)
        if not is_red:
            self.wrong.append(f"control stayed green: {name}")
            print(f"    FAIL control stayed green: {name}", flush=True)

    def skip(self, reason):
        self.skipped.append(reason)
        print(f"    skipped: {reason}", flush=True)

    @property
    def passed(self):
        return self.failures == 0 and self.red == self.controls
