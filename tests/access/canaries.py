"""Words that stand in one record each, and who may come to read them, told without the house."""

import html
import io
import re
import zipfile
from dataclasses import dataclass

from tests.access.canaries_of_rooms import plant_rooms
from tests.factories.cooperation import IntroductionFactory
from tests.factories.practices import PostingFactory, PracticeFactory

TOKEN = re.compile(r"kanari\d{4}")
UUID_SIGNS = 36
RUNGS = {"private": 0, "association": 20, "oversight": 30, "public": 40}
#: Whose private records each kind of person reads; the others read nobody's.
READS = dict.fromkeys(("technician", "officer", "approver", "admin", "coordinator"), "Maputo")
READS |= {"foreign": "Curitiba"}


@dataclass(frozen=True)
class Canary:
    """One planted word: the bodies that may read it whatever is said, and how far it is shared.

    ``owner`` is whose association and ministry may read it from their rungs on; ``also`` are
    kinds of people who read it for another reason.
    """

    owners: frozenset[str]
    rung: int
    owner: str
    also: frozenset[str] = frozenset()

    def may_be_read_by(self, person):
        """Whether a kind of person may come to read the word."""
        if self.rung >= RUNGS["public"] or READS.get(person) in self.owners:
            return True
        if person in self.also:
            return True
        if self.owner != "Maputo":  # the association and the ministry are Maputo's
            return False
        needed = {"coordinator": RUNGS["association"], "overseer": RUNGS["oversight"]}
        return self.rung >= needed.get(person, RUNGS["public"] + 1)


class Aviary:
    """All planted words, each with its canary and the record in which it stands."""

    def __init__(self):
        self.canaries = {}
        self.records = []
        self.paths = []
        self.secrets = {}

    def word(self, rung, *owners, also=()):
        """A new word, written into a record of these bodies, the first of which it is."""
        token = f"kanari{len(self.canaries):04d}"
        self.canaries[token] = Canary(frozenset(owners), rung, owners[0], frozenset(also))
        return token

    def keep(self, token, path):
        """A word stands at an address, which names its record."""
        self.paths.append((path, token))

    def plant(self, world):
        """A word in every text of every kind of record, of three cities, on every rung."""
        for name in ("Maputo", "Curitiba", "Seattle"):
            for rung in RUNGS.values():
                self._share(world.body(name), name, rung, rung)
                self._share(world.body(name), name, RUNGS["private"], rung, state="draft")
        for one, other in (("Maputo", "Curitiba"), ("Maputo", "Seattle"), ("Seattle", "Curitiba")):
            word = self.word(RUNGS["private"], one, other)
            ends = {"asker": world.body(one), "asked": world.body(other)}
            self.records.append(IntroductionFactory(message=word, **ends))
        plant_rooms(self, world, RUNGS)
        return self

    def _share(self, body, name, rung, visibility, **facts):
        """A posting and a practice of a city; ``rung`` is as far as they are really shared."""
        texts = [{"en": self.word(rung, name)} for _text in range(4)]
        common = {"entity": body, "visibility": visibility, **facts}
        self.records += [
            PostingFactory(title=texts[0], text=texts[1], **common),
            PracticeFactory(title=texts[2], summary=texts[3], **common),
        ]

    def foreign_to(self, person, path, words):
        """What an answer gives away to a kind of person: words, and addresses of records.

        What the question itself said does not count: it is repeated in the answer.
        """
        found = {token for token in TOKEN.findall(words) if token not in path}
        foreign = {token for token in found if not self.canaries[token].may_be_read_by(person)}
        secret = self.addresses_kept_from(person)
        return foreign | {one for one in secret if one in words and one not in path}

    def addresses_kept_from(self, person):
        """The identifiers of the records that a kind of person may not see."""
        if person not in self.secrets:
            kept = [(one.get_absolute_url(), _word_in(one)) for one in self.records] + self.paths
            self.secrets[person] = {
                f"/{name}/"
                for path, word in kept
                if (name := _name_in(path)) and not self.canaries[word].may_be_read_by(person)
            }
        return self.secrets[person]


def _word_in(record):
    """A word that was planted in a record."""
    texts = getattr(record, "title", None) or record.message
    return texts if isinstance(texts, str) else texts["en"]


def _name_in(path):
    """What in an address names its record: the last part that nobody could guess."""
    found = [part for part in path.split("/") if len(part) == UUID_SIGNS]
    return found[-1] if found else path.rstrip("/").rpartition("/")[2]


def words_of(response):
    """Everything an answer says, unpacked where it is packed."""
    body = b"".join(response) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as box:
            body = b"\n".join(box.read(name) for name in box.namelist())
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{html.unescape(body.decode(errors='replace'))}"


def links_in(words):
    """The addresses of this house to which a page leads."""
    found = re.findall(r'(?:href|hx-get|action)="(/[^"#]*)"', words)
    return [link for link in found if not re.search(r"/static/|logout", link)]
