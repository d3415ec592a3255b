"""What each feature gives: the mapper's linear part fitted without it, measured on unseen pairs.

    python benchmarks/ablation.py FIT CHECK --resumes JSONL --adverts JSONL [--model BUNDLE]

FIT should name documents that the encoder was not trained on, CHECK others.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from rolefit.bundle import Bundle
from rolefit.parts import PartsHead
from rolefit.training import fit
from rolefit.training.labels import Texts, read_labels
from rolefit.training.losses import measures

ALPHA = 100.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fit", type=Path)
    parser.add_argument("check", type=Path)
    parser.add_argument("--resumes", type=Path, required=True)
    parser.add_argument("--adverts", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    given = parser.parse_args()
    bundle = Bundle.open(given.model)
    texts = Texts(given.resumes, given.adverts)
    both = [read_labels([path], texts) for path in (given.fit, given.check)]
    profiles = fit._profiles(bundle, texts, both, None, None)
    head = PartsHead.load(bundle.folder, bundle.encoder_sha256)
    known, unseen = (
        fit._features(labels, profiles, bundle.line_scale, head).values for labels in both
    )
    jobs = np.unique(np.array(both[1].jobs), return_inverse=True)[1]
    print("| features | Pearson | within-job | nDCG@10 | RMSE |\n|---|---|---|---|---|")
    names = list(fit.FEATURE_NAMES)
    for label, kept in [
        ("all", names),
        *((f"without {name}", [n for n in names if n != name]) for name in names),
        ("cosine alone", ["cosine"]),
    ]:
        columns = [names.index(name) for name in kept]
        model = make_pipeline(StandardScaler(), Ridge(ALPHA))
        model.fit(known[:, columns], both[0].scores)
        scores = np.clip(model.predict(unseen[:, columns]), 0, 100)
        found = measures(scores, both[1].scores, jobs)
        rmse = float(np.sqrt(((scores - both[1].scores) ** 2).mean()))
        print(
            f"| {label} | {found['pearson']:.3f} | {found['within_job']:.3f} | "
            f"{found['ndcg10']:.3f} | {rmse:.2f} |"
        )


if __name__ == "__main__":
    main()
