"""Who reads allegations and who reads whistleblowing are roles of their own; whoever read both so far reads both."""

import hashlib
import json
import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_LEAD, _ROOMS = "safeguarding-lead", ("allegations-lead", "whistleblowing-lead")
_NAME = "ck_account_role_role"
_OTHERS = ("scrutineer", "viewer", "young-inspector", "supporter")
_BEFORE = ("administrator", "survey-manager", "analyst", "responder", _LEAD, *_OTHERS)
_AFTER = (*_BEFORE[:5], *_ROOMS, *_OTHERS)
_START = "0" * 64

_ROLE = sa.table("account_role", sa.column("account_id", sa.Uuid()), sa.column("role", sa.Text()))
_ACCOUNT = sa.table("account", sa.column("id", sa.Uuid()), sa.column("partnership_id", sa.Uuid()))
_EVENT = sa.table(
    "audit_event",
    sa.column("id", sa.Uuid()),
    sa.column("partnership_id", sa.Uuid()),
    sa.column("position", sa.Integer()),
    sa.column("happened_at", sa.DateTime(timezone=True)),
    sa.column("actor_id", sa.Uuid()),
    sa.column("action", sa.Text()),
    sa.column("subject_kind", sa.Text()),
    sa.column("subject_id", sa.Uuid()),
    sa.column("detail", sa.JSON()),
    sa.column("previous", sa.Text()),
    sa.column("digest", sa.Text()),
)


def _words(roles: tuple[str, ...]) -> str:
    return "role IN (" + ", ".join(f"'{role}'" for role in roles) + ")"


def _allow(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Let an account hold the roles `after` instead of `before`."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.drop_constraint(_NAME, "account_role")
        op.execute(f"ALTER TABLE account_role ADD CONSTRAINT {_NAME} CHECK ({_words(after)})")
        return
    table = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'account_role'").scalar_one()
    if _words(before) not in table:
        raise ValueError("the check of roles is not as it was")
    op.execute(table.replace(_words(before), _words(after)).replace("account_role", "new_account_role", 1))
    op.execute("INSERT INTO new_account_role (account_id, role) SELECT account_id, role FROM account_role")
    op.execute("DROP TABLE account_role")
    op.execute("ALTER TABLE new_account_role RENAME TO account_role")


def _write_down(partnership: uuid.UUID, account: uuid.UUID, roles: list[str]) -> None:
    """One event at the end of the partnership's chain, reckoned as the product reckons it; nobody's act."""
    bind = op.get_bind()
    mine = sa.select(_EVENT.c.position, _EVENT.c.digest).where(_EVENT.c.partnership_id == partnership)
    last = bind.execute(mine.order_by(_EVENT.c.position.desc()).limit(1)).first()
    position, previous = (last.position + 1, last.digest) if last else (1, _START)
    now, detail = datetime.now(UTC), {"roles": ",".join(sorted(roles)), "by": "upgrade"}
    parts = [position, now.isoformat(), "None", "roles-changed", "account", str(account), detail, previous]
    event = {
        "id": uuid.uuid4(),
        "partnership_id": partnership,
        "position": position,
        "happened_at": now if bind.dialect.name == "postgresql" else now.replace(tzinfo=None),
        "actor_id": None,
        "action": "roles-changed",
        "subject_kind": "account",
        "subject_id": account,
        "detail": detail,
        "previous": previous,
        "digest": hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest(),
    }
    bind.execute(sa.insert(_EVENT).values(event))


def upgrade() -> None:
    _allow(_BEFORE, _AFTER)
    bind = op.get_bind()
    mine = sa.select(_ACCOUNT.c.id, _ACCOUNT.c.partnership_id).join(_ROLE, _ROLE.c.account_id == _ACCOUNT.c.id)
    for account in bind.execute(mine.where(_ROLE.c.role == _LEAD).order_by(_ACCOUNT.c.id)).all():
        bind.execute(sa.insert(_ROLE), [{"account_id": account.id, "role": role} for role in _ROOMS])
        held = bind.execute(sa.select(_ROLE.c.role).where(_ROLE.c.account_id == account.id)).scalars()
        _write_down(account.partnership_id, account.id, list(held))


def downgrade() -> None:
    op.execute("DELETE FROM account_role WHERE role IN ('allegations-lead', 'whistleblowing-lead')")
    _allow(_AFTER, _BEFORE)
