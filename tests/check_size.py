#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that code can be read in one go: lines of 100 columns, functions of 45 lines, files of 600
lines at most. What is larger stands below, with the lines that it may have: a list that may only
shrink.

Usage: check_size.py FOLDER...
"""
import pathlib
import re
import sys

COLUMNS, FUNCTION, FILE = 100, 45, 600

LONG_FUNCTIONS = {
}
LONG_FILES = {
}


def functions_of(lines):
    """Pairs of a C function's name and its lines, from its name to its last brace."""
    begin = name = None
    for number, line in enumerate(lines):
        if re.match(r'[A-Za-z]', line) and '(' in line and not line.rstrip().endswith(';'):
            begin = number
            found = re.search(r'^START_TEST\((\w+)\)|(\w+)\(', line)
            name = found[1] or found[2]
        elif line == '}' and begin is not None:
            yield name, number + 1 - begin
            begin = None


def check_limit(kind, name, count, limit, exceptions, used):
    if name.endswith(': make_suite'):  # a list of tests
        return
    if count > exceptions.get(name, limit):
        yield f'{name}: {count} lines; a {kind} has {exceptions.get(name, limit)} at most'
    if count > limit:
        used.add(name)


def check_file(path, used):
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield f'{path}:{number}: {len(line)} columns; a line has {COLUMNS} at most'
    name = '/'.join(path.parts[-2:])
    yield from check_limit('file', path.name, len(lines), FILE, LONG_FILES, used)
    if path.suffix == '.c':
        for function, count in functions_of(lines):
            yield from check_limit('function', f'{path.name}: {function}', count, FUNCTION,
                                   LONG_FUNCTIONS, used)


def main(folders):
    paths = sorted(p for folder in folders for p in pathlib.Path(folder).rglob('*')
                   if p.suffix in ('.c', '.h', '.py', '.sh') or p.name == 'meson.build')
    used = set()
    wrong = [w for path in paths for w in check_file(path, used)]
    wrong += [f'{name} is no longer too long: take it out of the list in {sys.argv[0]}'
              for name in [*LONG_FUNCTIONS, *LONG_FILES] if name not in used]
    if len(paths) < 100:
        wrong.append(f'only {len(paths)} files found; are these the folders of the source?')
    print('\n'.join(wrong))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
