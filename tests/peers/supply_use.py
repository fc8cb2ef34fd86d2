"""Symmetric tables from supply and use: models A to D (Eurostat, 2008, ch. 11; Miller & Blair, 3rd ed., ch. 5), and
SUT-RAS (Temurshoev & Timmer, 2011)."""
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

# SUT-RAS (Temurshoev & Timmer, 2011) at basic prices, uses of domestic and of imported products apart: one multiplier p
# a product, that uses are multiplied and supply is divided by, s an industry's output, u a user, m all imports.
k = 3
S = np.diag(rng.uniform(500, 2_000, k)) + rng.uniform(10, 90, (k, k))
S[0, 2] = 0
q, g = S.sum(axis=1), S.sum(axis=0)
D = np.column_stack([rng.uniform(0.02, 0.2, (k, k)) * g, np.zeros(k)])
D[:, k] = q - D.sum(axis=1)
imports = rng.uniform(50, 200, k)
spread = D / q[:, None]
M = imports[:, None] * spread
W = g - D[:, :k].sum(axis=0) - M[:, :k].sum(axis=0)
assert W.min() > 0 and D.min() > 0
products, industries = products[:k], industries[:k]
new_g = g * [1.08, 0.97, 1.15]
new_v = W * [1.02, 1.03, 1.1]
all_m = 1.2 * M.sum()
household = new_v.sum() + all_m
columns = np.append(new_g - new_v, household)

p, s, u, m = np.ones(k), np.ones(k), np.ones(k + 1), 1.0
for _ in range(5_000):
    s = new_g / (S / p[:, None]).sum(axis=0)
    u = columns / (D * p[:, None] + M * m).sum(axis=0)
    m = all_m / (M * u).sum()
    p = np.sqrt((S * s).sum(axis=1) / (D * u).sum(axis=1))
new_S, new_D, new_M = S * s / p[:, None], D * p[:, None] * u, M * u * m

with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    supply = zip(products, np.column_stack([S, imports]))
    (folder / "supply.csv").write_text(text([*industries, "imports"], supply))
    uses = [(name, row) for name, row in zip(products, D + M)]
    uses.append(("compensation of employees", [*W, None]))
    (folder / "use.csv").write_text(text([*industries, "households"], uses))
    (folder / "totals.csv").write_text(
        "total,code,value\n"
        + "".join(f"output,{name},{float(value)!r}\n" for name, value in zip(industries, new_g))
        + "".join(f"value_added,{name},{float(value)!r}\n" for name, value in zip(industries, new_v))
        + f"imports,,{float(all_m)!r}\n"
    )
    files = (str(folder / "supply.csv"), str(folder / "use.csv"), "--totals", str(folder / "totals.csv"))
    for model in ("B", "D"):
        out = folder / model
        leontief("supply-use", *files, "--to", "2024", "--model", model, "-o", str(out))
        made = Economy(str(out))
        now_q = new_S.sum(axis=1)
        U, Um = new_D[:, :k], new_M[:, :k]
        if model == "B":
            T = new_S.T / new_g[:, None]
            same("SUT-RAS, B: flows", made.Zd / made.x, U @ T / now_q)
            same("SUT-RAS, B: imports", made.Zm / made.x, Um @ T / now_q)
            same("SUT-RAS, B: value added", made.inputs.sum(axis=0) / made.x, new_v @ T / now_q)
        else:
            T = (new_S / now_q[:, None]).T
            same("SUT-RAS, D: flows", made.Zd / made.x, T @ U / new_g)
            same("SUT-RAS, D: imports", made.Zm / made.x, T @ Um / new_g)
            same("SUT-RAS, D: final demand", made.Fd.sum(axis=1) / made.x, T @ new_D[:, k] / new_g)
