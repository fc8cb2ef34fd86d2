"""Supply and trade mixes, as whole matrices: x* = (I - Ad*)^-1 f with changed coefficients, value added taking up prices."""
import pathlib
import tempfile

import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
n, x = economy.n, economy.x
f = economy.Fd.sum(axis=1)
per_output = np.where(x == 0, 0, 1 / np.where(x == 0, 1, x))
everyone = list(range(n))


def trade(Ad, Am, v, product, users, imported=None, change=None):
    at_home, abroad = (Ad[product, users] @ x[users], Am[product, users] @ x[users])
    s = abroad / (at_home + abroad)
    t = s + change if imported is None else imported
    for j in users:
        both = Ad[product, j] + Am[product, j]
        Am[product, j] = Am[product, j] * t / s if t < s else both - Ad[product, j] * (1 - t) / (1 - s)
        Ad[product, j] = both - Am[product, j]


def supply(Ad, Am, v, source, instead, users, share, price=1.0):
    mean = (Am[instead] @ x) / ((Ad + Am)[instead] @ x)
    for j in users:
        less = share * (Ad[source, j] + Am[source, j])
        both = Ad[instead, j] + Am[instead, j]
        abroad = Am[instead, j] / both if both > 0 else mean
        Ad[source, j] *= 1 - share
        Am[source, j] *= 1 - share
        Ad[instead, j] += price * less * (1 - abroad)
        Am[instead, j] += price * less * abroad
        v[j] += (1 - price) * less


def written(kind, **keys):
    quoted = lambda code: f'"{code + 1:02}"'
    lines = [f"[[{kind}]]"]
    for key, value in keys.items():
        if key == "users":
            lines.append(f"users = [{', '.join(map(quoted, value))}]")
        else:
            lines.append(f"{key} = {quoted(value) if key in ('what', 'from', 'to') else value}")
    return "\n".join(lines) + "\n"


cases = {
    "chips at home": [("trade", dict(product=10, users=everyone, change=-0.1))],
    "fewer made at home": [("trade", dict(product=11, users=[12, 13], imported=0.6))],
    "fuel to power": [("supply", dict(source=5, instead=16, users=everyone, share=0.2))],
    "at another price, who buys none of it too": [
        ("supply", dict(source=8, instead=6, users=[3, 9, 13, 18], share=0.35, price=1.4))
    ],
    "three, one after the other": [
        ("supply", dict(source=5, instead=6, users=[20, 19], share=0.5, price=0.8)),
        ("trade", dict(product=6, users=[20, 19, 2], imported=0.45)),
        ("supply", dict(source=6, instead=5, users=[20, 2], share=0.1)),
    ],
}
for name, mixes in cases.items():
    Ad, Am = economy.Ad.copy(), economy.Am.copy()
    v = economy.inputs.sum(axis=0) * per_output
    text = ""
    for kind, of in mixes:
        (trade if kind == "trade" else supply)(Ad, Am, v, **of)
        keys = {"product": "what", "source": "from", "instead": "to"}
        text += written(f"{kind}_mix", **{keys.get(key, key): value for key, value in of.items()})
    after = np.linalg.solve(np.eye(n) - Ad, f)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "mix.toml"
        file.write_text(text)
        told = answer("impact", str(file), "--table", "kr-2023-33")
    mix, jobs = told["mix"], economy.satellites[:, 0]
    same(f"{name}: output before", mix["output"]["before"], x)
    same(f"{name}: output", mix["output"]["after"], after)
    same(f"{name}: value added", mix["value_added"]["after"], v * after)
    same(f"{name}: imports", mix["imports"]["after"], Am.sum(axis=0) * after)
    same(f"{name}: jobs", mix["accounts"][0][1]["after"], jobs * per_output * after)
