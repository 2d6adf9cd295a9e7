"""The check of what leaves as mail."""

from rejoinder.cli.doctor import queries
from rejoinder.cli.doctor.finding import Finding, fail, ok, warn
from rejoinder.db.pool import Session
from rejoinder.notifications.mailer import Mailer
from rejoinder.settings import Settings, SettingsError


async def check_mail(session: Session, settings: Settings) -> Finding:
    """Whether mail can be sent, if anything wants to send some."""
    try:
        mailer = Mailer(settings)
    except SettingsError as error:
        return fail("mail", str(error), "The server does not start with it.")
    if mailer.is_configured:
        return ok("mail", "It is sent through an SMTP server.")
    restoring = await queries.projects_that_restore(session)
    if restoring:
        projects = ", ".join(map(str, restoring))
        detail = f"Customers of project {projects} ask for restore links, and get none."
        return warn("mail", detail, "Set REJOINDER_SMTP_URL, or restore_enabled to false.")
    return ok("mail", "None is sent, and nothing needs any.")
