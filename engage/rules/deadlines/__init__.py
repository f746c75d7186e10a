"""Deadlines: England's working days, and the clocks of complaint regimes as data.

Here: counting days, the regimes file, what a clock says today. Not here: cases, reminders, and any other country's
calendar. A regime's spans come from `regimes.yaml`, never from code.
"""

from engage.rules.deadlines.calendar import (
    LAST_PUBLISHED_YEAR,
    add_months,
    add_working_days,
    bank_holidays,
    first_day_of_iso_week,
    is_provisional,
    is_working_day,
    working_days_between,
)
from engage.rules.deadlines.clocks import Clock, State, clocks
from engage.rules.deadlines.duty import Hours
from engage.rules.deadlines.regimes import (
    DATA_PROTECTION,
    Event,
    Kind,
    Regime,
    Step,
    load_regimes,
    regimes_for,
    shipped_regimes,
)

__all__ = [
    "DATA_PROTECTION",
    "LAST_PUBLISHED_YEAR",
    "Clock",
    "Event",
    "Hours",
    "Kind",
    "Regime",
    "State",
    "Step",
    "add_months",
    "add_working_days",
    "bank_holidays",
    "clocks",
    "first_day_of_iso_week",
    "is_provisional",
    "is_working_day",
    "load_regimes",
    "regimes_for",
    "shipped_regimes",
    "working_days_between",
]
