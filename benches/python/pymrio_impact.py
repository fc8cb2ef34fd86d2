"""What a Python user runs today: the same table, the same demand, with pymrio.

    python -m venv venv && venv/bin/pip install pymrio
    venv/bin/python benches/python/pymrio_impact.py tables/kr-2023-83 31=1000000

Reads the folder of a table of flows, builds an IOSystem of domestic flows with value added, imports
and jobs as factor inputs, lets pymrio compute everything (calc_all), and prints what a demand (million
won) for domestic products sets off: output, value added, imports, jobs.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pymrio


def read(folder: Path) -> pymrio.IOSystem:
    def grid(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"{name}.csv", index_col=0, dtype={0: str})

    flows = grid("domestic_flows")
    codes = [f"{int(code):02d}" for code in flows.index]
    labels = pd.MultiIndex.from_product([["kor"], codes], names=["region", "sector"])

    def labelled(frame: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(frame.to_numpy(), index=labels, columns=labels)

    demand = grid("domestic_final_demand")
    categories = pd.MultiIndex.from_product(
        [["kor"], demand.columns], names=["region", "category"]
    )
    factors = pd.DataFrame(
        np.vstack(
            [
                grid("primary_inputs").sum().to_numpy(),
                grid("imported_flows").sum().to_numpy(),
                grid("satellites")["jobs"].to_numpy(),
            ]
        ),
        index=["value added", "imports", "jobs"],
        columns=labels,
    )
    system = pymrio.IOSystem(
        Z=labelled(flows),
        Y=pd.DataFrame(demand.to_numpy(), index=labels, columns=categories),
        factors={"name": "factors", "F": factors},
    )
    system.calc_all()
    return system


def main() -> None:
    folder = Path(sys.argv[1])
    system = read(folder)
    demand = pd.Series(0.0, index=system.L.index)
    for shock in sys.argv[2:]:
        code, amount = shock.split("=")
        demand[("kor", code)] += float(amount)
    output = system.L @ demand
    factors = system.factors.S @ output
    print(f"output {output.sum():.1f}")
    for name in factors.index:
        print(f"{name} {factors[name]:.1f}")


if __name__ == "__main__":
    main()
