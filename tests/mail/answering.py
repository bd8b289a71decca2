"""How a mail programme answers a letter of ours."""

from email.message import EmailMessage


def answer(letter, words="Em três ilhas.", **heads):
    """The bytes of an answer, with the letter quoted below it."""
    made = EmailMessage()
    facts = {"From": letter.to[0], "To": letter.reply_to[0], "Message-ID": "<1@mail.example>"}
    for name, value in (facts | {n.replace("_", "-"): v for n, v in heads.items()}).items():
        made[name] = value
    quoted = "".join(f"> {line}\n" for line in letter.body.splitlines())
    made.set_content(f"{words}\n\nEm 19/11/2009, {letter.from_email} escreveu:\n{quoted}")
    return made.as_bytes()
