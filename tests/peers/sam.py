"""A social accounting matrix of a table: its multipliers (Pyatt & Round 1979) and the paths between its accounts with
their multipliers (Defourny & Thorbecke 1984), by the matrices of the formulas."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
n, x = economy.n, economy.x
pay, surplus, consumed = economy.inputs[0], economy.inputs[1], economy.inputs[2]
basket = economy.Fd[:, 0] / (economy.Fd[:, 0] + economy.Fm[:, 0]).sum()
share = (economy.Fd[:, 0] + economy.Fm[:, 0]).sum() / (pay.sum() + surplus.sum())


def propensities(capital_share, spent):
    """Sectors, labour, capital, households."""
    S = np.zeros((n + 3, n + 3))
    S[:n, :n] = economy.Ad
    S[n, :n], S[n + 1, :n] = pay / x, (surplus + consumed) / x
    S[n + 2, n], S[n + 2, n + 1] = 1, capital_share * surplus.sum() / (surplus + consumed).sum()
    S[:n, n + 2] = spent * basket
    return S


identity = np.eye(n + 3)
for capital_share in [0, 0.4]:
    S = propensities(capital_share, share)
    within = np.zeros_like(S)
    within[:n, :n] = economy.Ad
    M1 = np.linalg.inv(identity - within)
    round_ = M1 @ (S - within)
    M2 = identity + round_ + round_ @ round_
    M3 = np.linalg.inv(identity - round_ @ round_ @ round_)
    stages = {
        "initial": identity,
        "transfer": M1 - identity,
        "open_loop": (M2 - identity) @ M1,
        "closed_loop": (M3 - identity) @ M2 @ M1,
    }
    same("M3 M2 M1", M3 @ M2 @ M1, np.linalg.inv(identity - S))
    ours = answer("sam", "--table", "kr-2023-33", "--capital-share", str(capital_share))
    for stage, matrix in stages.items():
        of = ours["multipliers"]
        same(f"output, {stage}", [o["output"][stage] for o in of], matrix[:n].sum(axis=0))
        same(f"labour, {stage}", [o["factors"][0][1][stage] for o in of], matrix[n])
        same(f"capital, {stage}", [o["factors"][1][1][stage] for o in of], matrix[n + 1])
        same(f"households, {stage}", [o["households"][stage] for o in of], matrix[n + 2])


def position(account):
    names = {"labour": n, "capital": n + 1, "households": n + 2}
    return account["sector"] if isinstance(account, dict) else names[account]


for spent, end, arguments in [
    (share, n + 2, ["--to", "households"]),
    (share, 16, ["--to", "17"]),
    (0, 16, ["--to", "17", "--household-share", "0"]),
]:
    S = propensities(0.4, spent)
    whole = np.linalg.det(identity - S)
    ours = answer(
        "sam", "--table", "kr-2023-33", "--capital-share", "0.4", "--from", "9", "--paths", "50", *arguments
    )
    same("global influence", ours["global"], np.linalg.inv(identity - S)[end, 8])
    direct, multiplier = [], []
    for path in ours["paths"]:
        accounts = [position(account) for account in path["accounts"]]
        assert (accounts[0], accounts[-1]) == (8, end)
        direct.append(np.prod([S[to, of] for of, to in zip(accounts, accounts[1:])]))
        left = [at for at in range(n + 3) if at not in accounts]
        multiplier.append(np.linalg.det((identity - S)[np.ix_(left, left)]) / whole)
    same("direct influence", [p["direct"] for p in ours["paths"]], direct)
    same("path multipliers", [p["multiplier"] for p in ours["paths"]], multiplier)
    totals = [p["total"] for p in ours["paths"]]
    assert totals == sorted(totals, reverse=True) and len(totals) == 50
    # The search misses no short path: all of up to two arcs that are larger than the last are there.
    found = {tuple(position(account) for account in path["accounts"]) for path in ours["paths"]}
    M = np.linalg.inv(identity - S)
    for middle in range(n + 3):
        path = (8, middle, end)
        total = S[middle, 8] * S[end, middle] * np.linalg.det(M[np.ix_(path, path)])
        assert len(set(path)) < 3 or total <= totals[-1] or path in found, path
