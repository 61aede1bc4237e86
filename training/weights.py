"""Makes the shipped weights: trains each run of the recipe, and writes their mean.

    python -m training.weights --corpora ../shared/corpora --base MODEL_DIR --out DIR

A run that has ended in DIR is not trained again, so the command can be stopped and started.
The runs differ in epochs, texts and order: the second sees all of train; the first and third
leave texts out, on which they fit the numbers of decoding. A run to be added needs a seed of its
own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training import average, train

HELD_OUT = 84
RUNS = {
    "first": ("--seed", "1", "--epochs", "4", "--hold-out", str(HELD_OUT)),
    "second": ("--seed", "1", "--epochs", "5", "--hold-out", "0"),
    "third": ("--seed", "2", "--epochs", "4", "--hold-out", str(HELD_OUT)),
}
FIT = ("first", "third")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    shared = ["--corpora", str(options.corpora), "--base", str(options.base)]
    for name, settings in RUNS.items():
        folder = options.out / name
        if not (folder / train.MADE_BY).exists():
            train.main([*shared, "--out", str(folder), "--only-model", *settings])
    average.main(
        [str(options.out / name) for name in RUNS]
        + ["--fit", *(str(options.out / name) for name in FIT)]
        + [*shared, "--out", str(options.out), "--hold-out", str(HELD_OUT)]
    )


if __name__ == "__main__":
    main()
