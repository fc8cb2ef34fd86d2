"""GRAS as Lenzen, Wood & Gallego (2007) have it, row and column by turns, on a table brought to another's totals."""
import pathlib
import tempfile

import numpy as np
from economy import Economy, leontief, same

old, new = Economy("kr-2020-33"), Economy("kr-2023-33")


def stacked(of):
    return np.block([[of.Zd, of.Fd], [of.Zm, of.Fm]])


def gras(prior, rows, columns):
    """P r - N / r = t for each row, then for each column."""
    positive, negative = np.maximum(prior, 0), np.maximum(-prior, 0)
    r, s = np.ones(len(rows)), np.ones(len(columns))

    def factor(p, n, total):
        root = np.sqrt(total**2 + 4 * p * n)
        return np.where(p > 0, (total + root) / np.where(p > 0, 2 * p, 1), np.where(n > 0, -n / np.where(total == 0, 1, total), 1))

    for _ in range(3000):
        r = factor(positive @ s, negative @ (1 / s), rows)
        r[r == 0] = 1
        s = factor(r @ positive, (1 / r) @ negative, columns)
        s[s == 0] = 1
    return positive * np.outer(r, s) - negative / np.outer(r, s)


target = stacked(new)
expected = gras(stacked(old), target.sum(axis=1), target.sum(axis=0))
with tempfile.TemporaryDirectory() as folder:
    made = str(pathlib.Path(folder) / "made")
    leontief("update", "kr-2020-33", "--totals", "kr-2023-33", "-o", made)
    made = Economy(made)
same("updated flows", stacked(made) / old.x.sum(), expected / old.x.sum())
same("totals", stacked(made).sum(axis=1) / new.x.sum(), target.sum(axis=1) / new.x.sum())
