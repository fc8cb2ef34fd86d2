"""Large models beside numpy, scipy and pymrio: the same matrix, one after the other, ratios.

    cargo build --release --example scale
    venv/bin/pip install numpy scipy
    venv/bin/python benches/python/scale.py 381 2000 9800 [--rounds 3]
    venv/bin/python benches/python/scale.py --curve curve.svg      # n = 2^7 to 2^14; needs matplotlib

The matrix is a made-up world of regions of up to 200 sectors each: half of what a sector uses comes from its own
region, long-tailed, the rest from all others; inputs take .3 to .7 of output. Each round runs this crate's
process and numpy's work in turn; the table has the median of each and of their ratio (theirs / ours).
OpenBLAS takes all cores.
"""

import argparse
import pathlib
import subprocess
import tempfile
import time

import numpy as np

try:
    import scipy.linalg
except ImportError:
    scipy = None


def world(n, seed=1):
    """A, n x n."""
    rng = np.random.default_rng(seed)
    a = rng.random((n, n)) ** 8
    size = min(n, 200)
    for first in range(0, n, size):
        region = slice(first, first + size)
        own = a[region, region].copy()
        a[region, region] = 0
        share = 0.5 if n > size else 1.0
        if n > size:
            a[:, region] *= (1 - share) / a[:, region].sum(axis=0)
        a[region, region] = own * (share / own.sum(axis=0))
    a *= 0.3 + 0.4 * rng.random(n)
    return a


def numpy_tasks(a):
    n = len(a)
    m = np.eye(n) - a
    shock = np.zeros(n)
    shock[n // 3] = 1.0
    demands = lambda k: np.column_stack([np.roll(shock, -j) for j in range(k)])

    def timed(work):
        start = time.perf_counter()
        answer = work()
        return time.perf_counter() - start, answer

    tasks = {
        "shock": lambda: timed(lambda: np.linalg.solve(np.eye(n) - a, shock).sum()),
        "rows": lambda: timed(lambda: np.linalg.solve(m.T, np.ones(n)).sum()),
    }

    def factor():
        d = demands(n // 16)
        return timed(lambda: np.linalg.solve(m, d)[:, 0].sum())

    tasks["factor"] = factor
    tasks["inverse"] = lambda: timed(lambda: np.linalg.inv(m)[:, n // 3].sum())
    if scipy:

        def many():
            d = demands(1000)
            return timed(lambda: scipy.linalg.lu_solve(scipy.linalg.lu_factor(m), d)[:, 0].sum())

        def reused():
            d, lu = demands(1000), scipy.linalg.lu_factor(m)
            return timed(lambda: scipy.linalg.lu_solve(lu, d)[:, 0].sum())

        tasks.update(many=many, reused=reused)

    def all_of_pymrio():
        # As calc_all of pymrio: A from flows and output, L = inv(I - A), L times a demand.
        x = np.linalg.solve(m, np.ones(n))
        z = a * x
        return timed(lambda: (np.linalg.inv(np.eye(n) - z / x) @ shock).sum())

    tasks["calc_all"] = all_of_pymrio
    return tasks


def ours(file, n, task):
    command = ["target/release/examples/scale", file, str(n), task]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    _, seconds, total = done.stdout.split()
    return float(seconds), float(total), done.stderr.strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("n", type=int, nargs="*")
    parser.add_argument("--curve", help="draw the time of one shock against n")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tasks", nargs="+")
    args = parser.parse_args()
    if args.curve:
        return curve(args.curve, args.rounds)
    print("| n | task | ours, s | theirs, s | ratio | how |")
    print("| ---: | --- | ---: | ---: | ---: | --- |")
    for n in args.n:
        with World(n) as (a, file):
            tasks = numpy_tasks(a)
            for task in args.tasks or [t for t in tasks if n <= 5000 or t not in ("inverse", "calc_all")]:
                us, them, ratio, how = pairs(file, n, task, tasks[task], args.rounds)
                print(f"| {n} | {task} | {us:.4f} | {them:.4f} | {ratio:.1f} | {how} |", flush=True)


class World:
    """A and the file that holds it, column by column."""

    def __init__(self, n):
        self.n, self.folder = n, tempfile.TemporaryDirectory()

    def __enter__(self):
        a = world(self.n)
        file = str(pathlib.Path(self.folder.name) / "a.f64")
        a.T.astype("<f8").tofile(file)
        return a, file

    def __exit__(self, *_):
        self.folder.cleanup()


def pairs(file, n, task, theirs, rounds):
    """Medians of both and of their ratio, in turn, and how ours was solved."""
    rows = []
    for _ in range(rounds):
        us, total, how = ours(file, n, "shock" if task == "calc_all" else task)
        them, expected = theirs()
        assert task == "rows" or abs(total / expected - 1) < 1e-9, (total, expected)
        rows.append((us, them, them / us))
    return *np.median(np.array(rows), axis=0), how


def curve(picture, rounds):
    """The time of one shock at n = 2^7 .. 2^14 beside numpy's, with the slopes of its upper half."""
    sizes, rows = [2**k for k in range(7, 15)], []
    print("| n | ours, s | numpy, s | ratio | how | matrix, MiB |")
    print("| ---: | ---: | ---: | ---: | --- | ---: |")
    for n in sizes:
        with World(n) as (a, file):
            us, them, ratio, how = pairs(file, n, "shock", numpy_tasks(a)["shock"], rounds)
        rows.append((us, them))
        print(f"| {n:,} | {us:.5f} | {them:.5f} | {ratio:.1f} | {how} | {8 * n * n / 2**20:.0f} |", flush=True)
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.5))
    for times, name, colour in zip(np.array(rows).T, ("this crate", "numpy.linalg.solve"), ("#1f5fa8", "#b5541c")):
        slope = np.polyfit(np.log(sizes[4:]), np.log(times[4:]), 1)[0]
        axes.loglog(sizes, times, "o-", color=colour, label=f"{name}: slope {slope:.1f} from 2,048 on")
    axes.set_xticks(sizes, [f"{n:,}" for n in sizes])
    axes.minorticks_off()
    axes.set(xlabel="sectors", ylabel="seconds, from coefficients to the answer", title="One shock")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(picture, metadata={"Date": None}, bbox_inches="tight")


if __name__ == "__main__":
    main()
