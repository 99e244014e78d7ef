"""Writes everyday_linear.jsonl: what scikit-learn 1.2 makes of the sets of everyday.py with its linear learners, a set a line.

    python3 tests/golden/everyday_linear.py

Penalised intercepts and stochastic gradient descent depend on where the features have their 0 and on their units, so that
these learn from standardised samples, as their docstrings advise. Machines without a penalty learn from the samples as they
are: scikit-learn gets them about their means and in one unit, which changes C alone.
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import linear_model, neighbors, svm

from everyday import digits, moved, spread, squared_units
from everyday_sets import SETS

TIGHT = {"tol": 1e-12, "max_iter": 20_000_000}


def fitted(model, Z, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # few passes do not converge, and need not
        return model.fit(Z, y)


def weights(model):
    return {"coef": np.asarray(model.coef_).ravel(), "intercept": np.asarray(model.intercept_).ravel()}


def descents(Z, labels, y):
    few = {"shuffle": False, "max_iter": 4, "tol": None}
    return {
        "Perceptron": weights(fitted(linear_model.Perceptron(**few), Z, labels)),
        "SGDClassifier": weights(fitted(linear_model.SGDClassifier(**few), Z, labels)),
        "SGDRegressor": weights(fitted(linear_model.SGDRegressor(penalty="elasticnet", **few), Z, y)),
    }


def squared(model, Z, targets, of_classes):
    """Newton steps for ½‖w‖² + ½b² + Σ (miss)²: liblinear's own stop where the objective has no more digits."""
    A = np.hstack([Z, np.ones((len(Z), 1))])
    W = np.hstack([np.atleast_2d(model.coef_), np.reshape(model.intercept_, (-1, 1))])
    for row, t in zip(W, targets):
        start = row.copy()
        for _ in range(20):
            away = A @ row - t
            missed = t * away < 0 if of_classes else away != 0
            H = np.eye(A.shape[1]) + 2 * A[missed].T @ A[missed]
            row -= np.linalg.solve(H, row + 2 * A[missed].T @ away[missed])
        assert np.abs(row - start).max() < 1e-5 * max(1, np.abs(row).max()), (row, start)
    return {"coef": W[:, :-1], "intercept": W[:, -1]}


def penalised(Z, labels, y):
    classes = np.unique(labels)
    own = classes[1:] if len(classes) == 2 else classes
    sides = [np.where(labels == c, 1.0, -1.0) for c in own]
    machine = fitted(svm.LinearSVC(dual=False, **TIGHT), Z, labels)
    line = fitted(svm.LinearSVR(loss="squared_epsilon_insensitive", dual=False, **TIGHT), Z, y)
    found = {"LinearSVC": squared(machine, Z, sides, True), "LinearSVR": squared(line, Z, [y], False)}
    if len(classes) > 2:
        return found
    hinge = fitted(svm.LinearSVC(loss="hinge", tol=1e-9, max_iter=20_000_000), Z, labels)
    return {**found, "LinearSVC hinge": weights(hinge)}


def centroids(X, labels):
    """Centroids, and the nearest of the samples that are clearly nearer to one than to the others."""
    Z, unit = squared_units(X)
    model = neighbors.NearestCentroid().fit(Z, labels)
    far = np.sort(np.sqrt(((Z[:, None] - model.centroids_[None]) ** 2).sum(axis=2)), axis=1)
    rows = np.flatnonzero(far[:, 1] - far[:, 0] > 1e-9)
    return {"centres": model.centroids_ * unit + moved(X)[1], "rows": rows, "labels": model.predict(Z[rows])}


def main():
    lines = []
    for name, given in SETS.items():
        X, labels, y = given["X"], given["labels"], given["target"]
        Z = moved(X)[0] / spread(X)
        found = {
            **descents(Z, labels, y),
            **penalised(Z, labels, y),
            "NearestCentroid": centroids(X, labels),
        }
        print(name, len(found))
        lines.append(json.dumps({"name": name, "expected": digits(found)}, separators=(",", ":")))
    (pathlib.Path(__file__).parent / "everyday_linear.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
