#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that code can be read in one go: lines of 100 columns, functions of 45 lines, files of 600
lines at most.

Usage: check_size.py FOLDER...
"""
import pathlib
import re
import sys

COLUMNS, FUNCTION, FILE = 100, 45, 600


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


def check_file(path):
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield f'{path}:{number}: a line has {COLUMNS} columns at most'
    if len(lines) > FILE:
        yield f'{path}: {len(lines)} lines; a file has {FILE} at most'
    if path.suffix != '.c':
        return
    for name, count in functions_of(lines):
        if count > FUNCTION and name != 'make_suite':  # a list of tests
            yield f'{path}: {name}: {count} lines; a function has {FUNCTION} at most'


def main(folders):
    paths = sorted(p for folder in folders for p in pathlib.Path(folder).rglob('*')
                   if p.suffix in ('.c', '.h', '.py', '.sh') or p.name == 'meson.build')
    wrong = [w for path in paths for w in check_file(path)]
    if len(paths) < 100:
        wrong.append(f'only {len(paths)} files found; are these the folders of the source?')
    print('\n'.join(wrong))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
