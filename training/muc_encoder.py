"""Train the span model of benchmarks/muc4.py: an encoder, and heads on its spans.

    python -m training.muc_encoder --examples FILE --base MODEL_DIR --out DIR [--without FOLD]

The lower layers are kept as they are, and what they make of each window is kept too, so that a
step costs the upper layers only.
"""

from __future__ import annotations

import argparse
import copy
import math
import pickle
import time
from pathlib import Path

import numpy as np
import torch
from benchmarks.muc.classes import ABOUT, CLASSES, PAIR, ROLES, WIDTHS
from benchmarks.muc.encoded import SIZE, STRIDE
from torch import Tensor, nn
from torch.nn import functional

from dateline.reading.encoder import _CLS, _SEP, plan
from training import encoder
from training.muc_data import DATE, IGNORE, Example

FOLDS = 3
INNER = 256


def fold_of(message: str) -> int:
    return int(message[-4:]) % FOLDS


class Heads(nn.Module):
    """What is said of each span, from its first and last subword and their mean."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Linear(width, INNER)
        self.last = nn.Linear(width, INNER, bias=False)
        self.mean = nn.Linear(width, INNER, bias=False)
        self.length = nn.Embedding(12, INNER)
        self.out = nn.Linear(INNER, sum(WIDTHS.values()) + PAIR)
        self.near = nn.Parameter(torch.tensor(1.0))
        self.mix = nn.Linear(width, INNER)
        self.gate = nn.Linear(INNER, len(ABOUT))
        self.about = nn.Linear(INNER, len(ABOUT))
        self.before, self.after = nn.Dropout(0.1), nn.Dropout(0.2)
        with torch.no_grad():
            self.length.weight.mul_(0.1)
            self.out.bias[: len(ROLES)] = -5.0

    def spans(self, hidden: Tensor, low: Tensor, high: Tensor) -> Tensor:
        """hidden: subwords x width; low, high: first subword and the one after the last."""
        hidden = self.before(hidden)
        sums = functional.pad(self.mean(hidden).float().cumsum(0), (0, 0, 1, 0))
        size = (high - low)[:, None]
        mixed = self.first(hidden)[low] + self.last(hidden)[high - 1]
        mixed = mixed + (sums[high] - sums[low]) / size + self.length(size[:, 0].clamp(max=11))
        return self.out(self.after(functional.gelu(mixed))).float()

    def message(self, hidden: Tensor) -> Tensor:
        mixed = self.after(functional.gelu(self.mix(self.before(hidden))))
        # For each type its own weighing of the words (Yang et al. 2016).
        gate = self.gate(mixed).float().softmax(dim=0)
        return (gate * self.about(mixed).float()).sum(dim=0)


class SpanModel(nn.Module):
    def __init__(self, base: Path, frozen: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder.load(base, dropout)
        self.frozen = frozen
        self.heads = Heads(self.encoder.shape.width)

    def lower(self, ids: Tensor) -> Tensor:
        """What the layers that are kept make of a window."""
        e = self.encoder
        places = torch.arange(ids.shape[1])
        hidden = e.norm(e.words(ids) + e.positions(places) + e.kind)
        for layer in e.layers[: self.frozen]:
            hidden = layer(hidden, None)
        return hidden

    def upper(self, hidden: Tensor, real: Tensor | None) -> Tensor:
        mask = None if real is None or bool(real.all()) else real[:, None, None, :]
        for layer in self.encoder.layers[self.frozen :]:
            hidden = layer(hidden, mask)
        return hidden


def windows(example: Example) -> list[tuple[int, int, int, int]]:
    return plan(len(example.tokens.ids), SIZE, STRIDE)


def window_ids(example: Example, start: int, end: int) -> Tensor:
    ids = np.concatenate([[_CLS], example.tokens.ids[start:end], [_SEP]]).astype(np.int64)
    return torch.from_numpy(ids)[None]


@torch.no_grad()
def lowered(model: SpanModel, examples: list[Example]) -> dict[str, list[Tensor]]:
    model.eval()
    found = {}
    for one in examples:
        with torch.autocast("cpu", torch.bfloat16):
            found[one.name] = [
                model.lower(window_ids(one, a, b))[0].half() for a, b, _, _ in windows(one)
            ]
    return found


def encode(model: SpanModel, batch: list[Example], lower) -> list[Tensor]:
    """The hidden states of each message, one row a subword."""
    states = [w for one in batch for w in lower[one.name]]
    size = max(len(w) for w in states)
    hidden = torch.zeros(len(states), size, states[0].shape[1])
    real = torch.zeros(len(states), size, dtype=torch.bool)
    for n, w in enumerate(states):
        hidden[n, : len(w)] = w.float()
        real[n, : len(w)] = True
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.upper(hidden, real)
    row, found = 0, []
    for one in batch:
        parts = []
        for start, _, own, own_end in windows(one):
            parts.append(hidden[row, own - start + 1 : own_end - start + 1])
            row += 1
        found.append(torch.cat(parts))
    return found


def borders(example: Example) -> tuple[Tensor, Tensor]:
    first = np.append(example.tokens.first, len(example.tokens.ids))
    spans = example.spans
    return torch.from_numpy(first[spans[:, 0]]), torch.from_numpy(first[spans[:, 1]])


def pooled(values: Tensor, group: Tensor, size: int) -> Tensor:
    """Log of the sum of exponentials of each group's rows (in the roles: any mention)."""
    top = values.new_full((size, values.shape[1]), -1e4)
    top = top.scatter_reduce(0, group[:, None].expand_as(values), values.detach(), "amax")
    total = torch.zeros_like(top).index_add(0, group, (values - top[group]).exp())
    return top + total.clamp_min(1e-9).log()


def losses(model: SpanModel, batch: list[Example], hidden: list[Tensor]) -> dict[str, Tensor]:
    """The sums of the losses of a batch, the spans of all its messages side by side."""
    found = {}
    said = torch.stack([model.heads.message(one) for one in hidden])
    about = torch.from_numpy(np.stack([one.about for one in batch]))
    found["about"] = binary(said, about)
    bounds = [borders(one) for one in batch]
    starts = np.cumsum([0, *(len(one) for one in hidden)])
    low = torch.cat([b[0] + int(n) for b, n in zip(bounds, starts, strict=False)])
    high = torch.cat([b[1] + int(n) for b, n in zip(bounds, starts, strict=False)])
    out = model.heads.spans(torch.cat(hidden), low, high)
    offsets = np.cumsum([0, *(len(one.roles) for one in batch)])
    group = torch.from_numpy(
        np.concatenate([one.group + n for one, n in zip(batch, offsets, strict=False)])
    )
    size = int(offsets[-1])
    spoken = out[:, : len(ROLES)]
    wanted = np.concatenate([one.roles for one in batch])
    found["roles"] = binary(pooled(spoken, group, size), torch.from_numpy(wanted))
    right = np.nan_to_num(wanted).max(axis=1) > 0
    if not right.any():
        return found
    # Of a group's mentions those count that look most like fills.
    numbers = torch.from_numpy(np.where(right, np.cumsum(right) - 1, -1))
    own = (numbers[group] >= 0).nonzero()[:, 0]
    strength = spoken[:, :DATE].detach().amax(dim=1, keepdim=True)
    share = (strength - pooled(strength, group, size)[group])[own].exp()
    size = int(right.sum())
    mean = out.new_zeros(size, out.shape[1]).index_add(0, numbers[group[own]], share * out[own])
    parts = dict(zip([*WIDTHS, "pair"], mean.split([*WIDTHS.values(), PAIR], dim=1), strict=True))
    types = np.concatenate([one.types for one in batch])[right]
    found["types"] = binary(parts["types"], torch.from_numpy(types))
    for name in CLASSES:
        told = torch.from_numpy(np.concatenate([one.classes[name] for one in batch])[right])
        if (told != IGNORE).any():
            found[name] = functional.cross_entropy(
                parts[name], told, ignore_index=IGNORE, reduction="sum"
            )
    pairs = [one.pairs + np.array([n, n, 0]) for one, n in zip(batch, offsets, strict=False)]
    weights = np.concatenate([np.full(len(one), 1 / max(1, len(one))) for one in pairs])
    if len(weights):
        g, h, same = torch.from_numpy(np.concatenate(pairs)).unbind(1)
        apart = (parts["pair"][numbers[g]] - parts["pair"][numbers[h]]).square().sum(dim=1)
        found["pair"] = functional.binary_cross_entropy_with_logits(
            model.heads.near - apart, same.float(), torch.from_numpy(weights).float(),
            reduction="sum",
        )  # fmt: skip
    return found


def binary(scores: Tensor, wanted: Tensor) -> Tensor:
    """The sum of the losses of what is not NaN."""
    known = ~wanted.isnan()
    loss = functional.binary_cross_entropy_with_logits(
        scores, wanted.nan_to_num(), reduction="none"
    )
    return (loss * known).sum()


SHARES = {"roles": 1.0, "about": 0.6, "types": 0.3, "pair": 3.0, "stage": 0.15}


def step_loss(model: SpanModel, batch: list[Example], lower) -> Tensor:
    hidden = encode(model, batch, lower)
    with torch.autocast("cpu", torch.bfloat16):
        found = losses(model, batch, hidden)
    return sum(SHARES.get(name, 0.3) * one for name, one in found.items()) / (8.0 * len(batch))


def epoch(examples: list[Example], budget: int, quiet: float, rng):
    """Batches of messages of like length; of those without an incident ``quiet`` at random."""
    some = [e for e in examples if e.about[-1] != 0 or rng.random() < quiet]
    lengths = np.array([min(len(e.tokens.ids), SIZE) for e in some]) + rng.integers(
        0, 60, len(some)
    )
    batches, batch, size = [], [], 0
    for k in np.argsort(lengths, kind="stable"):
        batch.append(some[k])
        size += len(some[k].tokens.ids)
        if size >= budget:
            batches.append(batch)
            batch, size = [], 0
    if batch:
        batches.append(batch)
    for k in rng.permutation(len(batches)):
        yield batches[k]


def fit(options, model: SpanModel, examples: list[Example], lower, watch=None) -> SpanModel:
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    for name, parameter in model.encoder.named_parameters():
        layer = int(name.split(".")[1]) if name.startswith("layers.") else -1
        parameter.requires_grad_(layer >= model.frozen)
    average = copy.deepcopy(model)
    encoded = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = list(model.heads.parameters())
    optimiser = torch.optim.AdamW(
        [
            {"params": encoded, "peak": options.rate},
            {"params": heads, "peak": options.head_rate},
        ],
        lr=0.0, weight_decay=0.01, fused=True,
    )  # fmt: skip
    counted = sum(
        1 for _ in epoch(examples, options.batch, options.quiet, np.random.default_rng(0))
    )
    steps, step, began, running = counted * options.epochs, 0, time.time(), 0.0
    for number in range(options.epochs):
        for batch in epoch(examples, options.batch, options.quiet, rng):
            share = min((step + 1) / (0.08 * steps), max(0.02, (steps - step) / (0.92 * steps)))
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * share
            model.train()
            loss = step_loss(model, batch, lower)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoded, *heads], 1.0)
            optimiser.step()
            step += 1
            keep = min(0.98, (1 + step) / (10 + step))
            with torch.no_grad():
                for slow, fast in zip(average.parameters(), model.parameters(), strict=True):
                    if fast.requires_grad:
                        slow.lerp_(fast, 1 - keep)
            running = 0.98 * running + 0.02 * loss.item()
            if step % 25 == 0:
                seconds = time.time() - began
                print(
                    f"{step}/{steps} loss {running / (1 - 0.98**step):.4f} {seconds:.0f}s",
                    flush=True,
                )
            if options.steps and step >= options.steps:
                return average
        if watch:
            watch(average, number + 1)
    return average


@torch.no_grad()
def outputs_of(model: SpanModel, example: Example, lower) -> dict[str, np.ndarray]:
    """The outputs of spans ("spans") and of the message ("about")."""
    model.eval()
    (hidden,) = encode(model, [example], lower)
    with torch.autocast("cpu", torch.bfloat16):
        low, high = borders(example)
        width = model.heads.out.out_features
        spans = model.heads.spans(hidden, low, high) if len(low) else torch.zeros(0, width)
        return {"spans": spans.float().numpy(), "about": model.heads.message(hidden).numpy()}


def mean(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of the weights of runs that began with the same heads (Wortsman et al. 2022)."""
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def average_precision(examples, outputs) -> str:
    """Of groups by role, and of messages by type: a look at how it goes."""
    told = []
    scores = {name: ([], []) for name in ROLES}
    for one in examples:
        values = torch.from_numpy(outputs[one.name]["spans"][:, : len(ROLES)])
        best = pooled(values, torch.from_numpy(one.group), len(one.roles)).numpy()
        for r, name in enumerate(ROLES):
            known = ~np.isnan(one.roles[:, r])
            scores[name][0].extend(best[known, r])
            scores[name][1].extend(one.roles[known, r])
    for n, name in enumerate(ABOUT):
        known = [e for e in examples if not math.isnan(e.about[n])]
        scores[name] = (
            [outputs[e.name]["about"][n] for e in known], [e.about[n] for e in known],
        )  # fmt: skip
    for name, (values, wanted) in scores.items():
        right = np.array(wanted)[np.argsort(-np.array(values), kind="stable")]
        if not right.sum():
            continue
        precision = np.cumsum(right) / np.arange(1, len(right) + 1)
        told.append(f"{name[:6].lower()} {(precision * right).sum() / right.sum():.3f}")
    return "  ".join(told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="model.pt of training.train")
    parser.add_argument(
        "--resume", type=Path, nargs="+", default=[],
        help="go on from this model.pt of this command, or the mean of several",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--frozen", type=int, default=2)
    parser.add_argument("--batch", type=int, default=1500, help="subwords")
    parser.add_argument("--quiet", type=float, default=0.4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--lower", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    examples = pickle.loads(options.examples.read_bytes())
    model = SpanModel(options.base, options.frozen, options.dropout)
    if options.start:
        state = torch.load(options.start)
        own = {k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")}
        model.encoder.load_state_dict(own)
    if options.resume:
        model.load_state_dict(mean([torch.load(path) for path in options.resume]))
    if options.lower and options.lower.is_file():
        lower = torch.load(options.lower)
    else:
        lower = lowered(model, examples)
        if options.lower:
            torch.save(lower, options.lower)
    training = [e for e in examples if fold_of(e.name) != options.without]
    held = [e for e in examples if fold_of(e.name) == options.without]

    def watch(average: SpanModel, number: int) -> None:
        some = held[::2] if number < options.epochs else held
        found = {e.name: outputs_of(average, e, lower) for e in some}
        print(f"epoch {number}:", average_precision(some, found), flush=True)

    model = fit(options, model, training, lower, watch if held else None)
    torch.save(model.state_dict(), options.out / "model.pt")
    if held:
        found = {e.name: outputs_of(model, e, lower) for e in held}
        (options.out / "outputs.pkl").write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main()
