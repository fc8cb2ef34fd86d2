"""Multipliers as sums over columns of the inverse (Miller & Blair, 3rd ed., ch. 6)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
ours = answer("multipliers", "--table", "kr-2023-33")["by_sector"].values()


def each(measure):
    return [sector[measure] for sector in ours]


same("output", each("output"), economy.L.sum(axis=0))
same("imports", each("imports"), economy.Am.sum(axis=0) @ economy.L)
same("influence", each("influence"), economy.L.sum(axis=0) / economy.L.mean() / economy.n)
same("sensitivity", each("sensitivity"), economy.L.sum(axis=1) / economy.L.mean() / economy.n)
