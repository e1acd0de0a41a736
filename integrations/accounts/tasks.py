"""The self-test as a job."""

from typing import TYPE_CHECKING

from events.kernel import clock
from integrations.accounts import queries, testing

if TYPE_CHECKING:
    from events.backstage.models import Job


def test_step(job: "Job") -> bool:
    """Carry out the self-test of an account."""
    account = queries.account(int(str(job.params["account_id"])))
    findings = testing.findings_of(account)
    testing.keep(account.pk, findings, at=clock.now())
    return True
