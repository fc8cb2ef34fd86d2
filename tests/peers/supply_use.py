"""Symmetric tables from supply and use: models A to D (Eurostat, 2008, ch. 11; Miller & Blair, 3rd ed., ch. 5)."""
import tempfile
from pathlib import Path

import numpy as np
from economy import Economy, leontief, same

rng = np.random.default_rng(5)
n = 6
S = np.diag(rng.uniform(500, 2_000, n)) + rng.uniform(0, 60, (n, n))  # products x industries
q, g = S.sum(axis=1), S.sum(axis=0)
U = rng.uniform(0, 0.8, (n, n)) * g / n
Y = q - U.sum(axis=1)
W = g - U.sum(axis=0)

products, industries = [f"c{k}" for k in range(n)], [f"i{k}" for k in range(n)]


def text(columns, rows):
    lines = [",".join(["", *columns])]
    lines += [",".join([name, *(repr(float(v)) if v is not None else "" for v in values)]) for name, values in rows]
    return "\n".join(lines) + "\n"


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    (folder / "supply.csv").write_text(text(industries, zip(products, S)))
    uses = [(name, [*row, y]) for name, row, y in zip(products, U, Y)]
    uses.append(("compensation of employees", [*W, None]))
    (folder / "use.csv").write_text(text([*industries, "households"], uses))

    def economy(model, *more):
        out = folder / f"{model}{len(more)}"
        files = (str(folder / "supply.csv"), str(folder / "use.csv"))
        leontief("supply-use", *files, "--model", model, *more, "--year", "2020", "-o", str(out))
        return Economy(str(out))

    inverse = np.linalg.inv(S)
    for model, T in (("A", inverse * q), ("B", S.T / g[:, None])):
        made = economy(model)
        same(f"{model}: flows", made.Zd / made.x, U @ T / q)
        same(f"{model}: value added", made.inputs.sum(axis=0) / q, W @ T / q)
        same(f"{model}: final demand", made.Fd.sum(axis=1) / q, Y / q)
    for model, T in (("C", g[:, None] * inverse), ("D", (S / q[:, None]).T)):
        made = economy(model)
        same(f"{model}: flows", made.Zd / made.x, T @ U / g)
        same(f"{model}: final demand", made.Fd.sum(axis=1) / g, T @ Y / g)
    # Almon's rows keep their sums, and are product technology's where nothing is below zero.
    almon = economy("A", "--almon")
    same("Almon: rows", almon.Zd.sum(axis=1) / q, U.sum(axis=1) / q)
    assert almon.Zd.min() >= 0
    plain = U @ (inverse * q)
    keep = plain.min(axis=1) > 0
    same("Almon: product technology", (almon.Zd / q)[keep], (plain / q)[keep], 1e-8)
