"""A fresh token for what waits in a browser, when the line is back."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from core.http import actor
from core.policy import signed_in
from registry.views.door import blueprint


@blueprint.get("/survey-token")
@signed_in
def survey_token() -> ResponseReturnValue:
    """Say who is signed in, and give the token that a form of his carries."""
    return jsonify({"account": str(actor().account_id), "token": generate_csrf()})
