"""What is wrong at the end of a history: every difference that nobody is asked about."""

from events.backstage.models import Work
from events.programme import queries
from integrations.sync import desire, rules
from integrations.sync import queries as sync
from integrations.sync.models import Link, Question


def differences(history):
    """In words; empty is converged."""
    there = {name: history.far.standing(name) for name in history.far.used}
    links = list(Link.objects.select_related("account"))
    found = [fault for link in links for fault in _of_link(history, link, there)]
    found += _strays(history, links, there)
    found += _parts_without_link(history)
    found += history.promises.broken()
    found += [f"invited by {name}" for name, peer in history.far.used.items() if peer.invitations()]
    parked = Work.objects.filter(state="parked").values_list("handler", "last_error")
    found += [f"work set aside: {handler} {why}" for handler, why in parked]
    return found + [f"work failed: {why}" for why in history.failed]


def _of_link(history, link, there):
    name = link.account.provider
    standing = [one for one in there.get(name, ()) if one.key == link.key]
    return [
        f"{name} entry of part {link.part_id}: {fault}"
        for fault in _faults(history, link, standing)
    ]


def _strays(history, links, there):
    keys = {link.key for link in links}
    strays = sum(one.key not in keys for entries in there.values() for one in entries)
    counted = sum(peer.count() for peer in history.far.used.values())
    doubled = counted - sum(map(len, there.values()))
    found = [f"{strays} entries of nobody"] if strays else []
    return found + ([f"{doubled} entries too many"] if doubled else [])


def _faults(history, link, standing):
    if len(standing) > 1:
        yield f"{len(standing)} entries"
    if link.state == "detached":
        return
    part = queries.part_for_work(link.part_id)
    question = Question.objects.filter(link=link, answered_at=None).first()
    how = desire.how(part, at=history.now)
    if how == desire.AWAY or link.state == "removed":
        if standing or link.state != "removed" or question:
            yield f"should be away, {link.state} {link.last_error}"
    elif how == desire.STAND:
        yield from _standing_faults(link, part, question, standing)


def _standing_faults(link, part, question, standing):
    wished = rules.mark_of(desire.entry(part, link, makes=False))
    marks = [rules.mark_of(one) for one in standing]
    if question is None:
        if marks != [wished] or link.state != "ok":
            yield f"differs and nobody is asked: {link.state} {link.last_error} {marks} {wished}"
    elif link.state != "question":
        yield f"a question is open, and it is {link.state}"
    elif question.kind == "removed":
        if marks:
            yield "asked about a removal, and it stands there"
    elif marks == [wished]:
        yield "asked about a difference that is none"
    elif marks != [_named(question)]:
        yield f"the question names another difference: {question.kind} {marks} {_named(question)}"


def _named(question):
    return rules.mark(
        question.found_title, question.found_place, question.found_starts_at, question.found_ends_at
    )


def _parts_without_link(history):
    linked = set(Link.objects.exclude(state="removed").values_list("part_id", flat=True))
    for event_id in history.events:
        if sync.ground(event_id).calendar is None:
            continue
        for part in queries.all_parts_for_work(event_id):
            if desire.how(part, at=history.now) == desire.STAND and part.pk not in linked:
                yield f"part {part.pk} has no entry"
