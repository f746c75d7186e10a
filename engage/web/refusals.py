"""Why something was refused, in words: a rule gives a key, a page says the sentence that stands here for it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: Mapping[str, LazyString] = {
    "access-test-day": _l("That day is still to come"),
    "access-test-found": _l("Say what the problem was"),
    "account-without-role": _l("An account needs at least one role."),
    "already-on-team": _l("That person is already on the team."),
    "answer-is-published": _l("This answer is published. Take it down first, then change it."),
    "answer-needs-because": _l("Say why, in words a child understands"),
    "answer-needs-day": _l("Say by which day you will answer"),
    "answer-needs-reason": _l("Choose why it was not done"),
    "answer-needs-what": _l("Say what was done, is being done or happens next"),
    "answer-not-published": _l("This answer is not published."),
    "checker-length": _l("Say who checked it, in at most %(most)s letters"),
    "translation-incomplete": _l("Something is not translated yet, or its English has changed. Finish that first."),
    "unknown-language": _l("Engage has no pages in that language."),
    "brand-contrast": _l(
        "These colours have a contrast of %(ratio)s to 1, and words need 7 to 1. Make one darker or the other lighter."
    ),
    "case-acknowledged": _l("Somebody has acknowledged this case already."),
    "case-closed": _l("This case is closed."),
    "case-day": _l("That day is before it arrived, or still to come."),
    "case-learning": _l("Write what was learned: a complaint always teaches something"),
    "case-not-answered": _l("Answer the person first. Then the case can be closed."),
    "case-outcome": _l("A case of this kind cannot end like that."),
    "case-regime": _l("That procedure is not for a case of this kind."),
    "case-words": _l("Write what the person said."),
    "closes-in-the-past": _l("The last day to answer is in the past."),
    "closes-before-opening": _l("The last day to answer is before the first."),
    "contact-nobody_else": _l(
        "Then nobody but you could see this request. Leave somebody who can: another lead, or an administrator."
    ),
    "account-erased": _l("Who this was is erased. Make a new account."),
    "account-soon": _l("It can be erased 28 days after it was closed, if nothing that is open here needs it."),
    "account-kept": _l("Close the account first. Under a legal hold on everything it must be kept."),
    "contact-not_yours": _l("Only whoever opened it first, the lead or a deputy can say whom it is about."),
    "contact-not_on_duty": _l("Only the lead or a deputy can take somebody off."),
    "contact-why_not": _l("Say why it is not about whoever you took off"),
    "contact-not_opened": _l("Open each request before you say that it is not real."),
    "codes-count": _l("Make between 1 and %(most)s cards at once."),
    "codes-day": _l("The last day must not be in the past"),
    "known-names-changed": _l(
        "Somebody else changed this list while you were writing. Open it in another tab and compare. Saving here "
        "replaces theirs."
    ),
    "known-names-many": _l("Use at most %(most)s names in all"),
    "codes-expired": _l("These codes do not work any more, so they cannot be printed or stopped."),
    "codes-for-whom": _l("Say in a few words who the cards are for."),
    "comment-coded-meanwhile": _l("Somebody else coded this comment just before you."),
    "finding-length": _l("Write between 1 and %(most)s letters."),
    "findings-full": _l("The list has %(most)s lines already. Take one off first."),
    "glass-asked": _l("You have asked already, and it waits or stands open."),
    "glass-decided": _l("Somebody has decided on this already."),
    "glass-second-person": _l("You asked for this yourself. A second person must agree to it."),
    "glass-words": _l("Write something first"),
    "import-loaded-before": _l("These answers were loaded before."),
    "library-captions": _l(
        "Line %(line)s of the captions cannot be read. They must be a WebVTT file with words and times"
    ),
    "library-captions-missing": _l("Add captions: not everybody can hear or follows signs"),
    "library-not-film": _l("Choose an MP4 or WebM film"),
    "library-not-picture": _l(
        "Choose a PNG, JPEG or WebP picture. Save drawings of other kinds, such as SVG, as PNG first"
    ),
    "library-not-sound": _l("Choose an MP3, M4A, WebM, Ogg or WAV recording"),
    "library-notes-film": _l(
        "What is written into this film besides picture and sound cannot be removed here. Save it as an MP4 film first"
    ),
    "library-notes-sound": _l(
        "What is written into this recording besides its sound cannot be removed here. Save it as MP3 or WAV first"
    ),
    "library-permission": _l("Say who agreed that it may be shown"),
    "library-too-large": _l("The file is larger than %(most)s MB. Make it smaller first"),
    "library-words": _l("Write it in words"),
    "invited-full": _l("A list holds at most %(most)s addresses."),
    "message-empty": _l("Write something first"),
    "message-holds-code": _l("Leave your secret words out. Anybody who reads them could come in here"),
    "message-too-long": _l("That is too long. Make it shorter"),
    "restricted-day": _l("Choose a day after today, at most a year from now"),
    "restricted-purpose": _l("Write what the exact numbers are for"),
    "restricted-reader-agrees": _l("You would read these numbers yourself, so somebody else must agree to them."),
    "restricted-readers": _l("Choose at least one person who may read them"),
    "restricted-second-person": _l("You asked for this yourself. A second person must agree to it."),
    "overlap-not-alike": _l("These two surveys share no background question, or are for different groups of people."),
    "overlap-stands": _l("These two are declared already. Two people take it back before something else is said."),
    "overlap-second-person": _l("A second person must agree to take it back."),
    "no-way-to-reply": _l("You cannot reply: no code was given."),
    "not-a-survey": _l("This definition is not a survey."),
    "note-too-long": _l("The note is too long."),
    "own-manager": _l("Nobody is their own line manager."),
    "duty-nobody": _l("Choose people who may decide on flags."),
    "hold-reason": _l("Write why it must be kept"),
    "impact-day": _l("That day is still to come"),
    "impact-high": _l("With a high risk left, ask the Information Commissioner first."),
    "impact-said": _l("Write something in every box."),
    "must-be-kept": _l("This must be kept for now. The page says why."),
    "not-looked-through": _l("Look it through for other people's names first, and say that you did."),
    "nothing-to-take-back": _l("There is nothing left that can be taken back."),
    "own-proposal": _l("You proposed this yourself. Another administrator has to approve it."),
    "retention-months": _l("A time has %(least)s to %(most)s months."),
    "own-account": _l("You cannot do this to your own account. Ask another administrator."),
    "partnership-exists": _l("There is a partnership of that name in the address."),
    "paper-dropped": _l("Nothing you answered was kept, and nothing was sent."),
    "paper-code": _l("This code does not open the survey: it may be mistyped, used or past its day."),
    "password-common": _l("That password is too easy to guess. Use a few words together"),
    "password-length": _l("Use at least 15 characters. A few words together work well"),
    "pdf-unavailable": _l(
        "This computer cannot make PDF files yet. Whoever looks after Engage can install what is missing."
    ),
    "quota-size": _l("The number to stop at is 20, 30, 40 and so on."),
    "quote-decided": _l("Somebody has decided on this quote already."),
    "quote-second-person": _l("You prepared this quote, so somebody else has to release it."),
    "quote-too_few": _l(
        "Too few people spoke of this theme when it was last counted. A quote beside a small number could show who said"
        " it. Count the themes again when more have been coded."
    ),
    "quote-too_few_themes": _l(
        "This group spoke of fewer than three themes, so a quote would tell too much about its people. Code more first."
    ),
    "reason-length": _l("Write between 1 and %(most)s letters."),
    "release-asked_often": _l(
        "This was refused twice within a week. Try again a week after the first time: asked more often, the answer"
        " could tell when somebody answered."
    ),
    "release-before_day": _l("The day for a further release has not come."),
    "release-cannot_be": _l(
        "As this survey asks its questions, these answers cannot all be true, so nothing is shown of them. Look at"
        " answers that were brought in from paper or a file, or publish a new version of the survey: its answers start"
        " anew."
    ),
    "release-contradicts": _l(
        "What is public already and these answers cannot both be true, so nothing more is shown of this version."
        " Publish a new version of the survey: its answers start anew."
    ),
    "release-differencing": _l(
        "Beside what is public already, any new numbers would show what somebody said. Wait for more answers."
    ),
    "release-nothing_new": _l("Nothing new came since the last release."),
    "release-overlap_wrong": _l(
        "These answers cannot be of the people that were declared for this survey. Look again at who answers in another"
        " survey too."
    ),
    "release-too_few": _l("Too few people have answered."),
    "release-too_few_new": _l("Too few new answers came since the last release. Wait, or close the survey."),
    "release-too_many_said": _l(
        "So much was declared of who answers in other surveys too that it cannot all be checked together. Declare which"
        " of these surveys share nobody."
    ),
    "reminder-days": _l("Reminders go out between 1 and 60 days before the last day."),
    "report-changed": _l("Somebody else saved this report while you were writing"),
    "report-frozen": _l("This report is frozen. It never changes."),
    "report-title": _l("Write what the report is about"),
    "score-out-of-range": _l("That is not one of the scores."),
    "scores-alone": _l("The scores open when everybody on the team has locked theirs."),
    "scores-changed": _l("You changed a score in another tab. Look at your scores again, then lock them."),
    "scores-locked": _l("Your scores are locked. Nobody can change them now, not even you."),
    "scores-locked-already": _l("An inspector has locked scores already: the visit has taken place."),
    "scores-missing": _l("Some points have no score yet. Score every point, then lock."),
    "scoring-closed": _l("Scoring has ended for this visit."),
    "sign-in-taken": _l("That sign-in name is taken"),
    "survey-reserved": _l("A page of ours has that name. Give the survey another one."),
    "survey-exists": _l("There is a survey of that name in the address."),
    "nothing-to-undo": _l("There is nothing left to undo."),
    "survey-archived": _l("This survey is archived. Take it out of the archive first."),
    "survey-changed": _l("Somebody else changed this survey while you were writing."),
    "survey-open": _l("This survey is open. Close it first."),
    "survey-not-open": _l("This survey is not open."),
    "reasons-missing": _l("Put each of these right, or write your reason beside it."),
    "survey-asks-contact": _l(
        "A survey has no place to keep contact details. Take that question out, whatever the reason: the tell-us form "
        "asks for them, apart from what is said."
    ),
    "survey-not-ready": _l("Something must be put right before it can open."),
    "tablet-box": _l("This was not answered on a tablet of ours."),
    "tablet-day": _l("The last day must not be in the past"),
    "tablet-offline": _l("This survey can only be asked where there is a network."),
    "team-too-small": _l("A team needs at least %(needed)s young inspectors."),
    "tells-before-closing": _l("The day you say what you heard is before the last day to answer."),
    "theme-name-taken": _l("There is a theme of that name"),
    "too-few-locked": _l("At least %(needed)s inspectors must have locked their scores first."),
    "visit-is-declined": _l("The service said no to this visit."),
    "visit-is-planned": _l("This visit is still being scored."),
    "visit-is-published": _l("The star is published. Nothing about it can be changed now."),
    "visit-is-together": _l("Scoring has ended for this visit."),
}


def sentence(reason: str, params: Mapping[str, object]) -> str:
    """The sentence for the key `reason`, its placeholders filled; empty where there is none (a key is never shown)."""
    words = SENTENCES.get(reason)
    return str(words) % params if words is not None and params else str(words or "")
