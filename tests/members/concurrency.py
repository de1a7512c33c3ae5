"""Two people at once: each in a thread, with a connection of their own."""

import threading

from django.db import connection


def at_once(*deeds):
    """Do them at the same moment; give for each the exception it raised, or None."""
    start = threading.Barrier(len(deeds))
    raised = [None] * len(deeds)

    def do(n, deed):
        try:
            start.wait(10)
            deed()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            raised[n] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=do, args=(n, deed)) for n, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised
