"""A made-up board of sixty meetings with all that makes actions hard to follow, and the truth about each line of its notes.

Each note lists the actions that its meeting raises, and goes through two in five of those still outstanding, each in new words:
10 to 30 % of the words of its last printed line are dropped, replaced or swapped. That is the harder reading of "reworded", as
the words wander off from note to note, and the likelier: a secretary copies from the last note and does not look at the first.
Only where less than half of an action's content words would be left does she look it up and change its first words instead.

One fresh action in five has a twin: the same owner and the same words but for one word or number, outstanding at the same time.
A line that loses that word could speak of either. What a secretary never does is to write an action down as its twin: no
replacement is a word that the twin was raised in or last printed with, and no line equals one that has stood for another action.

One fresh action in ten recurs: finished, it is raised again in its first words some meetings later, as an action of its own.
No refs and no numbers of actions are printed. No word names a day or an occasion, as matching leaves out due words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from random import Random

VERBS = """
    circulate review share send draft agree confirm update prepare discuss check contact arrange provide consider develop
    produce present invite publish finalise collate raise explore amend clarify identify establish monitor gather submit
    request complain summarise analyse assess audit brief compile consult convene coordinate correct define deliver
    describe design display distribute document escalate estimate evaluate examine extend forward fund host improve
    inspect investigate issue launch link list map measure merge model negotiate nominate notify obtain organise outline
    pilot print procure promote propose pursue query recruit redesign refer refresh remind rename renew repair replace
    restate revise rewrite scope secure simplify test trace train translate trial validate verify visit
""".split()
ADJECTIVES = """
    local new joint current annual national regional revised shared written public young short final clear financial
    mental digital external internal main early senior safe common rural urban central strategic statutory operational
    clinical legal medical personal private separate similar technical temporary tidy useful vital vulnerable wider adult
    ambitious available average bilingual broad civic complex confidential corporate critical cultural detailed eligible
    ethical flexible formal frail frequent general honest independent initial innovative intensive isolated larger missing
    mobile modest neutral outer overall partial permanent physical plain positive practical previous proposed quiet rapid
    realistic relevant remote residential secondary seasonal sensitive social specialist spare standard suitable
    supportive
""".split()
NOUNS = """
    report data plan group strategy policy members staff paper team service partners information performance framework
    support parish health housing police probation agreement evidence feedback figures funding guidance minutes network
    pathway process programme project protocol referral risk schedule targets terms victims women garden access account
    accommodation address advice advocate hall agency alcohol analysis appeal application appointment apprentice archive
    arrears laptop assessment asset attendance audience award backlog barrier baseline benefit bid kitchen booklet breach
    briefing budget building bulletin bursary calendar campaign capacity care caseload catalogue category census centre
    charity charter checklist child church citizen clinic clinician coach cohort college commissioner community complaint
    compliance concern bridge consent consortium consultant contract contractor cost bench counsellor course court
    coverage crime criteria curfew curriculum custody dashboard database debt decision delay delegate demand deposit
    deputy diary directory disability disclosure discount dispute district diversion doctor donation donor drug education
    election eligibility email emergency employer employment engagement enquiry equality equipment estate ethnicity museum
    expense expert exhibition facility family festival firm food forecast meal foundation gender glossary governor grant
    handbook harm hazard helpline hospital hostel identity impact incident income indicator induction insurance
    interpreter interview inventory invoice job judge jury justice landlord language leaflet learning legislation letter
    library licence literacy loan loss magistrate maintenance manager manual mediation mentor ministry module needs
    neighbour newsletter notice nurse officer ombudsman outcome outreach owner playground parent parking parole passport
    patient pension permit petition placement platform premises prison prisoner procedure proposal prosecutor provider
    questionnaire quota ratio receipt recovery refugee register release remand rent research reserve resident resource
    restaurant route safeguarding salary sample school scrutiny sector sentence slide solicitor sponsor station survey
    surgery tariff tenancy tenant testimony theatre timetable toolkit transport treatment tribunal trust tutor university
    vacancy venue vetting vehicle visitor volunteer voucher waiver warden warrant website welfare witness workforce
    workload
""".split()
FILLERS = "the of for to with and on in from about".split()
NUMBERS = range(2, 41)
OWNERS = {
    "Probation Service": "NPS", "Police Service": "MPS", "Health Trust": "HT", "Prison Service": "HMPS",
    "Borough Council": "BC", "Housing Alliance": "HA", "Victims Charity": "VC", "Youth Justice Team": "YJT",
}  # fmt: skip

MEETINGS = 60
FIRST = Date(2019, 1, 14)
CARRIED = 0.4
"""The share of the outstanding actions that each meeting goes through."""
FINISHED = 0.35
"""The share of the lines gone through that are complete; with it about 35 actions stay outstanding."""
HAS_TWIN, RECURS = 0.2, 0.1
"""The shares of the fresh actions."""
REWORDED = (0.1, 0.3)
"""The least and the greatest share of a line's words that change."""
SHORTEST, LONGEST = 6, 14
"""An action's words when it is raised."""
STATUSES = ("ongoing", "rolled over", "ongoing: waiting for figures", "carried forward", "no progress", "")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a note speaks of, in truth."""

    meeting: str
    line: int
    action: int
    words: Words
    is_raised: bool


@dataclass(frozen=True, slots=True)
class Simulation:
    """The notes, by their file names, and the truth about each of their lines."""

    notes: Mapping[str, str]
    lines: tuple[Line, ...]
    twins: Mapping[int, int]
    """Both ways, by the numbers of the actions."""
    recurring: frozenset[int]
    outstanding: tuple[int, ...]
    """How many were outstanding after each meeting."""


@dataclass(slots=True)
class _Task:
    """An action while the simulation goes on."""

    number: int
    owner: str
    words: Words
    printed: Words
    """Its line in the last note that had one."""
    family: list["_Task"]
    """Itself, its twins, and what recurs of them."""
    recurs: bool = False
    awaits_twin: bool = False

    @property
    def barred(self) -> set[str]:
        """The words that would make it another of its family."""
        return {word for task in self.family for word in (*task.words, *task.printed)}


@dataclass(slots=True)
class _Secretary:
    """Writes the notes and remembers what she did."""

    rng: Random
    outstanding: list[_Task] = field(default_factory=list)
    to_recur: list[tuple[int, _Task]] = field(default_factory=list)
    """The finished actions that recur, with the meeting that raises them again."""
    said: dict[Words, Words] = field(default_factory=dict)
    """Every line so far, and the words in which its action was raised."""
    count: int = 0
    twins: dict[int, int] = field(default_factory=dict)
    recurring: set[int] = field(default_factory=set)

    def go_through(self, meeting: int) -> Iterator[tuple[_Task, str]]:
        """Two in five of the outstanding actions in new words, with their statuses; what is complete is over."""
        rng = self.rng
        for task in rng.sample(self.outstanding, round(CARRIED * len(self.outstanding))):
            task.printed = self._reword(task)
            status = rng.choice(STATUSES)
            if rng.random() < FINISHED and not task.awaits_twin:
                status = "complete"
                self.outstanding.remove(task)
                if task.recurs:
                    self.to_recur.append((meeting + rng.randint(1, 4), task))
            yield task, status

    def raise_new(self, meeting: int) -> list[_Task]:
        """Three to six actions: those that recur, twins of earlier ones, then fresh ones, some with a twin beside them."""
        wanted = self.rng.randint(3, 6)
        due = [task for at, task in self.to_recur if at == meeting]
        raised = [self._begin(task.owner, task.words, task.family, recurs=True) for task in due]
        raised += [self._twin(task) for task in self.outstanding if task.awaits_twin]
        while len(raised) < wanted:
            owner = self.rng.choice(list(OWNERS.values()))
            raised.append(self._begin(owner, self._compose(), [], self.rng.random() < RECURS))
            if self.rng.random() < HAS_TWIN:
                if self.rng.random() < 0.5:
                    raised.append(self._twin(raised[-1]))
                else:
                    raised[-1].awaits_twin = True
        self.outstanding += raised
        return self.rng.sample(raised, len(raised))

    def _begin(self, owner: str, words: Words, family: list[_Task], recurs: bool = False) -> _Task:
        task = _Task(self.count, owner, words, words, family, recurs)
        family.append(task)
        self.count += 1
        self.said[words] = words
        if recurs:
            self.recurring.add(task.number)
        return task

    def _twin(self, task: _Task) -> _Task:
        """The same words but for one word or number."""
        words = task.words
        while words in self.said:
            at = self.rng.choice([n for n, word in enumerate(task.words) if word not in FILLERS])
            draw = self._number if task.words[at].isdigit() else self._other
            words = (*task.words[:at], draw(task.words[at], task.barred), *task.words[at + 1 :])
        task.awaits_twin = False
        twin = self._begin(task.owner, words, task.family)
        self.twins |= {task.number: twin.number, twin.number: task.number}
        return twin

    def _compose(self) -> Words:
        """A verb and noun phrases, no content word twice; never the words of another action."""
        while True:
            words = [self._draw(VERBS), *self._phrase()]
            length = self.rng.randint(SHORTEST, LONGEST)
            while len(words) < length:
                words += [self.rng.choice(FILLERS[1:]), *self._phrase()]
            composed = tuple(words)
            content = [word for word in composed if word not in FILLERS]
            is_fit = len(composed) <= LONGEST and len(set(content)) == len(content)
            if is_fit and composed not in self.said:
                return composed

    def _phrase(self) -> list[str]:
        """`the local housing data`, `paper 12`."""
        chance = self.rng.random
        article = ["the"] if chance() < 0.5 else []
        adjective = [self._draw(ADJECTIVES)] if chance() < 0.4 else []
        nouns = [self._draw(NOUNS) for _ in range(self.rng.randint(1, 2))]
        number = [str(self.rng.choice(NUMBERS))] if chance() < 0.1 else []
        return [*article, *adjective, *nouns, *number]

    def _reword(self, task: _Task) -> Words:
        """The last line, changed; the first words, changed, where it would not keep half of their content."""
        content = set(task.words) - set(FILLERS)
        start = task.printed
        while True:
            words = self._changed(start, task.barred)
            if 2 * len(content & set(words)) < len(content):
                start = task.words
            elif self.said.setdefault(words, task.words) == task.words:
                return words

    def _changed(self, start: Words, barred: set[str]) -> Words:
        """Some of the words dropped, replaced, or swapped with any other."""
        words: list[str] = list(start)
        changes = max(1, round(self.rng.uniform(*REWORDED) * len(words)))
        for at in self.rng.sample(range(len(words)), changes):
            how = self.rng.choice(("drop", "replace", "swap"))
            if how == "drop" and sum(map(bool, words)) > 5:
                words[at] = ""
            elif how == "swap":
                other = self.rng.choice([n for n in range(len(words)) if n != at])
                words[at], words[other] = words[other], words[at]
            else:
                words[at] = self._other(words[at], {*words, *barred})
        return tuple(filter(None, words))

    def _other(self, word: str, barred: set[str]) -> str:
        """A word to put in the place of another, of the same kind; a noun in the place of a filler or a number."""
        kind = next((words for words in (VERBS, ADJECTIVES, NOUNS) if word in words), NOUNS)
        found = word
        while found == word or found in barred:
            found = self._draw(kind)
        return found

    def _number(self, number: str, barred: set[str]) -> str:
        """Another number. A rewording never changes a number for another: that would make another action."""
        return self.rng.choice([str(n) for n in NUMBERS if str(n) not in {number, *barred}])

    def _draw(self, kind: list[str]) -> str:
        """A word of a list, the first ones oftener: half of all draws come from the first quarter."""
        return kind[int(len(kind) * self.rng.random() ** 2)]


def simulate(seed: int) -> Simulation:
    """The notes of a board; the same for the same seed."""
    secretary = _Secretary(Random(seed))
    notes: dict[str, str] = {}
    lines: list[Line] = []
    outstanding: list[int] = []
    for meeting in range(MEETINGS):
        key = (FIRST + timedelta(weeks=4 * meeting)).isoformat()
        previous = [(task, status, task.printed) for task, status in secretary.go_through(meeting)]
        raised = [(task, "", task.words) for task in secretary.raise_new(meeting)]
        page = _opening(key)
        for title, rows in (("Actions from previous meeting", previous), ("Actions", raised)):
            page += [f"## {title}", ""]
            is_table = secretary.rng.random() < 0.5
            page += ["| Action | Owner | Status |", "|---|---|---|"] if is_table else []
            for task, status, words in rows:
                page.append(_row(task.owner, words, status, is_table))
                lines.append(Line(key, len(page), task.number, words, rows is raised))
            page.append("")
        notes[f"{key}.md"] = "\n".join(page)
        outstanding.append(len(secretary.outstanding))
    return Simulation(
        notes, tuple(lines), secretary.twins, frozenset(secretary.recurring), tuple(outstanding)
    )


def _opening(key: str) -> list[str]:
    present = [f"{name} ({short})" for name, short in OWNERS.items()]
    return [f"# Northgate Board, {key}", "", "## Attendees", "", *(f"- {one}" for one in present), ""]


def _row(owner: str, words: Words, status: str, is_table: bool) -> str:
    text = " ".join(words)
    if is_table:
        return f"| {text} | {owner} | {status} |"
    return f"- {owner} to {text}" + (f" - {status}" if status else "")
