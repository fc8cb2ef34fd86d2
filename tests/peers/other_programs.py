"""The same questions asked of the programs that others use: pymrio, MARIO (mariopy), quadrium and cgelab.

Each is left out where it is not installed: `pip install pymrio mariopy quadrium cgelab`. docs/peers.md has the figures.
"""
import importlib.util
import pathlib
import tempfile

import numpy as np
from economy import Economy, answer, leontief, same

TABLE = "kr-2023-33"
own = Economy(TABLE)
n = own.n


def there(name):
    if importlib.util.find_spec(name):
        return True
    print(f"no {name}: left out")
    return False


def column(found, measure):
    """A measure by sector, in the order of the table, which is that of its codes."""
    return [found["by_sector"][code][measure] for code in sorted(found["by_sector"])]


if there("pymrio"):
    import pymrio

    with tempfile.TemporaryDirectory() as folder:
        leontief("export", TABLE, "--as", "pymrio", "-o", f"{folder}/world")
        world = pymrio.load_all(f"{folder}/world")
    world.calc_all()
    multipliers = answer("multipliers", "--table", TABLE, "--type", "1")
    same("pymrio: L", world.L.to_numpy()[:n, :n], own.L)
    jobs = world.accounts.M.to_numpy()[0, :n]
    found = np.array(column(multipliers, "jobs")) / 1e3  # per billion won, where pymrio has them per million
    same("pymrio: jobs per unit of demand", found, jobs)

    if there("mario"):
        import mario
        import pandas as pd

        for extension in (world.factor_inputs, world.accounts):
            # MARIO ends with an AttributeError where an extension has no figures of final demand.
            extension.F_Y = pd.DataFrame(0.0, index=extension.F.index, columns=world.Y.columns)
        economy = mario.parse_from_pymrio(
            world, value_added={"factor_inputs": "all"}, satellite_account={"accounts": "all"}
        )
        # Of the country alone: without the region that the imports come from.
        linked = economy.calc_linkages(normalized=False, cut_diag=False, multi_mode=True)
        found = answer("linkages", "--table", TABLE, "--method", "hirschman")
        for ours, theirs in (
            ("backward", "Total Backward"),
            ("backward_direct", "Direct Backward"),
            ("forward", "Total Forward"),
            ("forward_direct", "Direct Forward"),
        ):
            same(f"MARIO: {ours}", column(found, ours), linked[theirs, "Local"].to_numpy()[:n])

        # Mixes of one user, which both take alike: MARIO gives each its own shares of the rows of a region.
        home, abroad = economy.get_index("Region")[:2]
        sectors = economy.get_index("Sector")

        def mixed(written, scenario, update):
            economy.clone_scenario("baseline", scenario)
            update()
            theirs = economy.query(matrices=["X"], scenarios=[scenario]).to_numpy()[:n, 0]
            with tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder) / "mix.toml"
                file.write_text(written)
                found = answer("impact", str(file), "--table", TABLE)
            same(f"MARIO: output with a {scenario} mix", found["mix"]["output"]["after"], theirs)

        of_one = lambda scenario, user: dict(scenario=scenario, column_sectors=[sectors[user]], column_categories=[])
        mixed(
            '[[trade_mix]]\nwhat = "12"\nimported = 0.6\nusers = ["13"]\n',
            "trade",
            lambda: economy.update_trade_mix({home: {home: 0.4, abroad: 0.6}}, items=sectors[11], **of_one("trade", 12)),
        )
        # Neither of the two is imported by mining.
        repair, power = own.Ad[15, 1], own.Ad[16, 1]
        left = 0.5 * repair / (repair + power)
        shares = {home: {sectors[15]: left, sectors[16]: 1 - left}}
        mixed(
            '[[supply_mix]]\nfrom = "16"\nto = "17"\nshare = 0.5\nusers = ["02"]\n',
            "supply",
            lambda: economy.update_supply_mix(shares, **of_one("supply", 1)),
        )

if there("quadrium"):
    from quadrium.gras import gras
    from quadrium.transformation import transform

    old, new = Economy("kr-2020-33"), own
    stacked = lambda of: np.block([[of.Zd, of.Fd], [of.Zm, of.Fm]])
    prior, target = stacked(old), stacked(new)
    # quadrium divides by zero where a row is to become nothing: those are left out.
    kept = np.abs(target).sum(axis=1) > 0
    theirs = np.zeros_like(prior)
    theirs[kept] = gras(prior[kept], target[kept].sum(axis=1), target[kept].sum(axis=0), eps=1e-13, max_iter=20_000).X
    with tempfile.TemporaryDirectory() as folder:
        leontief("update", "kr-2020-33", "--totals", TABLE, "-o", f"{folder}/made")
        made = stacked(Economy(f"{folder}/made"))
    same("quadrium: GRAS", made / old.x.sum(), theirs / old.x.sum())

    # Supply and use by all four models.
    rng = np.random.default_rng(11)
    k = 7
    supply = np.diag(rng.uniform(500, 2_000, k)) + rng.uniform(0, 60, (k, k))
    q, g = supply.sum(axis=1), supply.sum(axis=0)
    use = rng.uniform(0, 0.8, (k, k)) * g / k
    demand, value_added = q - use.sum(axis=1), g - use.sum(axis=0)

    def text(columns, rows):
        lines = [",".join(["", *columns])]
        for name, values in rows:
            lines.append(",".join([name, *("" if v is None else repr(float(v)) for v in values)]))
        return "\n".join(lines) + "\n"

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        products, industries = [f"c{i}" for i in range(k)], [f"i{i}" for i in range(k)]
        (folder / "supply.csv").write_text(text(industries, zip(products, supply)))
        uses = [(name, [*row, y]) for name, row, y in zip(products, use, demand)]
        uses.append(("compensation of employees", [*value_added, None]))
        (folder / "use.csv").write_text(text([*industries, "households"], uses))
        for model in "ABCD":
            files = (str(folder / "supply.csv"), str(folder / "use.csv"))
            leontief("supply-use", *files, "--model", model, "--year", "2020", "-o", str(folder / model))
            made = Economy(str(folder / model))
            none = np.zeros((k, k))
            theirs = transform(model, supply, use, none, demand[:, None], demand[:, None] * 0, value_added[None], g, q)
            same(f"quadrium: model {model}", made.Zd / made.x, theirs.Sd / made.x)

if there("cgelab"):
    import pandas as pd
    from cgelab import SAM, accounting_multipliers, structural_paths

    # Sectors, labour, capital, households and all that is given, as `leontief sam` has them.
    pay, basket = own.inputs[0], own.Fd[:, 0] / (own.Fd[:, 0] + own.Fm[:, 0]).sum()
    ours = answer("sam", "--table", TABLE)
    income = pay.sum()
    flows = np.zeros((n + 4, n + 4))
    flows[:n, :n], flows[n, :n], flows[n + 1, :n] = own.Zd, pay, own.inputs[1] + own.inputs[2]
    flows[n + 2, n], flows[:n, n + 2] = income, ours["share_spent"] * income * basket
    # What each account pays is what it gets.
    receipts = np.append(own.x, [income, flows[n + 1].sum(), income])
    flows[n + 3, : n + 3] = receipts - flows[: n + 3, : n + 3].sum(axis=0)
    flows[: n + 3, n + 3] = receipts - flows[: n + 3, : n + 3].sum(axis=1)
    names = [*(str(k) for k in range(n)), "labour", "capital", "households", "given"]
    matrix = SAM.from_square(pd.DataFrame(flows, index=names, columns=names))
    theirs = accounting_multipliers(matrix, endogenous=names[:-1])
    M = theirs.M.loc[names[:-1], names[:-1]].to_numpy()
    all_of = lambda parts: sum(parts.values())
    same("cgelab: output", [all_of(o["output"]) for o in ours["multipliers"]], M[:n].sum(axis=0))
    same("cgelab: households", [all_of(o["households"]) for o in ours["multipliers"]], M[n + 2])
    ours = answer("sam", "--table", TABLE, "--from", "12", "--to", "households", "--paths", "5")
    paths = structural_paths(theirs, "11", "households", threshold=1e-3)
    same("cgelab: total influence of paths", [p["total"] for p in ours["paths"]], paths["total"].to_numpy()[:5])
    same("cgelab: path multipliers", [p["multiplier"] for p in ours["paths"]], paths["path_multiplier"].to_numpy()[:5])
