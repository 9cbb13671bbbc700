"""The pages of identification. A module of pages is imported here, so that its routes are known."""

from identification.views import (
    case_steps,
    figures,
    lists,
    meetings,
    notice_desk,
    notices,
    objection_desk,
    own_report_desk,
    own_reports,
)
from identification.views.cases import blueprint as cases
from identification.views.quotas import desk_blueprint as quotas_desk
from identification.views.quotas import open_blueprint as quotas_open
from identification.views.rounds import blueprint as rounds

blueprints = (
    quotas_open,
    quotas_desk,
    notices.blueprint,
    own_reports.blueprint,
    notice_desk.blueprint,
    meetings.blueprint,
    lists.blueprint,
    objection_desk.blueprint,
    own_report_desk.blueprint,
    rounds,
    cases,
    case_steps.blueprint,
    figures.open_blueprint,
    figures.desk_blueprint,
)

__all__ = ["blueprints"]
