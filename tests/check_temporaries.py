#!/usr/bin/env python3
"""Checks that no pointer is kept into a struct that a function returned.

Such a struct lives until the end of the expression that it stands in, so that its text may be
handed to a call, but not be given to a variable. No compiler says so.
"""
import pathlib
import re
import sys

MEMBER = re.compile(r'\)\.(\w+)\s*;')  # of what a call returned, at the end of a statement
GIVEN = re.compile(r'[\w\])]\s*=\s')      # to a variable


def array_members(texts):
    """The names of arrays in structs that some function returns by value."""
    returned = set(re.findall(r'^(?:static )?struct (\w+) \w+\(', texts, re.M))
    names = set()
    for struct, body in re.findall(r'^struct (\w+) \{(.*?)^\};', texts, re.S | re.M):
        if struct in returned:
            names |= set(re.findall(r'(\w+)\[[^;]*;', body))
    return names


def find(text, members):
    """Where the member of a returned struct is given away, and its name."""
    for end in MEMBER.finditer(text):
        begin = max(text.rfind(mark, 0, end.start()) for mark in ';{}')
        if end[1] in members and GIVEN.search(text, begin + 1, end.start()):
            yield end.start(), end[1]


def check(root):
    files = {path: path.read_text() for path in sorted(root.rglob('*.[ch]'))}
    members = array_members('\n'.join(files.values()))
    bad = 'const char *t = ui_percent(1, 2).text;', 'char *t = a ? "" : ui_bytes(f(1)).text;'
    good = 'snprintf(t, n, "%s", ui_percent(1, 2).text);', 'item->changed = files_mark(p).changed;'
    wrong = [] if 'text' in members else ['no struct with a text is returned; is that the source?']
    wrong += [f'this is not found: {text}' for text in bad if not any(find(text, members))]
    wrong += [f'this is found: {text}' for text in good if any(find(text, members))]
    for path, text in files.items():
        for at, member in find(text, members):
            line = text.count('\n', 0, at) + 1
            wrong.append(f'{path}:{line}: the {member} of what was returned is gone after this')
    return wrong


if __name__ == '__main__':
    problems = check(pathlib.Path(sys.argv[1]))
    print('\n'.join(problems))
    sys.exit(1 if problems else 0)
