"""Duty: hours, deputies, alerts, whom a matter concerns, requests to be contacted; two further decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OLD = "('no_concern', 'signpost', 'reply', 'refer', 'emergency')"
NEW = "('no_concern', 'signpost', 'reply', 'refer', 'emergency', 'lado', 'whistleblowing')"


def _decisions(before: str, after: str) -> None:
    """Let a flag take the decisions `after` instead of `before`."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_flag_decision", "flag")
        op.execute(f"ALTER TABLE flag ADD CONSTRAINT ck_flag_decision CHECK (decision IN {after})")
        return
    # A batch would lose WITHOUT ROWID and the checks: the table is made anew from its own words. Its rows have no
    # order but that of their random keys.
    kept = list(op.get_bind().exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE tbl_name = 'flag'"))
    (table,) = [words for kind, words in kept if kind == "table"]
    if before not in table:
        raise ValueError("the check of decisions is not as it was")
    op.execute(table.replace(before, after).replace("flag", "new_flag", 1))
    op.execute("INSERT INTO new_flag SELECT * FROM flag")
    op.execute("DROP TABLE flag")
    op.execute("ALTER TABLE new_flag RENAME TO flag")
    for index in [words for kind, words in kept if kind == "index" and words]:
        op.execute(index)


def upgrade() -> None:
    _decisions(OLD, NEW)
    op.create_table(
        "duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opens_at", sa.Text(), nullable=False),
        sa.Column("closes_at", sa.Text(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("on_bank_holidays", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("follow_up_days", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_duty_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint("partnership_id", name=op.f("uq_duty_partnership_id")),
    )
    op.create_index(op.f("ix_duty_partnership_id"), "duty", ["partnership_id"])

    op.create_table(
        "employment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_employment_agency_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_employment_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_employment_agency_id"), "employment", ["agency_id"])
    op.create_index(op.f("ix_employment_partnership_id"), "employment", ["partnership_id"])

    op.create_table(
        "concerned",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("origin_kind", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_concerned_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_concerned_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerned")),
        sa.UniqueConstraint("origin_id", "account_id", name=op.f("uq_concerned_origin_id_account_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_concerned_account_id"), "concerned", ["account_id"])
    op.create_index(op.f("ix_concerned_partnership_id"), "concerned", ["partnership_id"])

    op.create_table(
        "contact_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_key", sa.LargeBinary(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "spoken",
                "referred",
                "not_reached",
                "withdrawn",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (received_on IS NOT NULL)", name=op.f("ck_contact_request_day_blanked")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_contact_request_closed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_contact_request_opened_by")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_contact_request_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_request")),
        sa.UniqueConstraint("form_key", name=op.f("uq_contact_request_form_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contact_request_partnership_id"), "contact_request", ["partnership_id"])

    op.create_table(
        "line_manager",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_line_manager_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["account.id"], name=op.f("fk_line_manager_manager_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_line_manager")),
    )
    op.create_table(
        "on_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_on_duty_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_on_duty_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_duty")),
        sa.UniqueConstraint("account_id", name=op.f("uq_on_duty_account_id")),
    )
    op.create_index(op.f("ix_on_duty_partnership_id"), "on_duty", ["partnership_id"])

    op.create_table(
        "told",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("tick", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_told_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_told_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told")),
        sa.UniqueConstraint("account_id", "step", "tick", name=op.f("uq_told_account_id_step_tick")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_told_partnership_id"), "told", ["partnership_id"])
    op.create_index(op.f("ix_told_tick"), "told", ["tick"])

    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("flag_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["flag_id"], ["flag.id"], name=op.f("fk_alert_flag_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_alert_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("flag_id", "step", name=op.f("uq_alert_flag_id_step")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_alert_partnership_id"), "alert", ["partnership_id"])

    op.create_table(
        "follow_up",
        sa.Column("flag_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_follow_up_done_by")),
        sa.ForeignKeyConstraint(["flag_id"], ["flag.id"], name=op.f("fk_follow_up_flag_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_follow_up_partnership_id")),
        sa.PrimaryKeyConstraint("flag_id", name=op.f("pk_follow_up")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_follow_up_partnership_id"), "follow_up", ["partnership_id"])

    op.add_column("agency", sa.Column("contact", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("agency", "contact")

    op.drop_table("follow_up")
    op.drop_table("alert")
    op.drop_table("told")
    op.drop_table("on_duty")
    op.drop_table("line_manager")
    op.drop_table("contact_request")
    op.drop_table("concerned")
    op.drop_table("employment")
    op.drop_table("duty")
    op.execute("UPDATE flag SET decision = 'refer' WHERE decision IN ('lado', 'whistleblowing')")
    _decisions(NEW, OLD)
