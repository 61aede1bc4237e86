"""How a toll rose: what each report added, and what the best figure was by then."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Effect, TollStep, Who
from dateline.tally.evidence import Testimony
from dateline.tally.figures import Standing
from dateline.tally.in_report import told_figures
from dateline.tally.policy import Policy
from dateline.tally.support import Bounds


def rise(
    told: Iterable[Testimony], effect: Effect, policy: Policy, who: Who = "victims"
) -> tuple[TollStep, ...]:
    """One step for each figure that a root gave in a report, in the order of the reports.

    Reports without a date come first; of one day, the smaller figure. The last step's
    ``best`` is that of the toll, since every policy looks at nothing but the figures that
    stand. A policy that keeps up by itself (``support``) is asked for the bounds alone.
    """
    standing = Standing()
    support = policy.support() if hasattr(policy, "support") else None
    steps: list[TollStep] = []
    bounds = Bounds(None, None, None)
    for figure in told_figures(told, effect, who):
        changed = standing.take(figure)
        if support is not None:
            for was, now in changed:
                if was is not None:
                    support.take(was)
                support.put(now)
            bounds = support.bounds()
        elif changed:
            toll = policy.estimate(standing.figures)
            bounds = Bounds(toll.low, toll.best, toll.high)
        steps.append(
            TollStep(
                reported_on=figure.latest.published_at,
                document_id=figure.latest.document_id,
                root=figure.root,
                min=figure.min,
                max=figure.max,
                low=bounds.low,
                best=bounds.best,
                high=bounds.high,
            )
        )
    return tuple(steps)
