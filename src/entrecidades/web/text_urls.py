"""Addresses of the texts of agreements; they stand under the agreement's own."""

from django.urls import path

from entrecidades.web.views import signed_files, text_clauses, text_files, text_versions, texts

TEXT = "agreements/<uuid:public_id>/text/"
CLAUSE = f"{TEXT}clauses/<slug:key>/"
VERSION = f"{TEXT}versions/<int:number>/"

patterns = [
    path(TEXT, texts.text_detail, name="text-detail"),
    path(f"{TEXT}read/", text_versions.text_read, name="text-read"),
    path(f"{TEXT}begin/", texts.text_begin, name="text-begin"),
    path(f"{TEXT}number/", texts.text_number, name="text-number"),
    path(f"{TEXT}reopen/", texts.text_reopen, name="text-reopen"),
    path(f"{TEXT}clauses/new/", text_clauses.text_add, name="text-add"),
    path(CLAUSE, text_clauses.text_clause, name="text-clause"),
    path(f"{CLAUSE}act/", text_clauses.text_act, name="text-act"),
    path(f"{CLAUSE}remark/", text_clauses.text_remark, name="text-remark"),
    path(f"{TEXT}remarks/<uuid:remark>/settle/", text_clauses.text_settle, name="text-settle"),
    path(f"{TEXT}compare/", text_versions.text_compare, name="text-compare"),
    path(VERSION, text_versions.text_version, name="text-version"),
    path(f"{VERSION}file.<slug:fmt>", text_files.text_file, name="text-file"),
    path(f"{TEXT}signed/", signed_files.text_signed, name="text-signed"),
    path(f"{TEXT}signed/<uuid:file>/look/", signed_files.text_look, name="text-look"),
    path(f"{TEXT}sign/", signed_files.text_sign, name="text-sign"),
    path(f"{TEXT}word/", text_files.text_word, name="text-word"),
    path(f"{VERSION}agree/", text_versions.text_agree, name="text-agree"),
]
