"""The JSON door of accounts: a token for name and password."""

from typing import Any

from flask_smorest import Blueprint

from accounts.schemas import NewTokenSchema, TokenSchema
from accounts.services import make_token, prove
from core.http import client_address
from core.policy import public

blueprint = Blueprint("tokens_api", __name__, description="Tokens for the JSON API")


@blueprint.post("/tokens")
@public
@blueprint.arguments(NewTokenSchema)
@blueprint.response(201, TokenSchema)
def create_token(body: dict[str, Any]) -> dict[str, Any]:
    """Make an API token for a user name, a password and, where it is set up, a code of the second factor."""
    account = prove(
        body["username"],
        body["password"],
        code=body.get("otp", ""),
        address=client_address(),
    )
    row, token = make_token(account, name=body["name"], scopes=body.get("scopes", ["all"]))
    return {
        "id": row.id,
        "token": token,
        "scopes": row.scopes,
        "expires_at": row.expires_at,
    }
