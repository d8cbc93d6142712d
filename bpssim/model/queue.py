"""The order of waiting work: smallest key first.

State: `REQUEST`. A heap sort written out, because rules may not allocate, as library sorts do.
"""

from bpssim.model.compiled import rule
from bpssim.model.records import Table


@rule
def is_less_urgent(requests: Table, a: int, b: int) -> bool:
    """Whether the request at place `a` of the queue should come after the one at place `b`."""
    return requests[requests[a].in_order].key > requests[requests[b].in_order].key


@rule
def sift(requests: Table, root: int, end: int) -> None:
    """Let the request at place `root` sink in a heap with the least urgent on top."""
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and is_less_urgent(requests, child + 1, child):
            child += 1
        if not is_less_urgent(requests, child, root):
            return
        swap(requests, root, child)
        root = child


@rule
def swap(requests: Table, a: int, b: int) -> None:
    """Exchange two places of the queue."""
    row = requests[a].in_order
    requests[a].in_order = requests[b].in_order
    requests[b].in_order = row


@rule
def sort_queue(requests: Table, waiting: int) -> None:
    """Put the rows of the first `waiting` requests in order, the most urgent first."""
    for k in range(waiting):
        requests[k].in_order = k
    for root in range(waiting // 2 - 1, -1, -1):
        sift(requests, root, waiting)
    for end in range(waiting - 1, 0, -1):
        swap(requests, 0, end)
        sift(requests, 0, end)
