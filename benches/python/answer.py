"""From the files of a table to the answer: whole processes, this crate beside pandas and numpy.

    cargo build --release
    venv/bin/pip install numpy pandas
    venv/bin/python benches/python/answer.py 33 83 381 1000 2000 4000 [--rounds 5]

For each size a made-up table is written (`make_table.py`), and both tell what one more unit of demand for a sector sets
off: output, value added, imports, jobs. This crate runs `leontief impact --shock`, which also checks the table and
writes its whole result as JSON; pandas reads the same CSV files, and `numpy.linalg.solve` solves once. They run in turn; the
table has medians, the median ratio (theirs / ours) and the lowest of the rounds, and the largest memory of each
beside that of the two matrices. The time of pandas without Python's start and imports stands apart.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def theirs(folder, code):
    """What the child process does."""
    start = time.perf_counter()
    import numpy as np
    import pandas as pd

    imported_at = time.perf_counter()
    read = lambda name: pd.read_csv(Path(folder) / f"{name}.csv", index_col=0)
    zd, zm = read("domestic_flows"), read("imported_flows")
    x = read("output")["output"]
    added, jobs = read("primary_inputs").sum(axis=0), read("satellites")["jobs"]
    a, am = zd.to_numpy() / x.to_numpy(), zm.to_numpy() / x.to_numpy()
    shock = (zd.index == code).astype(float)
    made = np.linalg.solve(np.eye(len(a)) - a, shock)
    answer = {
        "output": made.sum(),
        "value_added": (added[zd.columns].to_numpy() / x.to_numpy()) @ made,
        "imports": (am @ made).sum(),
        "jobs": (jobs.to_numpy() / x.to_numpy()) @ made,
    }
    done = time.perf_counter()
    print(json.dumps({"answer": answer, "imports": imported_at - start, "work": done - imported_at}))


def run(command):
    """Wall time in seconds, peak memory in MiB, and what was printed."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        assert status == 0, command
        out.seek(0)
        return wall, usage.ru_maxrss / 1024, json.loads(out.read())


def measures(result):
    """Type I of one million won: millions and persons."""
    headline = result["headline"]["recurring"]
    return {key: headline[key]["type1"] for key in ("output", "value_added", "imports", "jobs")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("n", type=int, nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    import numpy as np

    print("| sectors | ours, s | pandas + numpy, s | of it work | ratio | lowest | ratio to the work | ours, MiB | theirs, MiB | matrices, MiB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for n in args.n:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, HERE / "make_table.py", str(n), folder], check=True)
            code = f"S{n // 3:05d}"
            # One million won, so that figures are those of one unit.
            command = ["target/release/leontief", "impact", "--shock", f"{code}=100만", "--table", folder, "--format", "json"]
            rows = []
            for _ in range(args.rounds):
                us, our_memory, result = run(command)
                them, their_memory, answer = run([sys.executable, __file__, "--child", folder, code])
                check(result, answer["answer"])
                rows.append((us, them, answer["work"], them / us, answer["work"] / us, our_memory, their_memory))
            rows = np.array(rows)
            us, them, work, ratio, of_work, ours, peers = np.median(rows, axis=0)
            lowest, matrices = rows[:, 3].min(), 2 * 8 * n * n / 2**20
            print(
                f"| {n:,} | {us:.3f} | {them:.3f} | {work:.3f} | {ratio:.1f} | {lowest:.1f} | {of_work:.1f} | {ours:.0f} | {peers:.0f} | {matrices:.0f} |",
                flush=True,
            )


def check(result, answer):
    ours = measures(result)
    for key, value in answer.items():
        assert abs(ours[key] / value - 1) < 1e-6, (key, ours[key], value)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        theirs(*sys.argv[2:])
    else:
        main()
