"""Addresses of the board and of imported reports."""

from django.urls import path

from attendance.presence.pages import board, handing, listing, marking, naming, people, reports

EVENT = "attendance/<int:event_id>/"

urlpatterns = [
    path("attendance/", listing.listing, name="attendance"),
    path(EVENT, board.board, name="board"),
    path(f"{EVENT}print/", board.printed, name="board_print"),
    path(f"{EVENT}table.<str:kind>", board.table, name="board_table"),
    path(f"{EVENT}close/", board.close, name="board_close"),
    path(f"{EVENT}people/<int:person_id>/", people.person, name="board_person"),
    path(f"{EVENT}people/<int:person_id>/drop/", people.drop, name="board_drop"),
    path(f"{EVENT}people/<int:person_id>/decide/", people.decide, name="board_decide"),
    path(f"{EVENT}mark/", marking.mark, name="board_mark"),
    path(
        f"{EVENT}people/<int:person_id>/excuse/drop/",
        marking.drop_excuse,
        name="board_excuse_drop",
    ),
    path(f"{EVENT}match/", naming.match, name="board_match"),
    path(f"{EVENT}match/names/", naming.match_exact, name="board_match_exact"),
    path(f"{EVENT}match/undo/", naming.forget, name="board_forget"),
    path(f"{EVENT}seen/<int:row_id>/", naming.name, name="board_name"),
    path(f"{EVENT}reports/", handing.reports, name="board_reports"),
    path(f"{EVENT}reports/<int:report_id>/", reports.report, name="board_report"),
    path(f"{EVENT}reports/<int:report_id>/file/", reports.file, name="board_report_file"),
    path(f"{EVENT}reports/<int:report_id>/withdraw/", reports.withdraw, name="board_report_withdraw"),
]  # fmt: skip
