"""A table as numpy sees it: the matrices that `leontief export` writes, and what the program answers.

Rows supply, columns use; figures in the table's unit of money. The peers beside this file compute the same as the
program by formula, from these matrices alone, and compare to 1e-9.
"""
import io
import json
import os
import pathlib
import subprocess
import tempfile
import zipfile

import numpy as np

PROGRAM = os.environ.get("LEONTIEF", str(pathlib.Path(__file__).resolve().parents[2] / "target" / "release" / "leontief"))


def leontief(*arguments):
    """What the program prints."""
    return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True).stdout


def answer(*arguments):
    """What the program answers, as JSON."""
    return json.loads(leontief(*arguments, "--format", "json"))


class Economy:
    """Domestic flows Zd and imported flows Zm (n x n), final demand (n x categories), output x, primary inputs
    (rows x n), coefficients Ad, Am, the inverse L of I - Ad."""

    def __init__(self, table):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "table.zip"
            leontief("export", table, "-o", str(file))
            with zipfile.ZipFile(file) as archive:
                held = {
                    name.removesuffix(".npy"): np.load(io.BytesIO(archive.read(name))).astype(float)
                    for name in archive.namelist()
                    if name.endswith(".npy")
                }
        self.Zd, self.Zm = held["domestic_flows"], held["imported_flows"]
        self.Fd, self.Fm = held["domestic_final_demand"], held["imported_final_demand"]
        self.inputs, self.x, self.satellites = held["primary_inputs"], held["output"].ravel(), held.get("satellites")
        made = np.where(self.x == 0, 1, self.x)
        self.Ad, self.Am = self.Zd / made, self.Zm / made
        self.n = len(self.x)
        self.L = np.linalg.inv(np.eye(self.n) - self.Ad)


def same(what, ours, theirs, tolerance=1e-9):
    """Ends the run where two figures, or lists of them, are not the same."""
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    assert ours.shape == theirs.shape, f"{what}: {ours.shape} and {theirs.shape}"
    apart = np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs)), initial=0)
    assert apart <= tolerance, f"{what}: {apart:.1e} apart"
    print(f"{what}: {apart:.1e}")
