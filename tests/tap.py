# SPDX-License-Identifier: MIT
"""What the Python programs of tests share: functions are called one after the other, and each is a
line of TAP; waiting for what another program will do."""
import sys
import time


def tests_of(names):
    """The functions called test_... of a module's globals(), in the order in which they stand."""
    return [f for name, f in names.items() if name.startswith('test_')]


def run(tests, *arguments):
    """Calls each with the arguments. The exit status: 1 if one failed; that ends no other."""
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix('test_')
        try:
            test(*arguments)
            print(f'ok {number} {name}', flush=True)
        except Exception as trouble:
            failed += 1
            print(f'not ok {number} {name}', flush=True)
            print(f'{name}: {type(trouble).__name__}: {trouble}', file=sys.stderr, flush=True)
    return 1 if failed else 0


def skip(why):
    print(f'1..0 # SKIP {why}')
    return 77


def wait_until(what, when, seconds=60):
    """Asks `what` again and again until `when` is true of its answer; the last answer."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if when(answer) or time.monotonic() > end:
            return answer
        time.sleep(.01)
