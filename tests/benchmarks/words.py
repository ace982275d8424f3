"""The words of the notes: who sits on a board, what it discusses, what it asks for, and how that goes."""

import re
from typing import NamedTuple

from benchmarks.dice import Dice


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


PLACES = """Alderway Birchford Coldmere Dunhollow Elmsgate Fernbury Garstead Hollinbrook Ivelcombe Juniperton Kestrelby
    Larkfield Millreach Nettlecombe Oakenshaw Pinewater Quarrington Rookhaven Sallowby Thistledon Underlea Velmouth
    Willowsea Yarrowdale""".split()
KINDS = _phrases(
    """Housing Trust; Youth Service; Health Board; Legal Office; Transport Group; Library Network; Rescue Crew;
    Police Force; Probation Team; Schools Union; Market Company; Museum Fund; Rivers Agency; Skills College;
    Sports League; Victim Support; Women's Refuge; Debt Clinic"""
)
ITEMS = _phrases(
    """Winter shelter; Street lighting; School attendance; Release on Fridays; Bus links to the coast;
    Learning to read; Kitchens and food banks; Sports after dark; Shop theft; Data sharing; Debt advice;
    First homes; Hospital discharge; Neighbourhood wardens; Family visits; Volunteering; Work placements;
    River safety; Night-time economy; Mentors; Translation; Identity papers; Waiting lists; Grants for next year;
    Training of newcomers; Road crossings; Mental health on site; Addiction clinics; Premises; Public meetings"""
)
VERBS = _phrases(
    """send; draft; circulate; write up; check; cost; map; revise; publish; explain; compare; collect; print;
    present; design; test; audit; shorten; translate; file; number; date; price; pilot; archive; record"""
)
THINGS = _phrases(
    """proposal; leaflet; timetable; questionnaire; budget; floor plan; contract; invitation; rota; training pack;
    glossary; risk assessment; job advert; newsletter; directory; referral form; case study; press notice;
    complaints log; inventory; memorandum; consent form; drawing; forecast; evaluation; handbook; lease; checklist;
    route map; ledger; reading list; petition; syllabus; tender; poster; podcast; invoice; agenda template;
    telephone list; calendar; dashboard; charter; licence; permit; prospectus; survey; workbook; catalogue"""
)
SUBJECTS = _phrases(
    """night buses; heated rooms; literacy tutors; bicycle storage; prison kitchens; debt counselling; shop watch;
    youth football; foster homes; ex-service tenants; court transport; hostel laundry; needle exchange;
    sign language; swimming lessons; allotment plots; broken lifts; empty offices; market stalls; fire drills;
    bail rooms; gate clothing; child care; dental visits; anger courses; refugee papers; tool hire; bridge repairs;
    lost keys; canal paths; harbour cranes; winter fuel; guide dogs; choir evenings; art therapy; card fraud;
    noisy pubs; stray cattle; solar panels; flood gates; ferry tickets; library cards; apprentice bakers;
    boxing gloves; hearing loops; parole letters; wheelchair ramps; bird counts; street pastors; vacant flats"""
)
RECIPIENTS = _phrases(
    """the finance panel; all ward councillors; the county archive; the landlords' forum; three local papers;
    the parents' circle; both governors; the night staff; the grants officer; the ombudsman; the design studio;
    the tenants' hall; every head teacher; the coroner; the harbour master; two trade unions; the bishop;
    the audit firm; the water company; the bus depot; the surgery; the village clerks; the inspectorate;
    the planning desk; the youth parliament; the auction house; the weather station; the telephone exchange"""
)
REASONS = {
    "rolled over": _phrases(
        """the printer was out of order; holiday season; nobody has replied yet; awaiting the auditor's view;
        more time is needed; the figures came late; a new officer starts in spring; the venue fell through"""
    ),
    "closed": _phrases("no longer needed; overtaken by events; another body has taken it up"),
    "ongoing": _phrases(
        "first half is ready; two of five are in; talks have begun; a second visit is planned"
    ),
}
_SLOTS = {
    "who": _phrases(
        """several members; one councillor; the visiting inspector; officers; a former resident; the treasurer;
        two observers; most of those present; the deputy; a speaker from the university; the night manager"""
    ),
    "said": _phrases(
        """noted; explained; observed; recalled; argued; welcomed the news; heard; stressed; accepted; repeated;
        felt strongly; pointed out"""
    ),
    "topic": _phrases(
        """demand; staffing; attendance; the waiting time; confidence among neighbours; the number of referrals;
        trust between agencies; the quality of the rooms; spending; turnout at events; the backlog; take-up;
        the length of stays; repeat visits; vacancies; the condition of the building; awareness of the offer"""
    ),
    "moved": _phrases(
        """had risen; had fallen; had barely moved; was higher than anyone expected; varied from street to street;
        had doubled since the summer; remained a worry; was better than in the year before; had steadied;
        differed between the two sites; could not be measured well; fell off in the holidays"""
    ),
    "cause": _phrases(
        """the weather; new rules on funding; a change of contractor; the closure of the mill; word of mouth;
        late trains; a shortage of trained people; the longer opening hours; an error in the spreadsheet;
        the hot summer; confusion about who is eligible; better signs at the entrance; the election"""
    ),
    "where": _phrases(
        """along the coast; in the northern wards; around the station; in the old town; on the estate by the river;
        in villages without a shop; at the two larger sites; near the ring road; across the district"""
    ),
    "view": _phrases(
        """this ought to be looked at over a full year; small schemes often teach more than large ones;
        the same people were asked too often; costs were easier to see than benefits; a single figure hides much;
        people value a familiar face above all; rules were read differently by each office;
        the mornings were the hardest part of the day; good will alone was not enough;
        earlier reports had been too hopeful; the young were seldom heard; distance was the main obstacle"""
    ),
    "figure": _phrases(
        "a third; a quarter; roughly half; one in ten; just over sixty; forty-two; two hundred; nineteen"
    ),
    "group": _phrases(
        """older residents; families with small children; shift workers; those leaving care; newcomers;
        tenants in temporary rooms; school leavers; people with no fixed address; carers; night workers"""
    ),
}
_SENTENCES = """
{who} {said} that {topic} {moved} {where}, which was put down to {cause}.
In the discussion it was felt that {view}, and that {cause} had played its part.
Of {group}, {figure} had been seen more than once {where}, while {topic} {moved}.
{who} asked why {topic} {moved}; the answer lay in {cause} rather than in any one decision.
There was general agreement that {view}.
A short paper showed that {topic} {moved} for {group}, although {who} {said} that {view}.
For {group} {where}, {cause} mattered more than {topic}.
By way of comparison, {topic} {moved} where {group} had been involved from the start.
{who} {said} that {view}, and gave an example from work with {group} {where}.
The figures for the quarter were taken as read: {topic} {moved}, and {figure} of {group} had left the scheme.
""".strip().split("\n")


class Request(NamedTuple):
    """What an action asks for, and the two words by which it is told from others."""

    words: str
    thing: str
    subject: str


def request(dice: Dice) -> Request:
    """One of some three million."""
    thing, subject = dice.one(THINGS), dice.one(SUBJECTS)
    return Request(f"{dice.one(VERBS)} the {thing} on {subject} for {dice.one(RECIPIENTS)}", thing, subject)


def prose(dice: Dice, sentences: int) -> str:
    """One paragraph of discussion, which asks nobody for anything."""
    return " ".join(_sentence(dice) for _ in range(sentences))


def _sentence(dice: Dice) -> str:
    text = re.sub(r"\{(\w+)\}", lambda slot: dice.one(_SLOTS[slot[1]]), dice.one(_SENTENCES))
    return text[0].upper() + text[1:]
