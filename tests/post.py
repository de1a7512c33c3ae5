"""The queue of the mails, run in the process of a test."""

from procrastinate.contrib.django.models import ProcrastinateJob

from members.mails import post


def queued():
    """The keys of the mails that jobs are to send, in order, one for each job."""
    jobs = ProcrastinateJob.objects.filter(
        task_name=post.deliver.name, status="todo"
    ).order_by("-priority", "pk")
    return [job.args["mail_id"] for job in jobs]


def run_queue():
    """Do what the worker would do now of the mails."""
    for key in queued():
        post.deliver(mail_id=key)
