"""Addresses of the check page and of papers."""

from django.urls import path, re_path

from attendance.certificates.pages import check, papers, printed

urlpatterns = [
    path("v/", check.check, name="check"),
    path("v/<str:number>/", check.check_number, name="check_number"),
    # The QR code holds the address without a slash at the end, and people type a capital V.
    re_path(r"^[vV]/?$", check.typed),
    re_path(r"^[vV]/(?P<number>[^/]+)/?$", check.typed),
    path("certificates/<str:number>/", papers.certificate, name="certificate"),
    path("certificates/<str:number>.pdf", papers.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:number>/withdraw/", papers.withdraw, name="certificate_withdraw"),
    path("certificates/<str:number>/replace/", papers.replace, name="certificate_replace"),
    path("attendance/<int:event_id>/certificates/", printed.certificates, name="certificates"),
    path("attendance/<int:event_id>/certificates.pdf", printed.bundle, name="certificates_pdf"),
    path("attendance/<int:event_id>/certificates.zip", printed.archive, name="certificates_zip"),
    path(
        "attendance/<int:event_id>/certificates/prepare/",
        printed.prepare,
        name="certificates_prepare",
    ),
    path(
        "attendance/<int:event_id>/sign-in-sheet.pdf", printed.sign_in_sheet, name="sign_in_sheet"
    ),
    path("attendance/<int:event_id>/ticket-cards.pdf", printed.ticket_cards, name="ticket_cards"),
]
