"""Reads the two matrices of a table's folder with pandas, as `leontief sectors --table FOLDER` reads the table.

    venv/bin/pip install pandas
    /usr/bin/time -v venv/bin/python benches/python/read_csv.py FOLDER
    /usr/bin/time -v target/release/leontief sectors --search "부문 1" --table FOLDER

Prints the seconds of each matrix, without the start of Python and the import of pandas.
"""

import sys
import time
from pathlib import Path

import pandas as pd

for name in ("domestic_flows", "imported_flows"):
    start = time.perf_counter()
    matrix = pd.read_csv(Path(sys.argv[1]) / f"{name}.csv", index_col=0)
    print(f"{name} {matrix.shape} {time.perf_counter() - start:.3f} s")
