"""Can the audit trail be trusted?"""

from __future__ import annotations

import click

from floorwalker.cli.opening import open_home


@click.group()
def audit() -> None:
    """The trail of who did what."""


@audit.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Check that no entry was changed, removed or put in between; exit code 1 and the first broken entry when one was."""
    open_home()
    from floorwalker.apps.people import audit as trail
    from floorwalker.apps.people.models import AuditEntry

    findings = trail.verify()
    for finding in findings:
        click.echo(finding, err=True)
    if not findings:
        last = AuditEntry.objects.order_by("-id").first()
        click.echo(f"{AuditEntry.objects.count()} entries, each as it was written")
        if last is not None:
            click.echo(f"the last is {last.pk}, {bytes(last.hash).hex()}: kept elsewhere, this line proves it later")
    ctx.exit(1 if findings else 0)
