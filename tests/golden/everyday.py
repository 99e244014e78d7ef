"""Writes everyday.jsonl: forty data sets and what scikit-learn 1.2 makes of them, a set a line.

    python3 tests/golden/everyday.py

What scikit-learn's contract defines is the optimum of an objective, a mean, a distance. Its own float64 loses digits of raw
timestamps, too (‖x‖² − 2x·s + ‖s‖² cancels; lbfgs does not converge), so that every estimator gets the samples shifted and
scaled as far as its contract allows: answers of the raw samples follow exactly, and solvers get tight tolerances. Logistic
regression is finished with Newton steps and must not be worse than scikit-learn's.
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import cluster, decomposition, linear_model, metrics, naive_bayes, neighbors, preprocessing, svm

from everyday_sets import SETS

warnings.simplefilter("error")
FEW = 4  # rows whose answers are kept
PLACES = {"mean", "theta", "centres", "intercept", "queries", "featureLogProb"}


def digits(value, exact=False):
    """Ten digits, which are more than anything compares; all digits of what keeps the place of the samples."""
    if isinstance(value, dict):
        return {key: digits(each, key in PLACES) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return digits(value.ravel().tolist(), exact)
    if isinstance(value, list):
        return [digits(each, exact) for each in value]
    return float(f"{value:.10g}") if isinstance(value, float) and not exact else value


def moved(X):
    """X about its means, and the shift; float64 keeps what tells rows apart."""
    pivot = X[0]
    shift = pivot + (X - pivot).mean(axis=0)
    return X - shift, shift


def spread(X):
    return np.where(X.std(axis=0) > 0, X.std(axis=0), 1)


def scalers(X):
    Z, shift = moved(X)
    standard = preprocessing.StandardScaler().fit(Z)
    return {
        "StandardScaler": {"mean": shift + standard.mean_, "scale": standard.scale_, "rows": standard.transform(Z)[:FEW]},
        "MinMaxScaler": {"rows": preprocessing.MinMaxScaler().fit_transform(X - X[0])[:FEW]},
        "PolynomialFeatures": {"rows": preprocessing.PolynomialFeatures(2).fit_transform(X)[:FEW]},
    }


def pca(X):
    model = decomposition.PCA(svd_solver="full").fit(moved(X)[0])
    kept = model.explained_variance_ > 1e-12 * model.explained_variance_[0]
    components = model.components_[kept]
    largest = components[np.arange(len(components)), np.abs(components).argmax(axis=1)]
    return {"explainedVariance": model.explained_variance_[kept], "components": components * np.sign(largest)[:, None]}


def of_lines(model, X, y, penalised):
    """Coefficients of the samples about their means, which is where the intercept is the mean of y."""
    Z, shift = moved(X)
    full = np.linalg.matrix_rank(Z / spread(X)) == X.shape[1]
    unit = spread(X) if full and not penalised else 1.0  # the shortest solution is shortest in the samples' own units
    model.fit(Z / unit, y)
    coef = model.coef_ / unit
    return {"coef": coef, "intercept": model.intercept_ - coef @ shift, "predictions": model.predict(Z / unit)[:FEW]}


def lines(X, y):
    Z, _ = moved(X)
    largest = np.abs(Z.T @ (y - y.mean())).max() / len(y)
    lasso, net = float(f"{0.1 * largest:.2g}"), float(f"{0.2 * largest:.2g}")
    alpha = float(f"{0.1 * (Z**2).sum(axis=0).max():.2g}")
    tight = {"tol": 1e-14, "max_iter": 10_000_000}
    return {
        "LinearRegression": of_lines(linear_model.LinearRegression(), X, y, False),
        "Ridge": {"alpha": alpha, **of_lines(linear_model.Ridge(alpha=alpha, solver="svd"), X, y, True)},
        "Lasso": {"alpha": lasso, **of_lines(linear_model.Lasso(alpha=lasso, **tight), X, y, True)},
        "ElasticNet": {"alpha": net, **of_lines(linear_model.ElasticNet(alpha=net, **tight), X, y, True)},
    }


def log_losses(W, A, index):
    scores = A @ W.T
    scores = scores - scores.max(axis=1, keepdims=True)
    P = np.exp(scores)
    P /= P.sum(axis=1, keepdims=True)
    rows = np.arange(len(A))
    return -(scores[rows, index] - np.log(np.exp(scores).sum(axis=1))).sum(), P


def newton(W, A, index, l2):
    """Newton steps for Σ log-losses + ½ Σ l2·W², W [outputs, columns]; of two classes the first has no function."""
    k = W.shape[0]
    first = 1 if k == 2 else 0
    Y = np.eye(k)[index]
    l2 = l2 if k > 2 else l2 * np.array([[0.0], [1.0]])

    def value(V):
        return log_losses(V, A, index)[0] + 0.5 * (l2 * V**2).sum()

    for _ in range(200):
        P = log_losses(W, A, index)[1]
        slope = ((P - Y).T @ A + l2 * W)[first:]
        H = np.einsum("ia,ib,ip,iq->apbq", P, -P, A, A) + np.einsum("ab,ia,ip,iq->apbq", np.eye(k), P, A, A)
        H = H[first:, :, first:, :]
        size = slope.size
        H = H.reshape(size, size) + np.diag(np.broadcast_to(l2, W.shape)[first:].ravel())
        step = np.zeros_like(W)
        unit = 1 / np.sqrt(np.diag(H))
        solved = np.linalg.lstsq(H * unit[:, None] * unit, slope.ravel() * unit, rcond=1e-14)[0] * unit
        step[first:] = solved.reshape(slope.shape)
        t = 1.0
        while value(W - t * step) > value(W) + 1e-13 * abs(value(W)) and t > 1e-10:
            t /= 2
        W = W - t * step
        if np.abs(step).max() < 1e-13 * np.abs(W).max():
            break
    return W, value(W)


def logistic(X, index):
    Z, shift = moved(X)
    unit = spread(X)
    k = index.max() + 1
    A = np.hstack([Z / unit, np.ones((len(X), 1))])
    l2 = np.append(1 / unit**2, 0.0)[None, :]
    W, least = newton(np.zeros((k, A.shape[1])), A, index, l2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = linear_model.LogisticRegression(tol=1e-10, max_iter=10_000).fit(Z, index)
    V = np.hstack([theirs.coef_ * unit, theirs.intercept_[:, None]])
    V = V if k > 2 else np.vstack([0 * V, V])
    worth = log_losses(V, A, index)[0] + 0.5 * (l2 * V**2).sum()
    assert least <= worth * (1 + 1e-9), (least, worth)
    if unit.max() / unit.min() < 100 and 0.01 < unit.max() < 100:
        V[:, -1] += (W[:, -1] - V[:, -1]).mean() if k > 2 else 0  # of more classes only differences count
        assert np.abs(W - V).max() < 1e-3 * np.abs(W).max(), (W, V)
    W = W - W.mean(axis=0) if k > 2 else W  # where Σ W² is least, however small its weight
    P = log_losses(W, A, index)[1]
    coef = W[:, :-1] / unit
    intercept = W[:, -1] - coef @ shift
    own = slice(1, 2) if k == 2 else slice(None)
    if k > 2:
        intercept = intercept - intercept.mean()
    return {"coef": coef[own], "intercept": intercept[own], "probabilities": P[:FEW]}


def squared_units(X):
    """One unit for all features: it changes no ratio of distances."""
    Z, _ = moved(X)
    return Z / Z.std(), Z.std()


def gamma_scale(X):
    """1 / (features · variance of all numbers)."""
    from_first = X - X.flat[0]
    return 1 / (X.shape[1] * from_first.var())


def machines(X, labels, y):
    Z, unit = squared_units(X)
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kernel in ["linear", "rbf"]:
            C = float(f"{1 / unit**2:.2g}") if kernel == "linear" else 1.0
            own = {"C": C * unit**2} if kernel == "linear" else {"C": C, "gamma": gamma_scale(X) * unit**2}
            model = svm.SVC(kernel=kernel, tol=1e-11, decision_function_shape="ovo", max_iter=2_000_000, **own)
            model.fit(Z, labels)
            if model.fit_status_ == 0 and free(model, own["C"]):
                found["SVC " + kernel] = {"C": C, "decisions": model.decision_function(Z)[:FEW]}
        C, epsilon = float(f"{y.std():.2g}"), float(f"{y.std() / 5:.2g}")
        model = svm.SVR(C=C, epsilon=epsilon, gamma=gamma_scale(X) * unit**2, tol=1e-10).fit(Z, y)
        if (np.abs(model.dual_coef_) < C * (1 - 1e-9)).any():
            found["SVR"] = {"C": C, "epsilon": epsilon, "predictions": model.predict(Z)[:FEW]}
    C = float(f"{y.std() / unit**2:.2g}")
    model = svm.SVR(kernel="linear", C=C * unit**2, epsilon=epsilon, tol=1e-10).fit(Z, y)
    if (np.abs(model.dual_coef_) < C * unit**2 * (1 - 1e-9)).any():
        found["LinearSVR"] = {"C": C, "epsilon": epsilon, "predictions": model.predict(Z)[:FEW]}
    return found


def free(model, C):
    """Whether every machine has a vector on its margin: only then is its intercept determined."""
    sizes = np.abs(model.dual_coef_)
    k = len(model.classes_)
    start = np.concatenate([[0], np.cumsum(model.n_support_)])
    for i in range(k):
        for j in range(i + 1, k):
            own = np.concatenate([sizes[j - 1, start[i] : start[i + 1]], sizes[i, start[j] : start[j + 1]]])
            if not ((own > 1e-9 * C) & (own < C * (1 - 1e-9))).any():
                return False
    return True


def nearest(X, labels, y):
    """Three neighbours of each query; where rounding decides who is near, the query is left out."""
    Z, unit = squared_units(X)
    queries = np.concatenate([X[:3], (X[3:6] + X[4:7]) / 2])
    asked = (queries - moved(X)[1]) / unit
    exact = np.sqrt(((asked[:, None, :] - Z[None]) ** 2).sum(axis=2))
    order = np.argsort(np.round(exact, 12), axis=1, kind="stable")[:, :4]
    far = np.take_along_axis(exact, order, axis=1)
    equal = (X[order[:, 1:]] == X[order[:, :-1]]).all(axis=2)  # the first of equal rows comes first
    clear = (equal | (np.diff(far, axis=1) > 1e-6 * far[:, 1:])).all(axis=1)
    queries, asked, indices, distances = queries[clear], asked[clear], order[clear, :3], far[clear, :3]
    if not clear.any():
        return {}
    theirs = neighbors.NearestNeighbors(n_neighbors=3, algorithm="kd_tree").fit(Z).kneighbors(asked)[0]
    assert np.allclose(distances, theirs, rtol=1e-9, atol=1e-12)
    shares = np.stack([(labels[indices] == c).mean(axis=1) for c in np.unique(labels)], axis=1)
    found = {"queries": queries.tolist(), "indices": indices}
    return {
        "KNeighborsClassifier": {**found, "distances": distances * unit, "probabilities": shares},
        "KNeighborsRegressor": {**found, "predictions": y[indices].mean(axis=1)},
    }


def gaussian(X, labels):
    Z, shift = moved(X)
    model = naive_bayes.GaussianNB().fit(Z, labels)
    if not (model.var_ > 0).all():
        return {}
    return {
        "GaussianNB": {
            "theta": model.theta_ + shift, "variance": model.var_, "joint": model.predict_log_proba(Z)[:FEW]
        }
    }


def multinomial(X, labels):
    if (X < 0).any() or X.max() > 1e11:  # counts times logs of shares near 1: float64 itself has no digits left
        return {}
    model = naive_bayes.MultinomialNB().fit(X, labels)
    return {"MultinomialNB": {"featureLogProb": model.feature_log_prob_, "joint": model.predict_log_proba(X)[:FEW]}}


def clusters(X):
    Z, unit = squared_units(X)
    rows = np.unique(X, axis=0, return_index=True)[1]
    start = np.sort(rows)[:3]
    model = cluster.KMeans(3, init=Z[start], n_init=1, tol=0, max_iter=300, algorithm="lloyd").fit(Z)
    shift = moved(X)[1]
    apart = np.sqrt(((Z[:, None] - Z[None]) ** 2).sum(axis=2))
    score = metrics.silhouette_score(apart, model.labels_, metric="precomputed")
    found = {"silhouetteScore": {"labels": model.labels_, "score": float(score)}}
    if determined(Z, Z[start]):
        centres = model.cluster_centers_ * unit + shift
        inertia = float(model.inertia_) * unit**2
        found["KMeans"] = {"start": start, "labels": model.labels_, "inertia": inertia, "centres": centres}
    return found


def determined(Z, centres):
    """Whether no sample is ever as far from one centre as from another, so that rounding does not decide."""
    for _ in range(50):
        far = np.sqrt(((Z[:, None] - centres[None]) ** 2).sum(axis=2))
        first, second = np.sort(far, axis=1)[:, :2].T
        if (second - first < 1e-6).any():
            return False
        centres = np.stack([Z[far.argmin(axis=1) == c].mean(axis=0) for c in range(len(centres))])
    return True


def scores(labels, y):
    predicted, guessed = np.roll(labels, 1), np.roll(y, 1)
    return {
        "metrics": {
            "accuracy": float(metrics.accuracy_score(labels, predicted)),
            "f1": float(metrics.f1_score(labels, predicted, average="macro", zero_division=0)),
            "r2": float(metrics.r2_score(y, guessed)),
            "meanSquaredError": float(metrics.mean_squared_error(y, guessed)),
            "meanAbsoluteError": float(metrics.mean_absolute_error(y, guessed)),
        }
    }


def answers(X, labels, target):
    return {
        **scalers(X),
        "PCA": pca(X),
        **lines(X, target),
        "LogisticRegression": logistic(X, labels),
        **machines(X, labels, target),
        **nearest(X, labels, target),
        **gaussian(X, labels),
        **multinomial(X, labels),
        **clusters(X),
        **scores(labels, target),
    }


def main():
    lines_of = []
    for name, given in SETS.items():
        print(name)
        data = {"name": name, "X": given["X"].tolist(), "labels": given["labels"].tolist(), "target": given["target"].tolist()}
        lines_of.append(json.dumps({**data, "expected": digits(answers(**given))}, separators=(",", ":")))
    (pathlib.Path(__file__).parent / "everyday.jsonl").write_text("\n".join(lines_of) + "\n")


if __name__ == "__main__":
    main()
