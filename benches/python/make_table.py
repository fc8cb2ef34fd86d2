"""Writes a made-up table of n sectors as a folder in the project's format.

    venv/bin/python benches/python/make_table.py 2000 big/ [--kind flows|coefficients]
        [--density 1.0] [--seed 1] [--decimals 6]

Nothing about it is symmetric; every row and column adds up to its output. A share `density` of the cells
of the domestic matrix, and a tenth of it of the imported one, is above 0; inputs take 0.3 to 0.7 of
output. Flows are written with `decimals` decimals, coefficients with as many again.
"""

import argparse
from pathlib import Path

import numpy as np

TOML = """\
id = "made-{n}"
kind = "{kind}"
title = {{ en = "Made up, {n} sectors", ko = "가상 산업연관표, {n}부문" }}
year = 2023
country = {{ en = "Nowhere", ko = "가상국" }}
classification = "made-{n}"
currency = "KRW"
unit = 1_000_000
price_basis = {{ en = "basic prices", ko = "기초가격" }}
attribution = {{ en = "Made up by benches/python/make_table.py", ko = "benches/python/make_table.py로 생성" }}
modifications = {{ en = "none", ko = "없음" }}

[[account]]
id = "jobs"
title = {{ en = "Jobs", ko = "취업자" }}
unit = {{ en = "persons", ko = "명" }}
"""

BLOCKS = """
[[final_demand]]
id = "household"
role = "household"
title = { en = "Household consumption", ko = "민간소비" }

[[final_demand]]
id = "fixed_capital"
role = "fixed_capital"
title = { en = "Fixed capital formation", ko = "고정자본형성" }

[[primary_input]]
id = "compensation"
role = "compensation"
title = { en = "Compensation of employees", ko = "피용자보수" }

[[primary_input]]
id = "operating_surplus"
role = "operating_surplus"
title = { en = "Operating surplus", ko = "영업잉여" }
"""


def write(folder, name, header, rows, codes, decimals):
    """A row at a time: the text of a large matrix would take more memory than the matrix."""
    with open(folder / f"{name}.csv", "w", encoding="utf-8") as file:
        file.write(",".join(header) + "\n")
        for code, row in zip(codes, rows):
            values = np.round(row, decimals).tolist()
            file.write(code + "," + ",".join(["0" if v == 0 else repr(v) for v in values]) + "\n")


def sparse(rng, n, density):
    """Above 0 in a share of the cells, with a long tail, as input matrices are."""
    matrix = rng.exponential(1.0, (n, n)) ** 2
    if density < 1:
        matrix[rng.random((n, n)) >= density] = 0
    matrix[np.arange(n), np.arange(n)] += 1
    return matrix


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("n", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=["flows", "coefficients"], default="flows")
    parser.add_argument("--density", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--decimals", type=int, default=6)
    args = parser.parse_args()

    rng = np.random.default_rng(args.seed)
    n, folder, decimals = args.n, args.folder, args.decimals
    folder.mkdir(parents=True, exist_ok=True)
    codes = [f"S{i:05d}" for i in range(n)]
    inputs = rng.uniform(0.3, 0.7, n)
    abroad = rng.uniform(0.05, 0.3, n)
    domestic = sparse(rng, n, args.density)
    domestic *= inputs * (1 - abroad) / domestic.sum(0)
    imported = sparse(rng, n, args.density / 10)
    imported *= inputs * abroad / imported.sum(0)
    jobs = rng.exponential(8.0, n)  # per billion won of output

    text = TOML.format(n=n, kind=args.kind)
    with open(folder / "sectors.csv", "w", encoding="utf-8") as file:
        file.write("code,name_ko,name_en,group\n")
        file.writelines(f"{code},부문 {i},Sector {i},\n" for i, code in enumerate(codes))

    if args.kind == "coefficients":
        decimals *= 2
        domestic, imported = domestic.round(decimals), imported.round(decimals)
        value_added = 1 - domestic.sum(0) - imported.sum(0)
        blocks = [
            ("domestic_coefficients", codes, domestic),
            ("import_coefficients", codes, imported),
            ("value_added_coefficients", ["value_added"], value_added[:, None]),
            ("satellite_coefficients", ["jobs"], jobs[:, None]),
        ]
    else:
        text += BLOCKS
        # Output that leaves something for final demand: x = L f for a demand above 0, by the power series.
        demand = rng.exponential(1e6, n)
        output = demand.copy()
        for _ in range(100):
            output = domestic @ output + demand
        for matrix in (domestic, imported):
            matrix *= output
            np.round(matrix, decimals, out=matrix)
        demand = demand.round(decimals)
        output = (domestic.sum(1) + demand).round(decimals)
        added = output - domestic.sum(0) - imported.sum(0)
        wages = (added * rng.uniform(0.3, 0.8, n)).round(decimals)
        consumed = (demand * rng.uniform(0.2, 0.9, n)).round(decimals)
        blocks = [
            ("domestic_flows", codes, domestic),
            ("imported_flows", codes, imported),
            ("domestic_final_demand", ["household", "fixed_capital"], np.stack([consumed, demand - consumed], 1)),
            ("imported_final_demand", ["household", "fixed_capital"], np.stack([consumed, consumed[::-1]], 1) * 0.1),
            ("output", ["output"], output[:, None]),
            ("satellites", ["jobs"], (jobs * output * 1e-3)[:, None]),
        ]
        write(folder, "primary_inputs", ["part", *codes], [wages, added - wages], ["compensation", "operating_surplus"], decimals)
    (folder / "table.toml").write_text(text, encoding="utf-8")
    for name, columns, block in blocks:
        write(folder, name, ["code", *columns], block, codes, decimals)


if __name__ == "__main__":
    main()
