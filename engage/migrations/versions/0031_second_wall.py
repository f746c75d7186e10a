"""PostgreSQL keeps the partnerships' rows apart by itself: row level security on every table that has a partnership."""

from engage.migrations.wall import put_up, take_down

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_TABLES = [
    "access_test",
    "agency",
    "alert",
    "answer",
    "answers_forgotten",
    "attachment",
    "audit_event",
    "case",
    "code_batch",
    "coding",
    "coding_day",
    "concerned",
    "contact_request",
    "contact_told",
    "draft",
    "draft_file",
    "duty",
    "employment",
    "finished",
    "flag",
    "follow_up",
    "glass_notice",
    "glass_request",
    "help_number",
    "impact",
    "inspection",
    "invited",
    "known_name",
    "known_total",
    "legal_hold",
    "library_item",
    "library_part",
    "message",
    "on_duty",
    "outbox",
    "paper_day",
    "published_table",
    "quote",
    "receipt",
    "release",
    "release_overlap",
    "reminder",
    "reminder_plan",
    "report",
    "response",
    "restricted_reader",
    "restricted_release",
    "retention_period",
    "retention_run",
    "score",
    "service",
    "speech",
    "survey",
    "survey_override",
    "survey_version",
    "tablet",
    "team_member",
    "theme",
    "theme_count",
    "told",
    "voice",
    "withdrawal",
    "working_copy",
    "working_step",
]


def upgrade() -> None:
    put_up(*_TABLES)


def downgrade() -> None:
    take_down(*_TABLES)
