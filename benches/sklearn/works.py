"""The works of experiments.rs beside it with scikit-learn and NumPy, on one thread: prints a line a work, its name, a tab and
the median in milliseconds. Data are read before the clock starts, as there."""

import os
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import KFold
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from sklearn.preprocessing import MinMaxScaler, MaxAbsScaler, RobustScaler, StandardScaler

warnings.filterwarnings("ignore")
DATA = Path(__file__).parents[2] / "static" / "data"
TIMES, MILLIS = 9, 1500.0


def table(name):
    values = np.genfromtxt(DATA / f"{name}.csv", delimiter=",", skip_header=1)
    return np.ascontiguousarray(values[:, :-1]), values[:, -1]


def each(x):
    """Raw, min-max, z-score and robust."""
    yield x
    for scaler in (MinMaxScaler(), StandardScaler(), RobustScaler()):
        yield scaler.fit_transform(x)


def knn(x, y):
    """Leave-one-out: without an argument, kneighbors leaves each row out of its own neighbours."""
    y = y.astype(int)
    for scaled in each(x):
        near = NearestNeighbors(n_neighbors=5).fit(scaled).kneighbors(return_distance=False)
        votes = np.apply_along_axis(np.bincount, 1, y[near], minlength=y.max() + 1)
        (votes.argmax(axis=1) == y).sum()


def kmeans(x, y):
    for scaled in each(x):
        found = KMeans(n_clusters=3, n_init=100, algorithm="lloyd", tol=0.0, random_state=1).fit(scaled)
        adjusted_rand_score(y, found.labels_)


def pca(x, _):
    for scaled in each(x):
        PCA(n_components=2, svd_solver="covariance_eigh").fit_transform(scaled)


def logistic(x, y):
    """The solver by Newton's method, as in Rust."""
    for scaled in each(x):
        for train, test in KFold(10, shuffle=True, random_state=1).split(scaled):
            model = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-6, max_iter=40)
            mean = scaled[train].mean(axis=0)
            model.fit(scaled[train] - mean, y[train]).predict(scaled[test] - mean)


def descent(x, y):
    """Half the mean squared error of a linear model with a bias; each step is taken in the three weights."""
    for scaled in (x, x - x.mean(axis=0), x / [1.0, 1e6], *list(each(x))[1:]):
        rows = np.column_stack([scaled, np.ones(len(y))])
        curvature, slope = rows.T @ rows / len(y), rows.T @ y / len(y)
        best = np.linalg.solve(curvature, slope)
        rate = 1.0 / np.linalg.eigvalsh(curvature)[-1]
        place = np.zeros(3)
        done = 1e-6 * (best @ curvature @ best)
        for _ in range(100_000):
            place -= rate * (curvature @ place - slope)
            away = place - best
            if away @ curvature @ away <= done:
                break


def leakage(x, y):
    """200 splits, 10 training rows: four ways to scale the others, nearest neighbours."""
    chance = np.random.default_rng(1)
    model = KNeighborsClassifier(5)
    for _ in range(200):
        order = chance.permutation(len(y))
        train, test = x[order[:10]], x[order[10:]]
        ways = [(StandardScaler().fit(train),) * 2, (StandardScaler().fit(x),) * 2]
        ways.append((StandardScaler().fit(train), StandardScaler().fit(test)))
        for one, other in ways:
            model.fit(one.transform(train), y[order[:10]])
            (model.predict(other.transform(test)) == y[order[10:]]).sum()
        batches = [StandardScaler().fit_transform(test[at : at + 10]) for at in range(0, len(test), 10)]
        (model.predict(np.vstack(batches)) == y[order[10:]]).sum()


def outliers(x, y):
    """20 splits, three sizes of planted values, four scalings, nearest neighbours."""
    chance = np.random.default_rng(1)
    planted = np.arange(x.shape[1] // 2)
    model = KNeighborsClassifier(5)
    for _ in range(20):
        order = chance.permutation(len(y))
        n_test = round(0.3 * len(y))
        test, train = order[:n_test], order[n_test:]
        for factor in (1.0, 10.0, 100.0):
            changed = x.copy()
            changed[chance.choice(train, len(planted)), planted] *= factor
            for scaler in (MinMaxScaler(), MaxAbsScaler(), StandardScaler(), RobustScaler()):
                scaler.fit(changed[train])
                model.fit(scaler.transform(changed[train]), y[train])
                (model.predict(scaler.transform(changed[test])) == y[test]).sum()


WORKS = [
    ("knn wine", knn, "wine"),
    ("knn breast-cancer", knn, "breast_cancer"),
    ("kmeans wine", kmeans, "wine"),
    ("pca breast-cancer", pca, "breast_cancer"),
    ("logistic wine", logistic, "wine"),
    ("logistic breast-cancer", logistic, "breast_cancer"),
    ("descent ctr-revenue", descent, "ctr_revenue"),
    ("leakage breast-cancer", leakage, "breast_cancer"),
    ("outliers wine", outliers, "wine"),
]

for name, work, data in WORKS:
    x, y = table(data)
    times = []
    while len(times) < TIMES or sum(times) < MILLIS:
        start = time.perf_counter()
        work(x, y)
        times.append((time.perf_counter() - start) * 1000.0)
        if len(times) >= 3 and sum(times) > 60_000.0:
            break
    print(f"{name}\t{np.median(times):.3f}", flush=True)
