"""What somebody said is found in an answer, whatever mail programme quotes our letter below it."""

from email import message_from_string, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.mail.answers.reading import END, MARK, files_in, is_automatic, said_in

SENDER = "letters@entrecidades.example"
OURS = f"{MARK} Write your answer above this line {END}\n\nCuritiba writes:\n\nBom dia.\n"
QUOTED = "".join(f"> {line}\n" for line in OURS.splitlines())
#: What programmes write between an answer and what it answers.
INTRODUCTIONS = {
    "Gmail, en": f"On Thu, Nov 19, 2009 at 10:00 AM Entrecidades <{SENDER}> wrote:\n\n{QUOTED}",
    "Gmail, pt": f"Em 19 de nov. de 2009 às 10:00, Casa <\n{SENDER}> escreveu:\n\n{QUOTED}",
    "Gmail, fr": f"Le jeu. 19 nov. 2009 à 10:00, Entrecidades <{SENDER}> a\nécrit :\n\n{QUOTED}",
    "Apple, it": f"> Il giorno 19 nov 2009, alle ore 10:00, {SENDER} ha scritto:\n> \n{QUOTED}",
    "Thunderbird, es": f"El 19/11/09 a las 10:00, {SENDER} escribió:\n{QUOTED}",
    "Outlook, pt": (
        "________________________________\n"
        f"De: Entrecidades <{SENDER}>\nEnviado: quinta-feira, 19 de novembro de 2009 10:00\n"
        f"Para: Ana <ana@maputo.example>\nAssunto: Curitiba escreveu\n\n{OURS}"
    ),
    "Outlook, fr": (
        f"-----Message d'origine-----\nDe : {SENDER} [mailto:{SENDER}]\nEnvoyé : jeudi\n"
        f"À : Ana\nObjet : Curitiba\n\n{OURS}"
    ),
    "K-9": f"Am 19. November 2009 10:00:00 schrieb {SENDER}:\n{QUOTED.replace('> ##', '>##')}",
    "none": "",
    "nothing but the letter": OURS,
}
#: A line that no programme takes for a quotation or a signature.
LINES = st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"]), max_size=60).map(
    lambda line: " ".join(line.split())
)


def letter(text, subtype="plain", **heads):
    made = EmailMessage(policy=policy.default)
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content(text, subtype=subtype)
    return made


@pytest.mark.parametrize("below", INTRODUCTIONS.values(), ids=INTRODUCTIONS)
@given(lines=st.lists(LINES, max_size=8))
def test_the_words_above_the_line_are_found(below, lines):
    words = "\n".join(lines).strip("\n")
    found = said_in(letter(f"{words}\n\n{below}"), SENDER)
    assert found == words


def test_a_line_that_a_programme_broke_is_still_the_line():
    broken = QUOTED.replace("answer above", "answer\n> above")
    assert said_in(letter(f"Sim.\n\n{broken}"), SENDER) == "Sim."


def test_a_signature_is_left_out():
    assert said_in(letter(f"Sim.\n-- \nAna, Maputo\n\n{OURS}"), SENDER) == "Sim."


def test_an_address_of_ours_within_the_words_stays_where_nothing_is_quoted():
    words = f"Escreva a {SENDER} ainda hoje."
    assert said_in(letter(words), SENDER) == words


def test_markup_alone_is_read_as_text():
    markup = (
        "<html><style>p{color:red}</style><p>Sim &amp; <b>obrigada</b>.</p><div>Até já<br>Ana"
        f"</div><script>alert(1)</script><blockquote>{MARK} x {END}<br>Bom dia.</blockquote>"
    )
    assert said_in(letter(markup, "html"), SENDER) == "Sim & obrigada.\nAté já\nAna"


def test_text_is_preferred_to_markup():
    both = letter("Sim.")
    both.add_alternative("<p>Outra coisa</p>", subtype="html")
    assert said_in(both, SENDER) == "Sim."


def test_unknown_signs_do_not_stop_it():
    raw = "Content-Type: text/plain; charset=x-nobody\n\nSim, \xe0s 10."
    assert said_in(message_from_string(raw, policy=policy.default), SENDER).startswith("Sim,")


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<all.example>"},
    ],
)
def test_a_machine_is_known_by_its_heads(heads):
    assert is_automatic(letter("Estou de férias.", **heads))


def test_a_person_is_no_machine():
    assert not is_automatic(
        letter("Sim.", Auto_Submitted="no", Return_Path="<ana@maputo.example>")
    )


def test_files_are_counted_and_pictures_of_a_signature_are_not():
    made = letter("Sim.")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment(b"x", maintype="image", subtype="png", filename="l.png", cid="<logo>")
    assert files_in(made) == 1
