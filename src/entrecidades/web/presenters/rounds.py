"""What the pages of a round say: pairs with reasons and second bests, proof, changes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entrecidades.calls.choices import PairSide, RunState, TieKind
from entrecidades.calls.models import Member, Pair, Round, Run
from entrecidades.calls.rules.pairing import Link, contradiction_of
from entrecidades.calls.selectors.contacts import contacts_shown_to
from entrecidades.calls.selectors.rounds import (
    compared,
    links_of,
    standing_links,
    to_publish,
)
from entrecidades.engines.folding import fold
from entrecidades.engines.pairing import Why
from entrecidades.kernel import clock
from entrecidades.matching.pairing import Fit, why_they_fit
from entrecidades.matching.pairing_told import LEFT, mending_of, proof_told, worth_told
from entrecidades.matching.snapshot import NoSnapshot
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader

STAGES = {
    "": gettext_lazy("waits for its turn"),
    "scores": gettext_lazy("how well each suits each"),
    "candidates": gettext_lazy("looking for candidates"),
    "looks": gettext_lazy("pairing and proving"),
    "alternatives": gettext_lazy("second bests"),
}
REASONS = 3
SHOWN = 20
Members = Mapping[int, Member]


def members_by_key(round_: Round) -> dict[int, Member]:
    """Everybody of a round, also those who have left, by key."""
    rows = round_.members.select_related("entity__country", "entity__seat", "entity__region")
    return {one.pk: one for one in rows.prefetch_related("entity__names")}


def run_told(run: Run, members: Members) -> dict[str, Any]:
    """How far a run is, or what came of it."""
    told: dict[str, Any] = {
        "run": run,
        "state": RunState(run.state).label,
        "under_way": run.state in {RunState.ASKED, RunState.WORKING},
        "may_resume": run.state in {RunState.STOPPED, RunState.FAILED},
        "failed": run.state == RunState.FAILED,
        "stage": STAGES.get(run.stage, run.stage),
        "first": worth_told(run.first_worth) if run.first_worth is not None else "",
        "is_answer": run.state == RunState.DONE,
    }
    if run.state == RunState.IMPOSSIBLE:
        names = {str(one.entity.public_id): one.entity.name_in() for one in members.values()}
        told["mendings"] = [mending_of(contradiction_of(one, names)) for one in run.problems]
    if run.state == RunState.DONE and run.worth is not None:
        told |= {"proof": proof_told(run.worth, run.bound), "stats": _stats(run)}
    return told


def _stats(run: Run) -> list[dict[str, Any]]:
    """The numbers of an answer."""
    worth, bound, gap = run.worth or 0.0, run.bound, run.gap
    return [
        {"value": len(run.pairs), "words": _("pairs")},
        {"value": len(run.answer.get("left", [])), "words": _("left over")},
        {"value": worth_told(worth), "words": _("worth together")},
        {
            "value": "–" if bound is None else worth_told(bound),
            "words": _("bound"),
            "note": _("no pairing within the limits is worth more"),
        },
        {
            "value": "–" if gap is None else f"{number_format(100 * gap, 4)} %",
            "words": _("gap"),
            "note": _("0 is a proof"),
        },
    ]


def pairs_found(run: Run, members: Members, words: str) -> list[dict[str, Any]]:
    """The pairs of an answer in which somebody bears a name, in the order of the first ones."""
    found = [
        one
        for one in run.pairs
        if not words
        or any(words in fold(members[one[end]].entity.name) for end in ("first", "second"))
    ]
    return sorted(found, key=lambda one: (name_of(members, one["first"]), one["second"]))


def pairs_told(
    shown: Sequence[Mapping[str, Any]], members: Members, ties: Mapping[Link, Any]
) -> list[dict[str, Any]]:
    """Some pairs of an answer: reasons, second best, what it would cost, what was said of them."""
    fits = fits_of([(one["first"], one["second"]) for one in shown], members)
    return [
        {
            "first": members[one["first"]],
            "second": members[one["second"]],
            "score": number_format(one["score"], 1),
            "reasons": fit.strongest(REASONS),
            "eyes": eyes_told(
                fit, name_of(members, one["first"]), name_of(members, one["second"])
            ),
            "tie": ties.get((one["first"], one["second"])),
            "kept": one["pinned"] and (one["first"], one["second"]) not in ties,
            "instead": members.get(one["instead"] or 0),
            "cost": _cost(one, members),
        }
        for one, fit in zip(shown, fits, strict=True)
    ]


def _cost(one: Mapping[str, Any], members: Members) -> str:
    """The second best of a pair and what it would cost, as a sentence."""
    if one["needed"]:
        return _("Without this pair the limits cannot be kept.")
    if one["regret"] is None:
        return ""
    instead = members.get(one["instead"] or 0)
    said = {"cost": worth_told(one["regret"]), "name": instead.entity.name_in() if instead else ""}
    if instead is None:
        return _("Without it nobody else; all together %(cost)s less.") % said
    if not one["regret"]:
        return _("%(name)s would be as good.") % said
    return _("Second best: %(name)s; all together %(cost)s less.") % said


def fits_of(links: Sequence[Link], members: Members) -> list[Fit]:
    """How each pair fits."""
    return fits_between([(members[one].entity, members[other].entity) for one, other in links])


def fits_between(both: Sequence[tuple[Entity, Entity]]) -> list[Fit]:
    """How well two suit each other, for each of some pairs; nothing is said where unprepared."""
    try:
        return why_they_fit(
            [one for one, _ in both], [other for _, other in both], on=clock.today()
        )
    except NoSnapshot:
        return [Fit() for _pair in both]


def eyes_told(fit: Fit, first: str, second: str) -> str:
    """How each of two sees the other, as a sentence."""
    if not fit.parts:
        return ""
    said = {"first": first, "ours": number_format(fit.first, 1),
            "second": second, "theirs": number_format(fit.second, 1)}  # fmt: skip
    return _("As %(first)s sees it: %(ours)s; as %(second)s sees it: %(theirs)s.") % said


def named_told(reader: Reader, pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Published pairs with the reasons that carry each, and its contact if the reader has part."""
    listed = list(pairs)
    contacts = contacts_shown_to(reader, listed)
    members = {one.pk: one for pair in listed for one in (pair.first, pair.second)}
    told = fits_of([(pair.first_id, pair.second_id) for pair in listed], members)
    return [
        {
            "pair": pair,
            "reasons": fit.strongest(REASONS),
            "eyes": eyes_told(
                fit, name_of(members, pair.first_id), name_of(members, pair.second_id)
            ),
            "contact": contacts.get(pair.introduction_id or 0),
        }
        for pair, fit in zip(listed, told, strict=True)
    ]


def left_told(run: Run, members: Members) -> list[dict[str, Any]]:
    """Who has nobody, and why."""
    return [
        {"member": members[one["key"]], "why": LEFT[Why(one["why"])]}
        for one in run.answer.get("left", [])
        if one["key"] in members
    ]


def changes_told(run: Run, members: Members) -> dict[str, Any] | None:
    """What a run changed of the answer before it; None for the first."""
    found = compared(run)
    if found is None:
        return None
    changes = found.changes
    return {
        "before": found.before,
        "rows": _turns(changes.came, changes.went, members)[:SHOWN],
        "more": max(0, len(_turns(changes.came, changes.went, members)) - SHOWN),
        "stayed": changes.stayed,
        "by": f"{'+' if changes.by > 0 else ''}{worth_told(changes.by)}",
        "same": not changes.came and not changes.went,
    }


def name_of(members: Members, key: int) -> str:
    """What a member is called in the reader's language."""
    return members[key].entity.name_in()


def _turns(came: Sequence[Link], went: Sequence[Link], members: Members) -> list[dict[str, str]]:
    """Of each first city whose pairs changed: with whom it was, and with whom it is now."""
    firsts = dict.fromkeys(one for one, _other in (*went, *came))
    return [
        {
            "first": name_of(members, first),
            "was": ", ".join(name_of(members, o) for one, o in went if one == first) or "–",
            "now": ", ".join(name_of(members, o) for one, o in came if one == first) or "–",
        }
        for first in firsts
    ]


def publishing_told(round_: Round, run: Run, members: Members) -> dict[str, Any] | None:
    """What publishing an answer would do; None when it cannot be published."""
    if run.state != RunState.DONE or run.version != round_.version:
        return None
    changes = to_publish(round_, run)
    if not changes.came and not changes.went:
        return None
    begin = ngettext(
        "%(count)d pair begins", "%(count)d pairs begin", len(changes.came)
    ) % {"count": len(changes.came)}  # fmt: skip
    end = ngettext("%(count)d pair ends", "%(count)d pairs end", len(changes.went)) % {
        "count": len(changes.went)
    }
    facts = [{"words": _("What happens"), "value": f"{begin}, {end}"}]
    if standing_links(round_):
        rows = _turns(changes.came, changes.went, members)[:SHOWN]
        told = "; ".join(f"{one['first']}: {one['was']} → {one['now']}" for one in rows)
        facts.append({"words": _("Who changes"), "value": told})
    return {"facts": facts}


def regions_told(run: Run) -> list[list[dict[str, Any]]]:
    """How each region fares, as rows of a table."""
    columns = [_("Region"), _("Side"), _("Pairs"), _("Cities"), _("At least"), _("At most")]
    return [
        [
            {"text": text, "label": label, "end": at > 1}
            for at, (text, label) in enumerate(
                zip(
                    (
                        one["region"],
                        PairSide(one["side"]).label,
                        one["pairs"],
                        one["places"],
                        one["least"],
                        "–" if one["most"] is None else one["most"],
                    ),
                    columns,
                    strict=True,
                )
            )
        ]
        for one in run.answer.get("regions", [])
    ]


def region_columns() -> list[dict[str, Any]]:
    """The heads of that table."""
    words = [_("Region"), _("Side"), _("Pairs"), _("Cities"), _("At least"), _("At most")]
    return [{"words": one, "end": at > 1} for at, one in enumerate(words)]


def ties_told(round_: Round, members: Members) -> list[dict[str, Any]]:
    """What was said of pairs."""
    return [
        {
            "tie": tie,
            "first": members[tie.first_id],
            "second": members[tie.second_id],
            "words": TieKind(tie.kind).label,
            "pins": tie.kind == TieKind.PIN,
            "idle": bool(members[tie.first_id].left_at or members[tie.second_id].left_at),
        }
        for tie in round_.ties.all()
    ]


def proof_of(round_: Round) -> str:
    """How good the pairs of a published round are together; empty once they were mended."""
    last = Pair.objects.filter(round=round_).order_by("-made_at", "-pk").first()
    if last is None or {*links_of(last.run)} != {*standing_links(round_)}:
        return ""
    return proof_told(last.run.worth or 0.0, last.run.bound)
