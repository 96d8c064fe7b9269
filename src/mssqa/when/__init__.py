"""Time in words: dates in prose, the days a sentence tells of, what a question asks about.

dates → term → absolute, relative → terms → links → sentences (days_of, fit, when_told)
                                                  → questions (asked_time)
"""

from mssqa.when.dates import DateMention, find_dates
from mssqa.when.questions import AskedTime, asked_time
from mssqa.when.sentences import Fit, days_of, fit, when_told

__all__ = [
    "AskedTime",
    "DateMention",
    "Fit",
    "asked_time",
    "days_of",
    "find_dates",
    "fit",
    "when_told",
]
