"""Each public command has an operation that runs it, or a reason why none does."""

import ast
import sys
from collections import defaultdict
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import transaction

from tests.api import filled
from tests.api.calls import Caller
from tests.api.samples import SAMPLES
from tests.api.test_operations import send

APPS = ("events", "recordings", "attendance", "integrations")
INSIDE = "A step of other commands; nobody asks for it alone."
WORK = "Done by handlers, jobs and chores when it is due."
MANY = "For whole networks at once, as the demo needs it; a program takes a list over instead."
SEED = "Done once when an installation begins."
SETUP = "The first-run pages alone: before them nobody can have a token."
SESSION = "Only in a session of the person: a token must not let in, nor make or end tokens."
HELP = "Opens an account again, so only in a session with its second step."
OPERATOR = "For who looks after the installation, on its own pages or command line."
LINKS = "Nothing asks for it yet: a lost link is ended by hand on the server."
CONNECTIONS = (
    "Credentials are typed on the page of the connection, where the provider's guide stands."
)
BYTES = "The bytes of a file go by tus to the address that begin_upload tells, with the same token."
WHOLE = "For a form without JavaScript and for files fetched by jobs; a program sends by tus."
QUESTIONS = "Written and answered on their pages: a program that answers would prove nothing."
PLAYER = "A beat proves that a player played: its page was signed for one person; a program plays nothing."
NOTICES = "At the door of a provider, which signs what it tells."
ENTERED = "Made when the first person enters the meeting."
SEALED = "Official identifiers stay out of the API; they are typed on the person's own page."

OWN_YES = "A person's own yes is given and taken back on the own page, where its meaning stands."

# The operation that runs it, or the reason (a sentence) why none does.
REACHED: dict[str, str] = {
    "integrations.sync.channels.lost": WORK,
    "recordings.arrivals.commands.append": BYTES,
    "recordings.arrivals.commands.begin_upload": "begin_upload",
    "recordings.arrivals.commands.give_up": "give_upload_up",
    "recordings.arrivals.commands.end_all": INSIDE,
    "recordings.arrivals.commands.forget_left_alone": WORK,
    "recordings.arrivals.commands.receive_whole": WHOLE,
    "recordings.arrivals.commands.take_in": WORK,
    "recordings.captions.chapters.as_planned": "place_as_planned",
    "recordings.captions.chapters.place": "place_recording",
    "recordings.captions.chapters.shift": "shift_recording",
    "recordings.captions.chapters.take_agenda": "take_chapters_over",
    "recordings.captions.chapters.write": "set_chapters",
    "recordings.captions.commands.add_track": "put_captions",
    "recordings.captions.commands.mend": "mend_captions",
    "recordings.captions.commands.remove_track": "remove_captions",
    "events.consents.commands.answer": "People answer on their own pages and before they go in.",
    "recordings.captions.forgetting.forget_all": INSIDE,
    "recordings.captions.forgetting.forget_inside": INSIDE,
    "recordings.keeping.commands.ask_speakers": "ask_speakers",
    "recordings.keeping.commands.cut": "cut_recording",
    "recordings.keeping.commands.is_being_cut": INSIDE,
    "recordings.keeping.commands.is_open": INSIDE,
    "recordings.keeping.commands.job_of": INSIDE,
    "recordings.keeping.commands.remove": "remove_recording",
    "recordings.library.commands.save": INSIDE,
    "recordings.library.deadline.count_until": "set_credit_deadline",
    "recordings.library.elsewhere.lead_to": "By `change_recording`, of what lies elsewhere: tests/api/test_recordings.py.",
    "recordings.library.shortening.keep_until": "keep_recording",
    "recordings.library.shortening.note_cleared": WORK,
    "recordings.library.shortening.note_warned": WORK,
    "recordings.library.shortening.restore": "restore_recording",
    "recordings.library.shortening.take_cut": WORK,
    "recordings.library.shortening.want_cut": INSIDE,
    "recordings.library.commands.note_answer": "note_speaker_answer",
    "recordings.library.commands.say_asked": "say_everybody_was_asked",
    "recordings.library.commands.begin": "begin_recording",
    "recordings.library.commands.describe": "change_recording",
    "recordings.library.commands.set_pieces": "place_recording",
    "recordings.library.commands.publish": "publish_recording",
    "recordings.library.commands.unpublish": "unpublish_recording",
    "recordings.library.commands.withdraw": "withdraw_recording",
    "recordings.library.commands.locked": INSIDE,
    "recordings.library.parents.say_parents_agreed": "say_parents_agreed",
    "recordings.library.commands.note_original": INSIDE,
    "recordings.library.commands.note_rendition": WORK,
    "recordings.library.commands.note_poster": WORK,
    "recordings.processing.commands.begin": "make_sizes",
    "recordings.processing.commands.stop": "stop_making",
    "recordings.library.commands.note_captioned": INSIDE,
    "recordings.library.commands.note_removed": INSIDE,
    "recordings.watched.commands.take_in": PLAYER,
    "recordings.watched.late.count_late": WORK,
    "recordings.watched.commands.tell_rest": WORK,
    "recordings.watched.tasks.forget_beats": WORK,
    "attendance.presence.played.keep_in_step": WORK,
    "attendance.presence.watching.see_watched": WORK,
    "attendance.presence.watching.see_attested": INSIDE,
    "attendance.questions.commands.managed": INSIDE,
    "attendance.questions.commands.add": QUESTIONS,
    "attendance.questions.commands.remove": QUESTIONS,
    "attendance.questions.commands.begin": QUESTIONS,
    "attendance.questions.commands.answer": QUESTIONS,
    "attendance.presence.watching.settle_person": WORK,
    "events.availability.commands.agree": OWN_YES,
    "events.availability.commands.ask": "The planner asks by itself when a coordinator opens it.",
    "events.availability.commands.ask_again": WORK,
    "events.availability.commands.forget_old": WORK,
    "events.availability.commands.keep": WORK,
    "events.availability.commands.note_silence": WORK,
    "events.availability.commands.withdraw": OWN_YES,
    "integrations.accounts.ending.note_left": WORK,
    "integrations.meet.attaching.attach": WORK,
    "integrations.sync.rooms.room_of": ENTERED,
    "attendance.presence.fetching.take_in": WORK,
    "attendance.presence.remembering.note": INSIDE,
    "attendance.presence.taking.let_count": INSIDE,
    "integrations.harvest.tasks.look_after": WORK,
    "recordings.arrivals.commands.require_fitting": INSIDE,
    "integrations.harvest.fetches.begin": "fetch_held_recording",
    "integrations.harvest.fetches.note_opened": WORK,
    "integrations.harvest.fetches.note_loaded": WORK,
    "integrations.harvest.fetches.note_away": WORK,
    "integrations.harvest.fetches.note_torn": WORK,
    "integrations.harvest.fetches.note_refused": WORK,
    "integrations.harvest.fetches.note_unfit": WORK,
    "integrations.harvest.fetches.note_gone": WORK,
    "integrations.harvest.fetches.note_done": WORK,
    "integrations.harvest.commands.begin": WORK,
    "integrations.harvest.commands.heard": WORK,
    "integrations.harvest.commands.note_found": WORK,
    "integrations.harvest.commands.note_refused": WORK,
    "integrations.harvest.commands.try_now": "Asked for on the board alone: it hurries what happens by itself.",
    "integrations.webhooks.commands.forget_old": WORK,
    "integrations.webhooks.commands.receive_of_calendar": NOTICES,
    "integrations.webhooks.commands.receive_of_meeting": NOTICES,
    "attendance.presence.marking.drop_excuses": INSIDE,
    "events.backstage.due.fan_out": WORK,
    "events.backstage.due.fire_timers": WORK,
    "events.backstage.due.run_chores": WORK,
    "events.backstage.jobs.advance": WORK,
    "events.backstage.jobs.cancel": "cancel_job",
    "events.backstage.jobs.start": INSIDE,
    "events.backstage.once.run": INSIDE,
    "events.backstage.post.hand_over": INSIDE,
    "events.backstage.post.queue": INSIDE,
    "events.backstage.post.withdraw": INSIDE,
    "events.backstage.sweep.park": WORK,
    "events.backstage.sweep.put_back": WORK,
    "events.backstage.sweep.retry": OPERATOR,
    "integrations.accounts.liveruns.record": OPERATOR,
    "events.backstage.sweep.wait": WORK,
    "events.people.tokens.commands.revoke_guarded": INSIDE,
    "events.programme.plans.fill_slots": INSIDE,
    "events.programme.scenes.made": INSIDE,
    "events.registration.links.link_for": INSIDE,
    "events.registration.links.revoke": LINKS,
    "events.registration.tasks.count": INSIDE,
    "attendance.recognition.commands.award_all": WORK,
    "events.backstage.commands.audit_all": INSIDE,
    "events.backstage.commands.gathering": INSIDE,
    "recordings.viewing.asked.begin": INSIDE,
    "events.backstage.commands.record_all": INSIDE,
    "events.networks.joining.join_schools": MANY,
    "events.people.commands.new_person": INSIDE,
    "events.people.many.add_people": MANY,
    "events.people.many.set_identifiers": MANY,
    "events.programme.families.found": "found_family",
    "events.programme.families.join": "join_family",
    "events.programme.families.leave": "leave_family",
    "events.registration.commands.event_of": INSIDE,
    "events.registration.commands.require_open": INSIDE,
    "events.registration.commands.switch": INSIDE,
    "events.registration.commands.take_place": INSIDE,
    "events.registration.series.commands.dates_open": INSIDE,
    "events.registration.series.commands.register": "register_me_for_dates",
    "events.registration.series.commands.register_across": "One page shows several series; a program registers series by series.",
    "events.registration.together.register_all": MANY,
    "events.backstage.commands.record": INSIDE,
    "events.backstage.commands.audit": INSIDE,
    "events.backstage.commands.set_timer": INSIDE,
    "events.backstage.commands.drop_timer": INSIDE,
    "events.kinds.commands.load_catalogue": SEED,
    "events.mydays.commands.renew_feed": "renew_feed",
    "events.mydays.commands.revoke_feed": "revoke_feed",
    "events.networks.commands.add_country": "save_country",
    "events.networks.commands.add_term": "save_term",
    "events.networks.commands.remove_term": "Rare and final: asked for on the page of the terms alone.",
    "events.networks.commands.add_programme": "save_programme",
    "events.networks.commands.add_school": "add_school",
    "events.networks.commands.add_cluster": "add_cluster",
    "events.networks.commands.seat_school": "seat_school",
    "events.networks.commands.change_cluster": "change_cluster",
    "events.networks.commands.close_school": "close_school",
    "events.networks.commands.reopen_school": "reopen_school",
    "events.networks.commands.move_person": "move_person",
    "events.networks.commands.join_school": "join_school",
    "events.networks.commands.leave_school": "leave_school",
    "events.networks.communities.load": SEED,
    "events.networks.groups.join": "join_community",
    "events.networks.groups.leave": "leave_community",
    "events.networks.imports.commands.carry_out": "take_roster_over",
    "events.networks.imports.commands.step": WORK,
    "events.networks.imports.undo.undo": "undo_roster",
    "events.networks.persons.desk.give": "give_role",
    "events.networks.persons.desk.hand_over": "hand_over_role",
    "events.networks.persons.desk.add_colleague": "add_person",
    "events.networks.persons.helping.take_second_step": HELP,
    "events.networks.persons.helping.change_address": HELP,
    "events.networks.setup.commands.make_administrator": SETUP,
    "events.networks.setup.commands.load_first_run": SETUP,
    "events.networks.setup.commands.save_service": SETUP,
    "events.networks.setup.commands.send_test": SETUP,
    "events.networks.setup.commands.save_country": SETUP,
    "events.networks.setup.commands.schools_are_there": SETUP,
    "events.networks.setup.commands.make_cluster": SETUP,
    "events.networks.setup.commands.invite_coordinator": SETUP,
    "events.networks.setup.commands.invite_all": SETUP,
    "events.networks.setup.commands.invite_again": SETUP,
    "events.networks.setup.commands.open_service": SETUP,
    "events.people.commands.new_handle": INSIDE,
    "events.people.commands.clean_name": INSIDE,
    "events.people.commands.add_person": "add_person",
    "events.people.commands.grant": "give_role",
    "events.people.commands.end_grant": "end_role",
    "events.people.commands.hand_over": "hand_over_role",
    "events.people.commands.change_details": "change_me",
    "events.people.commands.set_identifier": SEALED,
    "events.people.commands.remove_identifier": SEALED,
    "events.people.commands.send_again": "send_mail_again",
    "events.people.commands.mail_bounced": WORK,
    "events.people.rescue.take_second_step": HELP,
    "events.people.rescue.change_address": HELP,
    "events.people.rescue.try_mail_again": HELP,
    "events.people.signin.send": SESSION,
    "events.people.signin.ask": SESSION,
    "events.people.signin.redeem": SESSION,
    "events.people.tokens.commands.make": SESSION,
    "events.people.tokens.commands.revoke": SESSION,
    "events.people.tokens.commands.note_use": INSIDE,
    "events.places.commands.set_venue": "plan_event",
    "events.planner.copying.copy_term": "Looked at first on the planner's page; a program plans event by event.",
    "events.planner.commands.plan": "plan_event",
    "events.planner.commands.change": "change_event",
    "events.planner.commands.with_venue": INSIDE,
    "events.planner.commands.require_ways": INSIDE,
    "events.planner.commands.places_differ": INSIDE,
    "events.planner.partplans.add": "add_part",
    "events.planner.partplans.change": "change_part",
    "events.planner.partplans.remove": "cancel_part",
    "events.planner.series.plan": "plan_series",
    "events.planner.series.change": "change_dates",
    "events.programme.commands.plan": "plan_event",
    "events.programme.commands.change": "change_event",
    "events.programme.commands.attach_link": WORK,
    "events.programme.commands.note_by_hand": INSIDE,
    "events.programme.commands.set_running_order": "set_running_order",
    "events.programme.commands.publish": "publish_event",
    "events.programme.commands.unpublish": "unpublish_event",
    "events.programme.commands.cancel": "cancel_event",
    "events.programme.commands.end_parts": INSIDE,
    "events.programme.commands.close": "close_event",
    "events.programme.parts.add": "add_part",
    "events.programme.parts.change": "change_part",
    "events.programme.parts.remove": "cancel_part",
    "events.programme.revision.change": "change_dates",
    "events.programme.series.plan": "plan_series",
    "events.programme.series.publish": "publish_series",
    "events.programme.series.unpublish": "unpublish_series",
    "events.programme.series.cancel": "cancel_dates",
    "events.registration.colleagues.register_colleagues": "register_colleagues",
    "events.registration.commands.set_places": "set_places",
    "events.registration.commands.lock_pools": INSIDE,
    "events.registration.commands.register": "register_me",
    "events.registration.commands.cancel": "cancel_mine",
    "events.backstage.post.queue_anew": INSIDE,
    "events.registration.commands.end_wishes": INSIDE,
    "events.registration.wishing.ask": "ask_for_recording",
    "events.registration.wishing.forgo": "forgo_recording",
    "events.registration.commands.decline": "decline_invitation",
    "events.registration.commands.recount": WORK,
    "events.reminders.commands.timer_key": INSIDE,
    "events.reminders.commands.keep_timers": WORK,
    "events.reminders.commands.look_ahead": WORK,
    "events.visits.commands.plan_visit": "One call for programs inside; the API plans, then names the schools.",
    "events.visits.commands.set_schools": "set_visiting_schools",
    "events.visits.commands.fill_checklist": INSIDE,
    "events.visits.commands.save_checklist": "save_checklist",
    "attendance.certificates.commands.bring_in_step": WORK,
    "attendance.certificates.commands.revoke": "revoke_certificate",
    "attendance.certificates.commands.reissue": "reissue_certificate",
    "attendance.certificates.commands.prepare": "prepare_certificates",
    "attendance.certificates.commands.prepare_step": WORK,
    "attendance.certificates.commands.tell_short": WORK,
    "attendance.certificates.telling.tell_up": WORK,
    "attendance.certificates.statements.state": "make_statement",
    "attendance.doors.commands.walk_in": "walk_in",
    "attendance.doors.commands.new_face": "new_face",
    "attendance.doors.joining.go_on": "The wait page of a meeting alone, opened by a person's own link.",
    "attendance.exports.commands.freeze": "freeze_term",
    "attendance.exports.commands.fetch": "get_export_file",
    "attendance.exports.commands.freeze_step": WORK,
    "attendance.presence.commands.check_in": "check_in",
    "attendance.presence.commands.check_out": "check_out",
    "attendance.presence.commands.undo_check_in": "undo_check_in",
    "attendance.presence.commands.attest": "attest_list",
    "attendance.presence.commands.correct": "correct_presence",
    "attendance.presence.commands.drop_corrections": "drop_corrections",
    "attendance.presence.commands.lock": INSIDE,
    "attendance.presence.commands.judge_again": INSIDE,
    "attendance.presence.commands.settle": WORK,
    "attendance.presence.imports.hand_in": "hand_report_in",
    "attendance.presence.imports.answer": "answer_report",
    "attendance.presence.imports.take_over": "take_report_over",
    "attendance.presence.imports.withdraw": "withdraw_report",
    "attendance.presence.marking.mark": "mark_people",
    "attendance.presence.marking.drop_excuse": "drop_excuse",
    "attendance.presence.naming.match": "match_sighting",
    "attendance.presence.naming.match_exact_names": "match_exact_names",
    "attendance.presence.naming.set_aside": "set_sighting_aside",
    "attendance.presence.naming.forget": "forget_match",
    "integrations.accounts.commands.change": CONNECTIONS,
    "integrations.accounts.commands.connect": CONNECTIONS,
    "integrations.accounts.owning.connect_google": CONNECTIONS,
    "integrations.accounts.commands.replace_credentials": CONNECTIONS,
    "integrations.accounts.commands.switch_off": "switch_connection_off",
    "integrations.sync.accepting.call_off": INSIDE,
    "integrations.sync.accepting.move": INSIDE,
    "integrations.sync.accepting.retitle": INSIDE,
    "integrations.sync.channels.heard": WORK,
    "integrations.sync.keeping.keep": WORK,
    "integrations.sync.questions.ask": WORK,
    "integrations.sync.questions.settle": WORK,
    "integrations.sync.tasks.push_waiting": WORK,
    "integrations.sync.tasks.read_calendars": WORK,
    "integrations.sync.tasks.renew_channels": WORK,
    "integrations.sync.commands.answer": "answer_calendar_question",
    "integrations.sync.commands.ask_for_meeting": "ask_for_video_link",
    "integrations.sync.commands.leave_out": "leave_event_out",
    "integrations.sync.commands.take_in": "take_event_in",
    "attendance.recognition.commands.load_first_scheme": SEED,
    "attendance.recognition.commands.award": WORK,
    "attendance.recognition.commands.reverse": WORK,
}


def product(path: Path) -> bool:
    left_out = {"migrations", "management", "api"}
    inside = path.relative_to(settings.BASE_DIR).parts
    return not left_out & set(inside) and path.name != "api.py"


WRITES = {
    "save", "create", "update", "delete", "bulk_create", "get_or_create", "update_or_create",
}  # fmt: skip


def writes(node: ast.FunctionDef) -> bool:
    """Whether a function writes rows of a table by its own hand."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return any(
        isinstance(one, ast.Attribute) and one.attr in WRITES and ".objects" in ast.unparse(one)
        for one in calls
    )


def commands() -> set[str]:
    """Public functions of command modules, and those elsewhere that are a transaction or write."""
    found = set()
    for app in APPS:
        for path in filter(product, (settings.BASE_DIR / app).rglob("*.py")):
            own = path.name == "commands.py" or path.parent.name == "commands"
            module = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
            for node in ast.parse(path.read_text()).body:
                if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                    continue
                marks = {ast.unparse(mark).partition("(")[0] for mark in node.decorator_list}
                if own or "transaction.atomic" in marks or writes(node):
                    found.add(f"{module}.{node.name}")
    return found


def test_every_command_has_a_row_and_every_row_a_command():
    assert sorted(commands() - set(REACHED)) == []
    assert sorted(set(REACHED) - commands()) == []


class Watch:
    """The functions of ours that run inside."""

    def __init__(self) -> None:
        self.ran: set[str] = set()

    def __enter__(self) -> set[str]:
        sys.setprofile(self._note)
        return self.ran

    def __exit__(self, *_fault) -> None:
        sys.setprofile(None)

    def _note(self, frame, event, _argument) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith(APPS):
            self.ran.add(f"{module}.{frame.f_code.co_name}")


@pytest.mark.django_db
def test_the_operation_named_runs_the_command():
    operations = defaultdict(set)
    for command, operation in REACHED.items():
        if operation in SAMPLES:
            operations[operation].add(command)
        else:
            assert operation.endswith("."), command
    not_run = {}
    with time_machine.travel(filled.NOW, tick=False):
        made = filled.fill()
        callers = {
            name: Caller(getattr(made, name))
            for name in ("coordinator", "officer", "administrator")
        }
        for name, wanted in operations.items():
            with transaction.atomic():
                with Watch() as ran:
                    send(callers[SAMPLES[name].who], name, made.ids)
                if left := wanted - ran:
                    not_run[name] = left
                transaction.set_rollback(True)
    assert not_run == {}
