"""P7: one owner per data folder."""

from concurrent.futures import ThreadPoolExecutor

from desk import Desk

WORDS = "one owner per data folder"
AT_ONCE = 20


def run(bench):
    starts = []
    for number in range(bench.times(2, 50)):
        place = bench.folder("owner")
        desk = Desk(bench.programs, place / "data", place / "home")
        if number == 0:
            desk.fill()
        bench.trial(f"round {number}", owners([desk] * AT_ONCE, starts))
    starts.sort()
    bench.facts["start after the owner was killed, longest in s"] = round(starts[-1], 2)
    places = [bench.folder("own") for _ in range(4)]
    bench.control("everybody has a folder of its own", owners([Desk(bench.programs, one / "data", one / "home") for one in places], []))


def owners(desks, starts):
    with ThreadPoolExecutor(len(desks)) as many:
        served = list(many.map(lambda desk: desk.start(), desks))
    winners, wrong = [one for one in served if one.listens], []
    if len(winners) != 1:
        wrong.append(f"{len(winners)} owners")
    for one in served:
        if one.listens:
            continue
        ended = one.end()
        if ended.status <= 0 or ended.panicked:
            wrong.append(f"a second one ended with {ended.status}: {ended.errors[-200:]}")
        if not one.said.get("error", {}).get("message") and not ended.errors.strip():
            wrong.append("a second one says nothing")
    for one in winners:
        one.kill()
    again = desks[0].start()
    starts.append(again.seconds)
    if not again.listens:
        wrong.append(f"nobody can own it after that: {again.said}")
    again.kill()
    return wrong
