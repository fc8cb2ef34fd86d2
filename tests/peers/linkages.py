"""Linkages by formula (Rasmussen 1957; Hirschman; Guilhoto, Sonis and Hewings; Dietzenbacher, Romero and Bosma;
Schintke and Staeglin; Carvalho; Liang, Qu and Xu)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
A, L, x, n = economy.Ad, economy.L, economy.x, economy.n
I, f = np.eye(n), x - A @ x
B = economy.Zd / x[:, None]
G = np.linalg.inv(I - B)


def ours(method, *arguments):
    found = answer("linkages", "--table", "kr-2023-33", "--method", method, *arguments)
    order = [sector["code"] for sector in found["sectors"]]
    column = lambda measure: [found["by_sector"][code][measure] for code in order]
    pairs = [(order.index(p["supplier"]["code"]), order.index(p["user"]["code"]), p["values"]) for p in found["pairs"]["pairs"]]
    return column, pairs


of, _ = ours("rasmussen")
same("influence", of("influence"), L.sum(axis=0) / L.mean() / n)
same("its variation", of("influence_variation"), L.std(axis=0, ddof=1) / L.mean(axis=0))
same("variation of sensitivity", of("sensitivity_variation"), L.std(axis=1, ddof=1) / L.mean(axis=1))
of, _ = ours("hirschman", "--weighted")
same("direct forward", of("forward_direct"), B.sum(axis=1))
same("forward", of("forward"), G.sum(axis=1))
w = x - economy.Zd.sum(axis=0)
same("weighted forward index", of("forward_index"), G.sum(axis=1) * w / np.mean(G.sum(axis=1) * w))
of, _ = ours("pure")
backward, forward = np.zeros(n), np.zeros(n)
for j in range(n):
    r = [i for i in range(n) if i != j]
    others, own = np.linalg.inv(np.eye(n - 1) - A[np.ix_(r, r)]), 1 / (1 - A[j, j])
    backward[j] = (others @ A[r, j]).sum() * own * f[j]
    forward[j] = own * A[j, r] @ others @ f[r]
same("pure backward", of("backward") / x, backward / x)
same("pure forward", of("forward") / x, forward / x)
of, pairs = ours("apl", "--pairs", "40")
rounds, beyond = L @ (L - I), L - I
same("backward length", of("backward_rounds"), rounds.sum(axis=0) / beyond.sum(axis=0))
same("forward length", of("forward_rounds"), (G @ (G - I)).sum(axis=1) / (G - I).sum(axis=1))
same("length of pairs", [v[1] for *_, v in pairs], [rounds[i, j] / beyond[i, j] for i, j, _ in pairs])
strength = (beyond + G - I) / 2
same("the strongest pairs", [v[0] for *_, v in pairs], np.sort(strength.ravel())[::-1][:40])
of, pairs = ours("influence", "--pairs", "40")
limit = lambda i, j: 0.01 / (A[i, j] * (0.01 * L[j, i] + x[j] * np.max(L[:, i] / x)))
limits = [limit(i, j) for i in range(n) for j in range(n) if A[i, j] > 0]
same("tolerable changes", [v[1] for *_, v in pairs], np.sort(limits)[:40])
same("fields of influence", [v[2] for *_, v in pairs], [np.outer(L[:, i], L[j]).sum() for i, j, _ in pairs])
of, _ = ours("network", "--by", "jobs")
jobs = economy.satellites[:, 0]
same("betweenness", of("betweenness"), (jobs / x @ L - jobs / x) * (x - f) / jobs.sum())
P = np.maximum(A, 0)
W = P / P.sum(axis=0)
for name, chance in [("katz_bonacich", 0.5), ("pagerank", 0.85)]:
    same(name, of(name), np.linalg.solve(I - chance * W, np.full(n, (1 - chance) / n)))
values, vectors = np.linalg.eig(P)
first = np.abs(vectors[:, np.argmax(values.real)].real)
same("eigenvector", of("eigenvector"), first / first.sum())
