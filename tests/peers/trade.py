"""Footprints and value added in trade on a table of three countries, by the formulas of src/analysis/trade.rs; where
pymrio is installed, the footprints of its test economy by its own accounts (Stadler and others, 2021)."""
import csv
import pathlib
import tempfile

import numpy as np
from economy import answer, leontief, same

FILE = pathlib.Path(__file__).resolve().parents[2] / "examples/tables/three-countries-2020.csv"

rows = list(csv.reader(FILE.open()))
columns = rows[0][1:]
cells = {row[0]: dict(zip(columns, map(float, row[1:]))) for row in rows[1:]}
sectors = [row for row in cells if "_" in row]
regions = list(dict.fromkeys(sector[:3] for sector in sectors))
of = {region: np.array([sector[:3] == region for sector in sectors]) for region in regions}
Z = np.array([[cells[i][j] for j in sectors] for i in sectors])
Y = np.array([[sum(v for c, v in cells[i].items() if c not in sectors and c[:3] == d) for d in regions] for i in sectors])
x = Z.sum(axis=1) + Y.sum(axis=1)
A = Z / x
n = len(x)
L = np.linalg.inv(np.eye(n) - A)
v = 1 - A.sum(axis=0)

ours = answer("trade", "--table", str(FILE))
value_added = next(f for f in ours["footprints"] if f["account"]["id"] == "value_added")
figures = np.array([[(v * of[o]) @ L @ Y[:, d] for d in range(len(regions))] for o in regions])
same("value added by origin and final demand", value_added["figures"], figures)
for s, region in enumerate(regions):
    own, abroad = of[region], ~of[region]
    E = own * (Z[:, abroad].sum(axis=1) + np.delete(Y, s, axis=1).sum(axis=1))
    kept = A.copy()
    kept[np.ix_(own, abroad)] = 0
    once, all_rounds = np.linalg.inv(np.eye(n) - kept) @ E, L @ E
    alone = {r: np.linalg.inv(np.eye(of[r].sum()) - A[np.ix_(of[r], of[r])]) for r in regions}
    used = sum(A[np.ix_(own, of[r])] @ alone[r] @ Y[of[r], regions.index(r)] for r in regions if r != region)
    one_border = v[own] @ alone[region] @ (np.delete(Y, s, axis=1).sum(axis=1)[own] + used)
    absorbed = (v * own) @ L @ np.delete(Y, s, axis=1).sum(axis=1)
    is_ = ours["by_region"][region]
    same(f"{region}: exports and what is in them", [is_[k] for k in (
        "exports", "domestic_value_added", "absorbed_abroad", "domestic_again", "foreign_value_added", "foreign_again",
        "one_border",
    )], [
        E.sum(), (v * own) @ once, absorbed, (v * own) @ (all_rounds - once), (v * abroad) @ once,
        (v * abroad) @ (all_rounds - once), one_border,
    ])
    demand = own * Y[:, s]
    here = alone[region] @ demand[own]
    same(f"{region}: spill-over and feedback", [is_[k] for k in ("own", "feedback", "spillover")], [
        here.sum(), (L @ demand)[own].sum() - here.sum(), (L @ demand)[abroad].sum(),
    ])
    same(f"{region}: positions", [is_["upstreamness"], is_["downstreamness"]], [
        (L @ x)[own].sum() / x[own].sum(), (L.sum(axis=0) * x)[own].sum() / x[own].sum(),
    ])

try:
    import pymrio
except ImportError:
    raise SystemExit("no pymrio: its test economy is left out")
test = pymrio.load_test().calc_all()
with tempfile.TemporaryDirectory() as folder:
    saved, held = pathlib.Path(folder) / "saved", pathlib.Path(folder) / "held"
    test.save_all(saved)
    # Its value added is a hundredth of what its columns leave.
    leontief("import", str(saved), "--value-added", "residual", "--year", "2010", "--to", str(held))
    ours = answer("trade", "--table", str(held))
names = [region["code"] for region in ours["regions"]]
for footprint in ours["footprints"]:
    stressor = next((s for s in test.emissions.S.index if s[0] == footprint["account"]["id"]), None)
    if stressor is None:
        continue
    D_cba, D_pba, D_imp, D_exp = pymrio.calc_accounts(test.emissions.S.loc[[stressor]], test.L, test.Y.T.groupby(level="region", sort=False).sum().T)
    made = np.array(footprint["figures"])
    for what, theirs, mine in [
        ("consumption", D_cba, made.sum(axis=0)),
        ("production", D_pba, made.sum(axis=1)),
        ("imported", D_imp, made.sum(axis=0) - np.diag(made)),
        ("exported", D_exp, made.sum(axis=1) - np.diag(made)),
    ]:
        theirs = theirs.T.groupby(level="region", sort=False).sum().T.loc[[stressor], names].to_numpy().ravel()
        same(f"{stressor[0]} of pymrio, {what}", mine, theirs)
