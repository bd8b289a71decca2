"""Addresses of agreements, by the reference that people read out."""

from django.urls import path

from entrecidades.web.views import agreement_acts, agreements, own_agreements

ONE = "agreements/<slug:reference>/"

patterns = [
    path("agreements/", agreements.agreement_list, name="agreement-list"),
    path("agreements/board/", agreements.agreement_board, name="agreement-board"),
    path("agreements/export.<slug:fmt>", agreements.agreement_export, name="agreement-export"),
    path("agreements/new/", own_agreements.agreement_new, name="agreement-new"),
    path(ONE, agreements.agreement_detail, name="agreement-detail"),
    path(f"{ONE}addenda/new/", own_agreements.agreement_addendum, name="agreement-addendum"),
    path(f"{ONE}adhere/", own_agreements.agreement_adhere, name="agreement-adhere"),
    path(f"{ONE}act.<slug:fmt>", own_agreements.agreement_act, name="agreement-act"),
    path(f"{ONE}agree/", agreement_acts.agreement_agree, name="agreement-agree"),
    path(f"{ONE}step/", agreement_acts.agreement_step, name="agreement-step"),
    path(f"{ONE}term/", own_agreements.agreement_term, name="agreement-term"),
    path(
        f"{ONE}approvals/<uuid:approval>/",
        agreement_acts.agreement_approval,
        name="agreement-approval",
    ),
    path(f"{ONE}signatories/new/", own_agreements.agreement_signatory, name="agreement-signatory"),
    path(
        f"{ONE}signatories/<uuid:signatory>/",
        agreement_acts.agreement_sign,
        name="agreement-sign",
    ),
]
