"""Reads of surveys and needs: an officer's own view, and what the public sees."""

from needs.queries.figures import (
    Facets,
    HillFigure,
    ProgressCounts,
    counters,
    counters_as_of,
    facets,
    hill_figures,
)
from needs.queries.fulfilled import FulfilledNeed, fulfilled_needs, fulfilled_summary, newest_fulfilled
from needs.queries.listing import ListedNeed, Sort, published_needs, reach_of
from needs.queries.needs import (
    NeedTask,
    drawn_revisits,
    evidence_of,
    get_need,
    needs_of_household,
    needs_of_subject,
    needs_of_village,
    needs_to_approve,
    needs_to_renew,
    needs_to_verify,
    own_needs,
    sheet_lines,
)
from needs.queries.published import PublishedNeed, published_need
from needs.queries.surveys import (
    consents_of,
    find_consent,
    has_consent,
    latest_survey,
    publication_ends,
    surveys_of,
)
from needs.queries.villages import VillageOverview, least_helped_villages, village_overview

__all__ = [
    "Facets",
    "FulfilledNeed",
    "HillFigure",
    "ListedNeed",
    "NeedTask",
    "ProgressCounts",
    "PublishedNeed",
    "Sort",
    "VillageOverview",
    "consents_of",
    "counters",
    "counters_as_of",
    "drawn_revisits",
    "evidence_of",
    "facets",
    "find_consent",
    "fulfilled_needs",
    "fulfilled_summary",
    "get_need",
    "has_consent",
    "hill_figures",
    "latest_survey",
    "least_helped_villages",
    "needs_of_household",
    "needs_of_subject",
    "needs_of_village",
    "needs_to_approve",
    "needs_to_renew",
    "needs_to_verify",
    "newest_fulfilled",
    "own_needs",
    "publication_ends",
    "published_need",
    "published_needs",
    "reach_of",
    "sheet_lines",
    "surveys_of",
    "village_overview",
]
