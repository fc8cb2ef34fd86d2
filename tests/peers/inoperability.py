"""Dynamic inoperability by its recursion (Lian & Haimes 2006; Leung and others 2007; Barker & Santos 2010)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
n, x, A = economy.n, economy.x, economy.Ad


def course(side, struck, demand, days, recovery, stock, horizon, left=0.01):
    star = A.T if side == "supply" else np.diag(1 / x) @ A @ np.diag(x)
    K = np.diag(np.log(1 / left) / (recovery * (1 - np.diag(star))))
    held = np.zeros(n)
    for sector, loss in struck.items():
        held[sector] = loss
    missing = np.zeros(n)
    for product, share in demand.items():
        missing[product] = share * (x - A @ x)[product] / x[product]
    stock, p, made, undelivered = stock.copy(), held.copy(), [], []
    for day in range(horizon):
        if day:
            p = p + K @ (star @ q + (missing if day <= days else 0) - p)
            p = np.minimum(p, 1)
            if day < days:
                p = np.where(held > 0, np.maximum(p, held), p)
        covered = np.maximum(np.minimum(stock, p), 0)
        stock, q = stock - covered, p - covered
        made.append(p)
        undelivered.append(q)
    return np.array(made), np.array(undelivered)


none = np.zeros(n)
some = none.copy()
some[[16, 8]] = [2, 10]
for side, also, demand, stock in [
    ("supply", {}, {}, none),
    ("supply", {8: 0.3}, {}, some),
    ("demand", {}, {}, none),
    ("demand", {8: 0.3}, {18: 0.2}, some),
]:
    struck = {16: 0.1, **also}
    arguments = ["outage", "17", "--method", "inoperability", "--side", side, "--loss", "0.1", "--days", "180"]
    arguments += ["--recovery", "60", "--horizon", "300", "--table", "kr-2023-33"]
    for sector, loss in also.items():
        arguments += ["--also", f"{sector + 1:02}={loss}"]
    for product, share in demand.items():
        arguments += ["--demand", f"{product + 1:02}={share}"]
    for sector in np.flatnonzero(stock):
        arguments += ["--stock", f"{sector + 1:02}={stock[sector]}"]
    ours = answer(*arguments)
    made, undelivered = course(side, struck, demand, 180, 60, stock, 300)
    what = f"{side}, {len(struck)} struck"
    same(f"{what}: inoperability by day", ours["by_day"], made)
    scale = x.sum() / 365
    same(f"{what}: output", np.array(ours["output"]) / scale, made.sum(axis=0) * x / 365 / scale)
    same(f"{what}: undelivered", np.array(ours["undelivered"]) / scale, undelivered.sum(axis=0) * x / 365 / scale)

# A stop of imports: what is missing over the output of who used it.
arguments = ["outage", "02", "--method", "inoperability", "--imports", "--loss", "0.3", "--days", "180"]
ours = answer(*arguments, "--recovery", "60", "--horizon", "300", "--table", "kr-2023-33")
K = np.diag(np.log(100) / (60 * (1 - np.diag(A))))
p, made = none.copy(), []
for day in range(300):
    if day:
        p = np.minimum(p + K @ (A.T @ p + (0.3 * economy.Am[1] if day <= 180 else 0) - p), 1)
    made.append(p)
same("imports: inoperability by day", ours["by_day"], np.array(made))
same("imports: settled", ours["settled"], np.linalg.solve(np.eye(n) - A.T, 0.3 * economy.Am[1]))
