"""Writes datasets.jsonl: shapes, rows, sums and names of scikit-learn's data sets.

    python3 tests/golden/datasets.py > tests/golden/datasets.jsonl

Run with Debian 12's python3-sklearn 1.2.
"""
import json

from sklearn import datasets as d

LOADERS = {
    "iris": d.load_iris,
    "wine": d.load_wine,
    "breastCancer": d.load_breast_cancer,
    "digits": d.load_digits,
    "diabetes": d.load_diabetes,
}
for name, load in LOADERS.items():
    b = load()
    print(json.dumps({
        "name": name,
        "shape": list(b.data.shape),
        "first": b.data[0].tolist(),
        "last": b.data[-1].tolist(),
        "sums": (b.data**2).sum(0).tolist(),
        "y": [float(b.target[0]), float(b.target[-1]), float((b.target * (1 + b.target)).sum())],
        "featureNames": [str(v) for v in b.feature_names],
        "targetNames": [str(v) for v in getattr(b, "target_names", [])],
    }))
