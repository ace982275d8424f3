"""When: our own small grammar of dates, deadlines and times; words in, days out.

    day      = [weekday] (2020-03-12 | 12/03/2020 | 12 [- 14] March [2020] | March 12 [- 14] [2020])
    week     = (w/c | week of | week ending) day
    period   = [early | mid | late | end of] (March [2020] | Q2 [2021] | 2021 | this month | next week …)
    relative = tomorrow | [next] Friday | in two weeks | within 10 days
    due      = relation (date | [event on] date | the next meeting | event) | quarterly … | ASAP …
    relation = by … | before … | after … | from | on, in, at, for … | to

The meeting's date (`base`) gives the year where the words lack one and anchors relative words; the day stands
before the month. What is impossible, past or too far off is no date: none beats a wrong one. Nothing here asks
the clock or the locale, and no text makes it raise. To its users the folder is one module.
"""

from rrbnotes.dates.due import ANY_DAY as ANY_DAY
from rrbnotes.dates.due import read_due as read_due
from rrbnotes.dates.due import read_due_cell as read_due_cell
from rrbnotes.dates.due import strip_due as strip_due
from rrbnotes.dates.expressions import When as When
from rrbnotes.dates.expressions import find_dates as find_dates
from rrbnotes.dates.impossible import Impossible as Impossible
from rrbnotes.dates.impossible import find_impossible as find_impossible
from rrbnotes.dates.times import find_times as find_times
from rrbnotes.dates.windows import Precision as Precision
