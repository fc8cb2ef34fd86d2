"""A table goes to pymrio's folder, is loaded by pymrio itself, worked out by it, saved by it and read back.

A, L and the multipliers that pymrio works out are those of the program to 1e-9, and the figures that come back are
those that went. Left out where pymrio is not installed.
"""
import pathlib
import subprocess
import sys
import tempfile

try:
    import pymrio
except ImportError:
    print("no pymrio: left out")
    sys.exit(0)

from economy import PROGRAM, Economy, answer, leontief, same

TABLE = "kr-2020-33"
own = Economy(TABLE)

with tempfile.TemporaryDirectory() as folder:
    there = pathlib.Path(folder) / "there"
    leontief("export", TABLE, "--as", "pymrio", "-o", f"{there}/")
    world = pymrio.load_all(there)
    world.calc_all()

    # The country is the first region: its own block of A is Ad, what it buys of the other Am.
    home = world.get_regions()[0]
    A = world.A.to_numpy()
    n = own.n
    same("Ad", A[:n, :n], own.Ad)
    same("Am", A[n:, :n], own.Am)
    same("x", world.x.to_numpy().ravel()[:n], own.x)
    # The other region makes what is imported from nothing of the country's, so that L keeps its blocks.
    L = world.L.to_numpy()
    same("L", L[:n, :n], own.L)

    # Multipliers of output, as the program prints them.
    ours = answer("multipliers", "--table", TABLE, "--type", "1")["by_sector"]
    same("output multipliers", [ours[code]["output"] for code in sorted(ours)], L[:n, :n].sum(axis=0))

    # Saved by pymrio and read back.
    back = pathlib.Path(folder) / "back"
    world.reset_to_flows()
    world.save_all(back)
    leontief("import", str(back), "--country", home, "--year", "2020", "--to", f"{folder}/again")
    again = Economy(f"{folder}/again")
    same("Zd, back", again.Zd, own.Zd)
    same("Zm, back", again.Zm, own.Zm)
    same("x, back", again.x, own.x)

    # As Parquet, where the program reads it; else it says what it was built without.
    packed = pathlib.Path(folder) / "packed"
    world.save_all(packed, table_format="parquet")
    asked = ["import", str(packed), "--country", home, "--year", "2020", "--to", f"{folder}/unpacked"]
    done = subprocess.run([PROGRAM, *asked], capture_output=True, text=True)
    if done.returncode == 0:
        unpacked = Economy(f"{folder}/unpacked")
        same("Zd, from Parquet", unpacked.Zd, own.Zd)
        same("x, from Parquet", unpacked.x, own.x)
    else:
        assert "feature parquet" in done.stderr, done.stderr
        print("built without Parquet: the sentence names it")
