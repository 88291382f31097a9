"""A worker never outlives the process that watches over it, which may be killed without a word.

It would go on holding the port, and nobody would restart it.
"""

import multiprocessing
import os
import signal
import threading
from multiprocessing.process import BaseProcess


def leave_with_parent() -> None:
    """Ends this worker when the process that watches over it has ended, however that came."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _leave_after(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
