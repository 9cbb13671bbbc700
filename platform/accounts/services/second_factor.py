"""The second factor: time codes that work once, and recovery codes."""

import hmac
from secrets import choice as pick

import pyotp
from sqlalchemy import text, update

from accounts.models import Account, Credential
from accounts.services.passwords import is_password
from core.clock import now
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.records import note
from core.tokens import token_hash

PERIOD = 30
RECOVERY_CODES = 8
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
WRONG_CODE = _l("This code does not fit. Enter the six digits that the app shows now.")


def credential_of(account: Account) -> Credential:
    """Return the account's credential."""
    return db.session.get_one(Credential, account.id)


def has_second_factor(account: Account) -> bool:
    """Return whether signing in asks for a code."""
    return credential_of(account).totp_confirmed_at is not None


def begin_second_factor(account: Account, *, actor: Actor) -> str:
    """Begin a set-up and return its secret; the same one until it is confirmed."""
    credential = credential_of(account)
    if credential.totp_confirmed_at is not None:
        raise Refused(_l("A second factor is set up already."), code="second_factor_exists")
    if credential.totp_secret is None:
        credential.totp_secret = pyotp.random_base32()
    return credential.totp_secret


def provisioning_address(account: Account, secret: str) -> str:
    """Return the address that an authenticator reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name="Jiedui")


def confirm_second_factor(account: Account, *, actor: Actor, code: str) -> list[str]:
    """Switch the second factor on and return the recovery codes, which are shown once."""
    credential = credential_of(account)
    if credential.totp_secret is None or credential.totp_confirmed_at is not None:
        raise Refused(_l("Begin the set-up again."), code="no_set_up")
    if not _spend_time_code(credential, code):
        raise NotValid({"code": [WRONG_CODE]})
    codes = ["-".join("".join(pick(_LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY_CODES)]
    credential.totp_confirmed_at = now()
    credential.recovery_hashes = [_recovery_hash(account, found) for found in codes]
    note(account, "account.second_factor_set")
    return codes


def remove_second_factor(account: Account, *, actor: Actor, password: str) -> None:
    """Take one's own second factor off; the password is asked again."""
    credential = credential_of(account)
    if not is_password(password, credential.password_hash):
        raise NotValid({"password": [_l("This is not your present password.")]})
    take_second_factor_off(account)


def take_second_factor_off(account: Account) -> None:
    """Take the second factor off, with its recovery codes."""
    credential = credential_of(account)
    credential.totp_secret = None
    credential.totp_confirmed_at = None
    credential.recovery_hashes = []
    note(account, "account.second_factor_removed")


def is_second_factor(account: Account, code: str) -> bool:
    """Return whether the code opens the account now, and spend it: no code works twice."""
    credential = credential_of(account)
    typed = code.strip().replace(" ", "")
    if len(typed) == 6 and typed.isascii() and typed.isdigit():
        return _spend_time_code(credential, typed)
    return _spend_recovery_code(account, typed)


def _spend_time_code(credential: Credential, code: str) -> bool:
    if credential.totp_secret is None:
        return False
    totp = pyotp.TOTP(credential.totp_secret, interval=PERIOD)
    step = int(_wall_clock() // PERIOD)
    for counter in (step, step - 1, step + 1):
        if hmac.compare_digest(totp.generate_otp(counter), code.strip().replace(" ", "")):
            return _claim_counter(credential, counter)
    return False


def _wall_clock() -> float:
    """Return the seconds of the real clock: authenticators know no moved one."""
    return float(db.session.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())


def _claim_counter(credential: Credential, counter: int) -> bool:
    """Spend a counter by one guarded statement, so that two requests cannot use the same code."""
    claimed = db.session.execute(
        update(Credential)
        .where(
            Credential.account_id == credential.account_id,
            Credential.totp_last_counter < counter,
        )
        .values(totp_last_counter=counter)
        .returning(Credential.account_id)
    )
    return claimed.scalar() is not None


def _spend_recovery_code(account: Account, code: str) -> bool:
    digest = _recovery_hash(account, code.lower())
    spent = db.session.execute(
        text(
            "UPDATE credential SET recovery_hashes = array_remove(recovery_hashes, :digest)"
            " WHERE account_id = :account AND :digest = ANY (recovery_hashes) RETURNING 1"
        ),
        {"digest": digest, "account": account.id},
    )
    return spent.scalar() is not None


def _recovery_hash(account: Account, code: str) -> bytes:
    return token_hash("recovery", f"{account.id}/{code}")
