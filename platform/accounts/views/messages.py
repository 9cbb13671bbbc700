"""My messages: what I was told, whether or not it could be sent."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.forms import CursorForm
from accounts.queries import messages_of, unread_messages
from accounts.services import read_messages
from accounts.views.door import blueprint
from core.http import actor
from core.policy import signed_in


@blueprint.get("/account/messages")
@signed_in
def messages() -> ResponseReturnValue:
    """List my messages, newest first."""
    page = messages_of(actor(), cursor=CursorForm.read_query().cursor.data or None)
    return render_template("accounts/messages.html", page=page, unread=unread_messages(actor()))


@blueprint.post("/account/messages/read")
@signed_in
def mark_read() -> ResponseReturnValue:
    """Note that I have seen them all."""
    read_messages(actor=actor())
    return redirect(url_for(".messages"), 303)
