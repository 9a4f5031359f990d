"""Who speaks in a statement: a statement goes in, attributions to the five states come out.

The office beside a name wins over the name; a chain is resolved to its end; joint speakers give one attribution each;
a back-reference ("الوزارة", "وأضاف") is followed to the last speaker it agrees with. Nobody is guessed: where the
words do not tell, there is no attribution (annotation guidelines, 2).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from classifiers.lexicon import Name, grammar, lexicon
from classifiers.phrases import Phrase, mentions_in, noun_phrase, parts
from classifiers.reading import Mention, Reading
from classifiers.records import Actor, Role, Span
from classifiers.spans import Statement

MEMORY = 6  # speakers that a back-reference may reach over
_COUNTRY_SORTS = {"state", "nisba", "person", "agency", "institution", "direction"}
_MEDIA_ROLES = {Role.MEDIA, Role.STATE_MEDIA}
_VOICES = grammar("voices")
_LED_BY = ("علي", "راسها")
_FIELDS = grammar("fields_of_actors")
_ABOUT = grammar("about")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One speaker of a statement.

    `speaker` are the words that name him, resolved; `mention` is their place in the statement, `antecedent` the place
    a back-reference led to. `actor` is None for anybody beyond the five states.
    """

    actor: Actor | None
    speaker: str | None
    role: Role
    via: str | None = None
    mention: Span | None = None
    antecedent: Span | None = None
    agreement: str = ""


@dataclass(slots=True)
class _Memory:
    """What the article has said of its people so far."""

    speakers: list[Attribution] = field(default_factory=list)
    joint: list[Attribution] = field(default_factory=list)  # the speakers of the last statement
    surnames: dict[str, Attribution] = field(default_factory=dict)
    offices: dict[str, Attribution] = field(default_factory=dict)
    koreas: bool = False
    namesakes: dict[str, Attribution] = field(default_factory=dict)  # the last full name of each Korean family
    subjects: list[tuple[int, Attribution]] = field(default_factory=list)  # whoever was named, with the token


def attribute(reading: Reading, statements: list[Statement]) -> list[list[Attribution]]:
    """For each statement its speakers: one, or several who speak jointly, or none where nobody can be named."""
    return Attributor(reading).run(statements)


class Attributor:
    """Resolves the speakers of one article, in the order of the text, remembering who was named."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.memory = _Memory()
        countries = {m.name.country for m in reading.mentions.values()}
        self.memory.koreas = bool({"KP", "KR"} & countries)
        for noun, code in lexicon().offices.items():
            if code in countries:
                self.memory.offices[noun] = Attribution(Actor(code), "ال" + noun, Role.OFFICIAL)
        self.introductions = self._introductions()
        self.spoken_at = -1  # the token of the last clue with a speaker

    def run(self, statements: list[Statement]) -> list[list[Attribution]]:
        """See `attribute`."""
        resolved = []
        for statement in statements:
            self._read_up_to(statement.last)
            attributions = self._speakers(statement)
            if attributions:
                self.spoken_at = statement.clue.first
                self.memory.joint = attributions
                self.memory.speakers = [*self.memory.speakers, attributions[0]][-MEMORY:]
            resolved.append(attributions)
        return resolved

    # introductions: "وزير الدفاع الأميركي جيمس ماتيس", anywhere in the text

    def _introductions(self) -> list[tuple[int, Phrase]]:
        reading, found, beyond = self.reading, [], -1
        for first, mention in reading.mentions.items():
            if first > beyond and mention.name.sort in {"head", "person", "state"}:
                phrase = noun_phrase(reading, first, min(first + 24, len(reading.words)))
                if phrase is not None:
                    found.append((first, phrase))
                    beyond = phrase.last
        found.reverse()
        return found

    def _read_up_to(self, last: int) -> None:
        while self.introductions and self.introductions[-1][0] <= last:
            for part in parts(self.reading, self.introductions.pop()[1]):
                who = self._resolve(part)
                self._remember(part, who)
                if who is not None and who.actor is not None:
                    self.memory.subjects.append((part.first, who))

    def _remember(self, phrase: Phrase, who: Attribution | None) -> None:
        mentions = mentions_in(self.reading, phrase)
        if who is None or not mentions:
            return
        if who.role in _MEDIA_ROLES:
            if who.mention is not None and self._own_country(mentions):
                key = "وكاله" if mentions[0].name.sort == "agency" else mentions[0].name.key
                self.memory.offices[key] = who
            return
        for mention in mentions:
            family = (
                mention.name.key if mention.name.key in lexicon().family else self.reading.forms[mention.first].removeprefix("و")
            )
            if mention.name.sort == "person" and mention.last > mention.first and family in lexicon().family:
                self.memory.namesakes[family] = who
        if mentions and mentions[0].name.sort == "head" and self._own_country(mentions):
            self.memory.offices[mentions[0].name.key] = who
            self.memory.offices[self._office(phrase, mentions)] = who
        known = {i for m in mentions for i in range(m.first, m.last + 1) if m.name.key != "namesake"}
        for i in range(phrase.first, phrase.last + 1):
            form = self.reading.forms[i]
            if (
                i not in known
                and self.reading.words[i].is_word
                and len(form) > 2
                and not form.startswith("ال")
                and form not in _ABOUT
                and not self.reading.words[i].cues
                and len(mentions) > 0
            ):
                self.memory.surnames.setdefault(form, who)

    # speakers of a statement

    def _speakers(self, statement: Statement) -> list[Attribution]:
        via = self._via(statement)
        if statement.subject is None:
            followed = [self._as_back_reference(who, via) for who in self._followed(statement)]
            return followed + (self._cosigner(statement, {a.actor for a in followed}) if followed else [])
        attributions = []
        for number, part in enumerate(parts(self.reading, statement.subject)):
            # Of joint speakers the later ones must name their own country: "الخبير الصيني والمعلق التلفزيوني" is one man.
            if number == 0 or self._own_country(mentions_in(self.reading, part)) is not None:
                attributions += self._named(part, statement)
        cue = statement.clue.cue
        if statement.how in {"after", "before", "relative"} and cue is not None and cue.agreement in {"m", "f"}:
            attributions = [replace(a, agreement=cue.agreement) for a in attributions]
        seen: set[Actor | None] = set()
        unique = [a for a in attributions if not (a.actor in seen or seen.add(a.actor))]  # type: ignore[func-returns-value]
        if len(unique) > 1:
            unique = [a for a in unique if a.actor is not None] or unique[:1]
        for part in parts(self.reading, statement.subject):
            self._remember(part, self._resolve(part))
        unique += self._cosigner(statement, {a.actor for a in unique})
        return [replace(a, via=via or a.via) for a in unique]

    def _cosigner(self, statement: Statement, signers: set[Actor | None]) -> list[Attribution]:
        """ "وقّع مع الرئيس الروسي اتفاقا": whoever it is signed with signs as well."""
        cue, reading = statement.clue.cue, self.reading
        if cue is None or cue.verb.sort != "act" or cue.verb.perfect not in {"وقع", "تبادل"}:
            return []
        start = (
            statement.subject.last if statement.subject is not None and statement.how == "after" else statement.clue.last
        ) + 1
        if start + 1 >= len(reading.words) or reading.forms[start] != "مع":
            return []
        phrase = noun_phrase(reading, start + 1, statement.last + 1)
        who = self._resolve(phrase) if phrase is not None else None
        return [who] if who is not None and who.actor is not None and who.actor not in signers else []

    def _via(self, statement: Statement) -> str | None:
        phrase = statement.clue.via
        if phrase is None:
            return None
        mentions = mentions_in(self.reading, phrase)
        carrier = mentions and (mentions[0].name.role in _MEDIA_ROLES or mentions[0].name.sort == "agency")
        return self.reading.words_of(*phrase) if carrier else None

    @staticmethod
    def _as_back_reference(who: Attribution, via: str | None) -> Attribution:
        return replace(who, via=via or who.via, mention=None, antecedent=who.mention or who.antecedent)

    def _followed(self, statement: Statement) -> list[Attribution]:
        """The speakers a verb without a subject goes back to: the last ones it agrees with."""
        cue = statement.clue.cue
        agreement = cue.agreement if cue is not None else ""
        if statement.how == "turn":
            return self._interviewee()
        if agreement == "d":
            return self._pair(statement.first)
        if agreement == "p":
            return self.memory.joint if len(self.memory.joint) > 1 else []
        subject = self._sentence_subject(statement)
        if subject is not None:
            return [subject]
        for who in reversed(self.memory.speakers):
            if agreement in {"m", "f"} and who.agreement in {"m", "f"} and who.agreement != agreement:
                continue
            return self.memory.joint if who is self.memory.joint[0] else [who]
        return []

    def _interviewee(self) -> list[Attribution]:
        """The one asked in an interview: whoever of the five the text introduces first with an office."""
        asked = next(
            (
                who
                for _, who in self.memory.subjects
                if who.role in {Role.OFFICIAL, Role.EXPERT}
                and who.mention is not None
                and self.reading.text[who.mention.start : who.mention.end].count(" ")
            ),
            None,
        )
        return [asked] if asked is not None else []

    def _sentence_subject(self, statement: Statement) -> Attribution | None:
        """The subject of the sentence's main verb, where the statement is not its first clause: "استقبل كيم ...، مؤكدا"."""
        reading = self.reading
        sentence = next((s for s in reading.sentences if s[0] <= statement.clue.first < s[1]), None)
        if sentence is None or statement.clue.first - sentence[0] < 3:
            return None
        if self.spoken_at >= sentence[0]:
            return None  # somebody already speaks in this sentence: the verb goes back to him
        cue = statement.clue.cue
        for position in range(sentence[0], min(sentence[0] + 12, statement.clue.first)):
            mention = reading.mentions.get(position)
            if mention is None or mention.proclitic not in {"", "و"} or mention.name.sort not in {"state", "person", "head"}:
                continue
            if position > sentence[0] and reading.forms[position - 1] in _PREPOSITIONS:
                return None
            if (
                cue is not None
                and cue.agreement in {"m", "f"}
                and mention.name.agreement in {"m", "f"}
                and mention.name.agreement != cue.agreement
            ):
                continue
            phrase = noun_phrase(reading, position, statement.clue.first)
            return self._resolve(parts(reading, phrase)[0]) if phrase is not None else None
        return None

    def _named(self, phrase: Phrase, statement: Statement) -> list[Attribution]:
        mentions = mentions_in(self.reading, phrase)
        lead = mentions[0] if mentions and mentions[0].first <= phrase.first + 1 else None
        if lead is not None and lead.name.sort == "pair":
            return self._pair(phrase.first)
        if lead is not None and lead.name.sort == "koreas":
            return [self._from_name(Actor.KP, phrase, lead), self._from_name(Actor.KR, phrase, lead)]
        if lead is not None and lead.name.agreement == "d" and lead.name.sort == "head" and len(parts(self.reading, phrase)) == 1:
            countries = list(dict.fromkeys(m.name.country for m in mentions[1:] if m.name.country in set(Actor)))
            if len(countries) < 2 and not any(m.name.country == "other" for m in mentions):
                return self._pair(phrase.first)
        if lead is not None and lead.name.agreement == "d" and lead.name.sort == "head":
            tail = mentions_in(self.reading, Phrase(phrase.first, statement.subject.last if statement.subject else phrase.last))
            return [
                self._from_name(Actor(c), phrase, lead) for c in dict.fromkeys(m.name.country for m in tail) if c in set(Actor)
            ]
        who = self._resolve(phrase)
        return [who] if who is not None else []

    def _from_name(self, actor: Actor, phrase: Phrase, lead: Mention) -> Attribution:
        return Attribution(actor, self.reading.words_of(*phrase), lead.name.role, None, self.reading.span(*phrase), None, "d")

    def _pair(self, before: int) -> list[Attribution]:
        """ "الزعيمان", "البلدان": whoever spoke jointly just before, else the two of the five named most up to here."""
        if len(self.memory.joint) == 2 and all(a.actor is not None for a in self.memory.joint):
            return [replace(a, mention=None, antecedent=a.mention or a.antecedent, agreement="d") for a in self.memory.joint]
        found: dict[str, Mention] = {}
        times: Counter[str] = Counter()
        for first in sorted(f for f in self.reading.mentions if f < before):
            mention = self.reading.mentions[first]
            if mention.name.country in set(Actor) and mention.name.sort in {"state", "person", "nisba"}:
                found[str(mention.name.country)] = mention
                times[str(mention.name.country)] += 1
        codes = [code for code, _ in times.most_common(2)]
        return (
            [
                Attribution(
                    Actor(code),
                    self.reading.words_of(found[code].first, found[code].last),
                    Role.OFFICIAL,
                    None,
                    None,
                    self.reading.span(found[code].first, found[code].last),
                    "d",
                )
                for code in sorted(codes, key=lambda c: found[c].first)
            ]
            if len(codes) == 2
            else []
        )

    # one name

    def _own_country(self, mentions: list[Mention]) -> Mention | None:
        """The first name of a phrase that tells a country, before any preposition that points elsewhere."""
        for mention in mentions:
            if mention.name.country is not None and mention.name.sort in _COUNTRY_SORTS:
                if mention.first and self.reading.forms[mention.first - 1] in _ABOUT and mention is not mentions[0]:
                    continue
                if mention.name.sort == "direction" and not self.memory.koreas:
                    continue
                if mention.name.sort in {"nisba", "state"} and mention.first and self.reading.forms[mention.first - 1] in _FIELDS:
                    continue
                return mention
        return None

    def _resolve(self, phrase: Phrase) -> Attribution | None:
        """The speaker a phrase names; None where it names nobody who could be known."""
        reading = self.reading
        mentions = mentions_in(reading, phrase)
        heads = [m for m in mentions if m.name.sort == "head"]
        country = self._country_of(phrase, mentions)
        if country is None:
            return self._known(phrase, mentions, heads)
        if (who := self._namesake(phrase, mentions, country)) is not None:
            return who
        name = country.name
        if (
            mentions[0].name.sort == "nobody"
            and not self._led_by(phrase, country)
            and not (name.sort == "nisba" and name.country != "other" and country.first <= mentions[0].last + 2)
        ):
            return None
        actor = Actor(name.country) if name.country in set(Actor) else None
        return Attribution(
            actor,
            self._speaker_words(phrase),
            self._role(mentions, heads, name),
            None,
            reading.span(*phrase),
            None,
            self._agreement(phrase, mentions, heads),
        )

    def _namesake(self, phrase: Phrase, mentions: list[Mention], country: Mention) -> Attribution | None:
        """A bare Korean family name goes to whoever of that name was last named in full."""
        if len(mentions) > 1 or country.name.sort != "person" or country.name.key not in lexicon().family:
            return None
        who = self.memory.namesakes.get(country.name.key)
        return self._again(who, phrase) if who is not None and who.actor is not None else None

    def _country_of(self, phrase: Phrase, mentions: list[Mention]) -> Mention | None:
        """The mention that tells the country; beside an office its adjective wins over the person's name."""
        country = self._own_country(mentions)
        if country is None or country.name.sort != "person" or country.name.key not in lexicon().family:
            return country
        for mention in mentions:
            if (
                mention.name.sort in {"nisba", "state"}
                and mention.name.country is not None
                and mention.proclitic == ""
                and any(m.name.sort == "head" and m.first < mention.first for m in mentions)
                and reading_form(self.reading, mention.first - 1) not in _ABOUT
            ):
                return mention
        return country

    def _led_by(self, phrase: Phrase, country: Mention) -> bool:
        forms = self.reading.forms
        return any(
            forms[i].lstrip("و") == _LED_BY[0] and forms[i + 1] == _LED_BY[1] for i in range(phrase.first, country.first - 1)
        )

    def _known(self, phrase: Phrase, mentions: list[Mention], heads: list[Mention]) -> Attribution | None:
        """A surname or office that the article introduced before."""
        forms = self.reading.forms
        for i in range(phrase.first, phrase.last + 1):
            if (who := self.memory.surnames.get(forms[i])) is not None:
                return self._again(who, phrase)
        if mentions and mentions[0].name.sort == "nobody":
            return None
        if heads and heads[0].first <= phrase.first + 1:
            bare = phrase.last <= heads[0].last + 1 and (self._is_definite(heads[0]) or self._is_another(phrase))
            who = self.memory.offices.get(self._office(phrase, mentions))
            if who is None and bare and not heads[0].name.possessor and self._place(phrase) is None:
                who = self.memory.offices.get(heads[0].name.key) or self._last_in_role(heads[0])
            if who is not None:
                return self._again(who, phrase)
        if heads and heads[0].first <= phrase.first + 1 and (home := self._home(phrase, heads[0])) is not None:
            return home
        role = heads[0].name.role if heads else Role.OTHER
        return Attribution(
            None,
            self._speaker_words(phrase),
            role,
            None,
            self.reading.span(*phrase),
            None,
            heads[0].name.agreement if heads else "",
        )

    def _home(self, phrase: Phrase, head: Mention) -> Attribution | None:
        """The country of an office that is named without one: its possessor's, its place's, or the one spoken of there.

        "مساعده" is of the man last named, "وفي بكين، جددت الخارجية" of China; "الوزيرة" of whoever spoke last, if of the five.
        """
        who = self._possessor(phrase, head) if head.name.possessor else (self._place(phrase) or self._neighbour(head))
        if who is None or who.actor is None:
            return None
        return Attribution(
            who.actor,
            self._speaker_words(phrase),
            head.name.role,
            None,
            self.reading.span(*phrase),
            who.mention,
            head.name.agreement,
        )

    def _possessor(self, phrase: Phrase, head: Mention) -> Attribution | None:
        if head.name.key in {"مضيف", "ضيف", "نظير"}:
            return self._other_side(phrase)
        if head.name.key == "زميل" and self.memory.speakers:
            return self.memory.speakers[-1]
        for first, who in reversed(self.memory.subjects):
            if first < phrase.first and (
                who.agreement not in {"m", "f"} or head.name.possessor not in {"m", "f"} or who.agreement == head.name.possessor
            ):
                return who
        return None

    def _other_side(self, phrase: Phrase) -> Attribution | None:
        """The one of two last named who is not the last subject: a host's guest, a minister's counterpart."""
        named = [who for first, who in self.memory.subjects if first < phrase.first]
        last = self.memory.speakers[-1].actor if self.memory.speakers else (named[-1].actor if named else None)
        return next((who for who in reversed(named) if who.actor != last), None)

    def _place(self, phrase: Phrase) -> Attribution | None:
        """ "وفي بكين، ...", "... في سيول": a capital in the sentence's opening or right behind the office."""
        reading = self.reading
        sentence = next((s for s in reading.sentences if s[0] <= phrase.first < s[1]), (phrase.first, phrase.last + 1))
        for position in (
            *range(phrase.last + 1, min(phrase.last + 8, sentence[1])),
            *range(sentence[0], min(sentence[0] + 4, phrase.first)),
        ):
            mention = reading.mentions.get(position)
            if (
                mention is not None
                and mention.name.sort == "state"
                and mention.name.country in set(Actor)
                and reading_form(reading, position - 1).removeprefix("و") in {"في", "من"}
            ):
                return Attribution(
                    Actor(str(mention.name.country)), None, Role.OFFICIAL, mention=reading.span(mention.first, mention.last)
                )
        return None

    def _neighbour(self, head: Mention) -> Attribution | None:
        """The last speaker, for an office or expert of his own country that is named right after him."""
        if head.name.role not in {Role.OFFICIAL, Role.EXPERT} or not self.memory.speakers:
            return None
        last = self.memory.speakers[-1]
        return last if last.actor is not None and self._paragraphs_since_spoken(head.first) <= 1 else None

    def _paragraphs_since_spoken(self, position: int) -> int:
        forms = self.reading.forms[self.spoken_at : position]
        return sum(form == "\n" and after != "\n" for form, after in pairwise(forms))

    def _is_definite(self, head: Mention) -> bool:
        form = self.reading.forms[head.first]
        return form.removeprefix("و").startswith("ال") or (form.endswith(("ه", "ها")) and head.name.key.startswith("نظير"))

    def _is_another(self, phrase: Phrase) -> bool:
        """ "مسؤول آخر": another of those who spoke last."""
        return self.reading.forms[phrase.last] in {"اخر", "اخري", "اخرون", "ثان", "ثالث"}

    def _office(self, phrase: Phrase, mentions: list[Mention]) -> str:
        """The office a phrase names, without country or person: "وزاره الخزانه"."""
        end = next((m.first for m in mentions if m.name.country is not None), phrase.last + 1)
        return " ".join(
            self.reading.forms[i].removeprefix("و").removeprefix("ال")
            for i in range(phrase.first, end)
            if self.reading.words[i].is_word
        )

    def _last_in_role(self, head: Mention) -> Attribution | None:
        """ "المتحدث", "البيان" without a name: the last speaker, if he holds such a role; a document speaks for its maker."""
        if not self.memory.speakers:
            return None
        last = self.memory.speakers[-1]
        return last if head.name.key in _VOICES and last.role not in _MEDIA_ROLES else None

    def _again(self, who: Attribution, phrase: Phrase) -> Attribution:
        return replace(who, mention=self.reading.span(*phrase), antecedent=who.mention or who.antecedent)

    def _speaker_words(self, phrase: Phrase) -> str:
        return self.reading.words_of(*phrase).strip(" ،,:\"'«»“”")

    @staticmethod
    def _role(mentions: list[Mention], heads: list[Mention], name: Name) -> Role:
        if mentions[0].name.sort in {"agency", "institution"}:
            return mentions[0].name.role
        agency = next((m for m in mentions if m.name.sort == "agency"), None)
        if heads and heads[0].name.role is Role.MEDIA:
            return agency.name.role if agency is not None else Role.MEDIA
        experts = [m for m in heads if m.name.role is Role.EXPERT]
        if experts and (heads[0] is experts[0] or heads[0].name.key in {"رئيس", "مدير", "نائب", "كبير", "عضو", "مساعد"}):
            return Role.EXPERT
        if heads:
            return heads[0].name.role
        return name.role if name.sort != "nisba" else Role.OTHER

    @staticmethod
    def _agreement(phrase: Phrase, mentions: list[Mention], heads: list[Mention]) -> str:
        lead = mentions[0]
        if lead.first == phrase.first or not heads:
            return lead.name.agreement
        return heads[0].name.agreement


def reading_form(reading: Reading, position: int) -> str:
    """The match-form at a token, or nothing before the text."""
    return reading.forms[position] if position >= 0 else ""


_PREPOSITIONS = grammar("prepositions")
