"""Writes scipy.json: figures by scipy, numpy and statsmodels that the statistics are held against.

    pip install scipy statsmodels
    python scipy_fixtures.py > scipy.json
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(1904)


def rounded(values):
    return [float(f"{v:.12g}") for v in np.asarray(values, dtype=float).ravel()]


quantiles = []
for n in (1, 2, 5, 10, 37):
    values = rounded(np.sort(rng.normal(size=n)))
    shares = [0.0, 0.025, 0.3, 0.5, 0.975, 1.0]
    quantiles.append({"sorted": values, "shares": shares, "expected": rounded(np.quantile(values, shares))})

holm = []
for n in (1, 3, 8, 20):
    p = rounded(rng.uniform(size=n) ** 3)
    holm.append({"p": p, "expected": rounded(multipletests(p, method="holm")[1])})

sign_flips = []
for n in (3, 7, 12):
    sums = rounded(rng.normal(0.4, 1.0, size=n))
    test = stats.permutation_test(
        (sums,), lambda x, axis: np.sum(x, axis=axis), permutation_type="samples", n_resamples=np.inf,
        alternative="two-sided",
    )
    sign_flips.append({"sums": sums, "p": float(test.pvalue)})

bootstrap = []
for n in (8, 25, 60):
    scores = rounded(rng.beta(2, 3, size=n))
    result = stats.bootstrap(
        (scores,), np.mean, n_resamples=200_000, method="percentile", random_state=rng, batch=5000
    )
    low, high = result.confidence_interval
    bootstrap.append({
        "scores": scores, "low": float(low), "high": float(high), "error": float(result.standard_error),
    })

tails = [
    {"groups": n, "expected": float(stats.norm.cdf(stats.t.ppf(0.025, n - 1) * np.sqrt(n / (n - 1))))}
    for n in (2, 5, 20, 150)
]

auroc = []
for n in (6, 40):
    p = rounded(np.round(rng.uniform(size=n), 1))
    right = [bool(b) for b in rng.uniform(size=n) < np.asarray(p)]
    right[0], right[1] = True, False
    u = stats.mannwhitneyu(
        [q for q, r in zip(p, right) if r], [q for q, r in zip(p, right) if not r]
    ).statistic
    auroc.append({"p": p, "right": right, "expected": float(u / (sum(right) * (n - sum(right))))})

json.dump(
    {
        "made_with": {"scipy": scipy.__version__, "numpy": np.__version__},
        "quantiles": quantiles, "holm": holm, "sign_flips": sign_flips, "bootstrap": bootstrap,
        "tails": tails, "auroc": auroc,
    },
    sys.stdout,
)
sys.stdout.write("\n")
