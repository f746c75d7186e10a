"""What each role may do, and which roles go together with care."""

from engage.people.kinds import Role
from engage.web.access import Permission

# No role but the reader's two opens unread words; an administrator manages people and sees no comment.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_PARTNERSHIP,
        Permission.SEE_AUDIT,
        Permission.SEE_RESULTS,
        Permission.SEE_REPORTS,
    }),
    Role.SURVEY_MANAGER: frozenset({
        Permission.MANAGE_SURVEYS,
        Permission.MAKE_RELEASES,
        Permission.SEE_RESULTS,
        Permission.SEE_REPORTS,
    }),
    Role.ANALYST: frozenset({
        Permission.MAKE_RELEASES,
        Permission.SEE_RESULTS,
        Permission.CODE_VOICES,
        Permission.WRITE_ANSWERS,
        Permission.MAKE_REPORTS,
        Permission.SEE_REPORTS,
    }),
    Role.RESPONDER: frozenset({
        Permission.HANDLE_CASES,
        Permission.SEE_CASES,
        Permission.READ_VOICES,
        Permission.ENTER_PAPER,
        Permission.RELEASE_QUOTES,
    }),
    Role.SAFEGUARDING_LEAD: frozenset({
        Permission.TRIAGE_FLAGS,
        Permission.READ_VOICES,
        Permission.ENTER_PAPER,
        Permission.RELEASE_QUOTES,
        Permission.SEE_CASES,
        Permission.SEE_RESULTS,
        Permission.SEE_REPORTS,
    }),
    # Apart from deciding on flags and from each other: whoever holds one of them sees nothing of the other's.
    Role.ALLEGATIONS_LEAD: frozenset({Permission.READ_ALLEGATIONS}),
    Role.WHISTLEBLOWING_LEAD: frozenset({Permission.READ_WHISTLEBLOWING}),
    Role.SCRUTINEER: frozenset({Permission.SEE_RESULTS, Permission.SEE_REPORTS, Permission.SEE_AUDIT}),
    Role.VIEWER: frozenset({Permission.SEE_RESULTS, Permission.SEE_REPORTS}),
    Role.YOUNG_INSPECTOR: frozenset({Permission.SCORE_INSPECTIONS}),
    Role.SUPPORTER: frozenset({Permission.PLAN_INSPECTIONS}),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that `roles` together may do."""
    return frozenset[Permission]().union(*(PERMISSIONS[role] for role in roles))
