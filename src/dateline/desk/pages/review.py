"""``GET /review``: what waits for a person; ``POST /review/decide`` takes the decision.

Template ``review.html``: ``page`` is a ReviewPage. ``?kind=`` is duplicate, join, dispute,
claim or statistic; without it the first that has something to decide. A decision is a form to
``/review/decide`` with the fields

``csrf``     the token, on every form
``seen``     the number of the last judgement this page knew (item.seen or page.seen)
``action``   the name of an Action: same, different, split, right, wrong, correct,
             confirm, discount, note, leave
``subject``  repeated: the ids decided on (item.subjects)
``item``     the id of the review item, "" from other pages
``note``     why, kept with the judgement
``value``    for "correct": the new value as JSON, or the fields ``effect``, ``min``, ``max``
``back``     a path of this desk to return to

Undo is a form to ``/review/undo`` with ``csrf``, ``seen``, ``judgement``, ``note`` and
``back``. If somebody decided on one of the subjects after ``seen``, nothing is stored: the
answer is this page with status 409, ``page.conflict`` (their judgements), ``page.attempt``
and the one item, whose form then carries the newer ``seen``.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from dateline.desk.access import Form, Reader, Reviewer, TheDesk, text_of
from dateline.desk.deciding import Conflict, Decision, decide, undo
from dateline.desk.rendering import render
from dateline.desk.review_queue import conflict_page, review_page
from dateline.desk.sessions import safe_next

router = APIRouter()

_MOST_SUBJECTS = 50


@router.get("/review")
def review(
    request: Request,
    desk: TheDesk,
    user: Reader,
    kind: str = "",
    page: int = 1,
    done: Annotated[int | None, Query()] = None,
) -> Response:
    """The queue."""
    found = review_page(desk, user, kind=kind, page=page, done=done)
    return render(request, "review.html", section="review", page=found)


@router.post("/review/decide")
def take(request: Request, desk: TheDesk, user: Reviewer, form: Form) -> Response:
    """One decision."""
    subjects = [s for s in form.getlist("subject") if isinstance(s, str)][:_MOST_SUBJECTS]
    decision = Decision(
        action=text_of(form, "action", 40),
        subjects=tuple(subjects),
        note=text_of(form, "note"),
        item=text_of(form, "item", 400),
        value=text_of(form, "value"),
        fields={name: text_of(form, name, 200) for name in ("effect", "min", "max")},
        seen=text_of(form, "seen", 20),
    )
    outcome = decide(desk, user, decision)
    back = safe_next(text_of(form, "back", 2000) or "/review")
    if isinstance(outcome, Conflict):
        page = conflict_page(desk, user, decision, outcome)
        return render(request, "review.html", section="review", status=409, page=page)
    return RedirectResponse(_with_done(back, outcome.id), 303)


@router.post("/review/undo")
def take_back(request: Request, desk: TheDesk, user: Reviewer, form: Form) -> Response:
    """Take a judgement back, by another one."""
    made = undo(desk, user, text_of(form, "judgement", 20), text_of(form, "note"))
    back = safe_next(text_of(form, "back", 2000) or "/review")
    return RedirectResponse(_with_done(back, made.id), 303)


def _with_done(back: str, judgement: int) -> str:
    """Back to the queue, which offers to undo what was just decided."""
    if not back.startswith("/review"):
        return back
    path, _, query = back.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("done=")]
    return f"{path}?{'&'.join([*kept, f'done={judgement}'])}"
