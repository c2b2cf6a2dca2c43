"""LightGBM and scikit-learn on the tasks that tasks.py has made, one JSON line each: the same rows, the same splits.

ECE: ten groups of equal size by score, |mean score - share of positives| weighted by size.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")


def tasks(folder):
    churn = pd.read_csv(folder / "churn.csv")
    test = (churn.cutoff == churn.cutoff.max()).to_numpy()
    yield "churn", churn.drop(columns=["household_id", "cutoff", "left"]), churn["left"].to_numpy(), [(~test, test)]
    wa = pd.read_csv(folder / "wa_churn.csv")
    folds = [((wa.fold != f).to_numpy(), (wa.fold == f).to_numpy()) for f in range(5)]
    yield "wa_churn", wa.drop(columns=["rownames", "fold", "churn"]), (wa.churn == "Yes").to_numpy().astype(int), folds
    mlc = pd.read_csv(folder / "mlc_churn.csv")
    test = (mlc.part == 1).to_numpy()
    yield "mlc_churn", mlc.drop(columns=["rownames", "part", "churn"]), (mlc.churn == "yes").to_numpy().astype(int), [(~test, test)]


def ece(y, p):
    order = np.argsort(p, kind="stable")
    return sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in np.array_split(order, 10)) / len(y)


def told(y, p):
    top = np.argsort(-p, kind="stable")[: len(y) // 10]
    return {
        "auc": roc_auc_score(y, p), "ap": average_precision_score(y, p), "lift10": y[top].mean() / y.mean(),
        "brier": brier_score_loss(y, p), "log_loss": log_loss(y, p), "ece": ece(y, p),
    }


def logistic():
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000))


MODELS = {
    "scikit-learn LogisticRegression, signed log1p, C .3": logistic,
    "scikit-learn HistGradientBoosting, defaults": lambda: HistGradientBoostingClassifier(random_state=0),
    "LightGBM, defaults": lambda: lightgbm.LGBMClassifier(verbose=-1, random_state=0),
    "LightGBM, lr .03, 200 trees, 8 leaves": lambda: lightgbm.LGBMClassifier(
        learning_rate=0.03, n_estimators=200, num_leaves=8, verbose=-1, random_state=0),
}


def dense(x):
    x = pd.get_dummies(x.fillna(x.median(numeric_only=True)), dtype=float)
    return np.sign(x) * np.log1p(np.abs(x))


def main():
    for task, x, y, splits in tasks(Path(sys.argv[1])):
        for name in x.select_dtypes(include=["object", "string"]):
            x[name] = x[name].astype("category")
        for name, make in MODELS.items():
            began = time.perf_counter()
            given = dense(x) if "Logistic" in name else x
            if "Hist" in name:
                given = x.assign(**{c: x[c].cat.codes for c in x.select_dtypes("category")})
            scores = np.zeros(len(y))
            for train, test in splits:
                scores[test] = make().fit(given[train], y[train]).predict_proba(given[test])[:, 1]
            seconds = time.perf_counter() - began
            tested = np.any([test for _, test in splits], axis=0)
            print(json.dumps({"task": task, "model": name, "n": int(tested.sum()), "seconds": round(seconds, 2)}
                             | {k: round(float(v), 4) for k, v in told(y[tested], scores[tested]).items()}), flush=True)


if __name__ == "__main__":
    main()
