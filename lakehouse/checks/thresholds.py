"""Every number that decides between "as usual" and "wrong", with its reason.

False alarms kill trust: a check that cries wolf is switched off, and then the real break is missed too. So each
threshold asks for two things at once: an effect that matters, and more than chance explains.
"""

from __future__ import annotations

CHANCE = 4.0
"""Standard deviations that count as more than chance: 1 in 30,000, for some 20 fields a day once in four years."""

FEW_DAYS = 8
"""Learned days below which no week was seen whole, so that a quiet weekday may still be unknown."""

COLLAPSE = 8.0
"""In the first days only a count that is this many times smaller or larger is wrong: a weekend may have a seventh."""

COUNT_FACTOR = 1.6
"""Later, a count within this factor of the median is never wrong: steady lists lose a third to an ordinary clean-up."""

LARGER_IS_MILDER = 2.0
"""Width of the upper side of the band against the lower: a flood of rows is seldom a break, a loss of rows often."""

SPREAD_WIDTHS = 4.0
"""Deviations from the median, of counts or of their logarithms: MAD over 14 days is itself uncertain by a third."""

BEYOND_SEEN = 1.3
"""The band reaches this factor beyond the least and the greatest good count, whatever the median says."""

ITEMS_FOUND = 0.9
"""Share of the row-like items on the page that must be records for a low count to be the site's own doing."""

USUAL_REJECTS = 0.05
"""Share of rejects on top of the usual that is no alarm: odd rows come and go on real sites."""

MOST_REJECTS = 0.5
"""Share of rejects that is an alarm however usual it has been."""

REJECT_CHANCE = 2.0
"""Deviations on top of that share, for small days; fewer than `CHANCE` since one broken template spoils many rows."""

FILL_LOSS = 0.3
"""Part of a field's usual fill that must be gone: rows of one page share traits, so that a fifth varies by itself."""

EARLY_FILL_LOSS = 0.6
"""The same in the first days."""

HOLLOW = 0.5
"""Share of the fields that every record had which are all empty on one day: no site drops half of them at once."""

FEWEST_KEPT = 3
"""Records still there that must show a loss; of a source with fewer, all of them: the record is its own proof."""

KEPT_CHANGED = 0.8
"""Share of them that must have changed alike: single records are edited, a new build changes nearly all."""

FEWEST_VALUES = 5
"""Values of a day below which their looks are not judged: anything may come up once."""

FEWEST_LEARNED = 20
"""Values that must have been seen before it is known how a field's values look."""

SHAPED = 0.6
"""Least share of known shapes on ordinary days for a field to have a form at all; free text has none."""

SHAPES_LOST = 0.5
"""Part of the usual share of known shapes that must be gone: drift is a new form of most values, not of some."""

SUREST = 0.97
"""Highest share that is taken as certain: a form never seen in a thousand values may still come."""

LENGTH_FACTOR = 3.0
"""Times that the median length lies beyond the quartiles of all days: a neighbour's text was read, or a part of it."""

LENGTH_SLACK = 10.0
"""Characters that a length may vary besides."""

NUMBER_FACTOR = 5.0
"""The same for numbers: units change by ten or a hundred, prices over night by less than five."""

SPREADS_AWAY = 1.5
"""Quartile distances (of logarithms) beyond the quartiles that a median may lie, where that is wider."""

DATE_SLACK = 366.0
"""Days that a median date may lie outside of what was seen, besides three of its quartile distances."""

DATE_SCATTER = 60.0
"""Days by which dates scatter more, besides five times as much, when day and month are read the wrong way round."""

DISTINCT_FIELD = 0.8
"""Share of distinct values from which on a field tells rows apart."""

DISTINCT_LOST = 0.5
"""Part of that share that must be gone: then the same cell is read for every row."""

FALLBACK_RISE = 0.1
"""Rise of the share of answers by later selectors that is worth a warning."""
