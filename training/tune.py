"""Tunes the decoding rules on held-out training texts, never on dev.

python -m training.tune --corpora ../shared/corpora --base MODEL_DIR --model DIR
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

import msgspec
import torch

from dateline.reading.attribution import Rules
from training import evaluate, polnear
from training.model import Reader
from training.train import examples, hold_out

GRID = {
    "outside": (-0.6, -0.3, 0.0, 0.3),
    "split": (0.3, 0.4, 0.5, 0.6, 0.7),
    "revive": (0.3, 0.4, 0.5, 0.6, 0.8, 1.1),
    "attach": (0.0, 0.1, 0.2, 0.3, 0.4),
    "keep": (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
}


def search(encoded, documents, rules: Rules) -> Rules:
    """Coordinate ascent on attribution F1, two rounds."""
    best = evaluate.score(encoded, documents, rules)["attribution"]["f1"]
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                trial = msgspec.structs.replace(rules, **{name: value})
                f1 = evaluate.score(encoded, documents, trial)["attribution"]["f1"]
                if f1 > best:
                    best, rules = f1, trial
    return rules


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="trained with --hold-out 84")
    parser.add_argument("--fold", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(2)
    model = Reader(options.base)
    model.load_state_dict(torch.load(options.model / "model.pt"))
    _, documents = hold_out(polnear.load(options.corpora / "polnear" / "train"), 84, options.fold)
    cache = options.model / "encoded.pickle"
    if cache.exists():
        encoded = pickle.loads(cache.read_bytes())
    else:
        tokenizer = options.base / "tokenizer.json"
        encoded = evaluate.encode_all(model, examples(documents, tokenizer), documents)
        cache.write_bytes(pickle.dumps(encoded))
    rules = evaluate.rules_of(model)
    print("before", evaluate.score(encoded, documents, rules))
    rules = search(encoded, documents, rules)
    print("after", evaluate.score(encoded, documents, rules))
    print({name: getattr(rules, name) for name in GRID})
    (options.model / "attribution.json").write_bytes(msgspec.json.encode(rules))


if __name__ == "__main__":
    main()
