"""A floor under the chains: what `benchmarks/chains.py` measures may not sink."""

from benchmarks import chains


def test_chains_down_to_the_root():
    """One report in four of both parts; measured 100 and 94 per cent on the whole of them."""
    n = chains.measure("held_out", every=4)
    n.update(chains.measure("dev", every=4))
    assert n["labels"] > 35
    assert n["root"] >= 0.88 * n["labels"]
    assert n["chain"] >= 0.86 * n["labels"]
    assert n["modality"] >= 0.9 * n["claims"]
    assert n["claims"] >= 0.85 * n["labels"]


def test_names_are_compared_by_their_words():
    assert chains.same("police", "the Marlow police")
    assert chains.same("Israeli military", "Israel Defense Forces")
    assert not chains.same("police", "hospital")
    assert chains.matched([["TASS", "ministry"]], [["TASS", "Russian ministry"]], whole=True)
    assert not chains.matched([["a hospital"]], [["a hospital"], ["the army"]], whole=False)
