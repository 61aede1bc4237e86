"""Averages the weights of several runs of training.train, and writes them with card and scores.

    python -m training.average RUN RUN --fit RUN --corpora CORPORA --base MODEL_DIR --out DIR

Runs from one base that differ in seed, epochs or texts stay close enough together for the
mean of their weights to be a model, and a better one than each (Wortsman et al., *Model
soups*, ICML 2022); it costs nothing at run time. The numbers of decoding are fitted on the
texts held out of train, by the mean of the runs named by --fit, which did not see them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training import polnear, release
from training.model import Reader
from training.train import MADE_BY, hold_out


def average(runs: list[Path], base: Path) -> Reader:
    """The reader whose every weight is the mean of the runs'."""
    states = [torch.load(run / "model.pt") for run in runs]
    model = Reader(base)
    mean = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    model.load_state_dict(mean)
    return model.eval()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", type=Path, nargs="+", help="folders that training.train wrote")
    parser.add_argument("--fit", type=Path, nargs="+", required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold-out", type=int, default=84)
    options = parser.parse_args(arguments)
    train = polnear.load(options.corpora / "polnear" / "train")
    release.finish(
        average(options.runs, options.base),
        options.out,
        options.base / "tokenizer.json",
        {"dev": polnear.load(options.corpora / "polnear" / "dev")},
        held=hold_out(train, options.hold_out, 0)[1],
        fitted_on=average(options.fit, options.base),
        rules=None,
        made_by=[(run / MADE_BY).read_text().strip() + f" --out {run.name}" for run in options.runs]
        + [
            "python -m training.average "
            + " ".join(run.name for run in options.runs)
            + " --fit "
            + " ".join(run.name for run in options.fit)
            + " --corpora CORPORA --base MODEL_DIR --out DIR"
        ],
        texts=len(train),
    )


if __name__ == "__main__":
    main()
