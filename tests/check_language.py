#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that what people read is marked for other languages (src/base/language.h), and is whole:

  - a literal with a sentence or a label in it stands in _(), N_() or P_();
  - no plural is made by adding an ending, and no sentence by choosing a word of it.

Not looked at is what programs read: arguments of the functions in READ_BY_PROGRAMS, the names of
controls, and the files in NOT_FOR_PEOPLE.

Usage: check_language.py SRC
"""
import pathlib
import re
import sys

# Modules without a word for people, and files whose words are a language of their own.
NOT_FOR_PEOPLE = ('kern/', 'base/json', 'app/act/', 'app/shell/script.c', 'sys/picture_head.c',
                  'model/embed.c', 'nn/conv.c')
READ_BY_PROGRAMS = re.compile(
    r'(json|str|mem|log|record|checkpoint|find|files|read|pack|is|has|starts|options_(?!refuse)|'
    r'push|swap|replace|text|name|take|ui_find|ui_group|ui_scroll|add_option|static_assert|assert|'
    r'_Static_assert|sscanf|getenv|fopen|volatile|__)\w*$|sizeof|buffer_print|dataset_new|'
    r'digit_store_log')
LABELS = re.compile(r'(ui_(label|button|card|heading|tip|check|switch|wrapped)\w*|notices_offer\w*|'
                    r'label_row|part_begin|part_button)$')

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|'
                   r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|'
                   r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.S | re.M)
FORMAT = re.compile(r'%[-+ #0]*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]|\\u[0-9a-f]{4}|\\.')
ENDING = r'(?:_\()?"(?:[a-z]{0,2}|was|has|are|were|have|they)"'
GLUED = re.compile(rf'\?\s*{ENDING}\)?\s*:\s*{ENDING}')


def blank(match):
    return re.sub(r'[^\n]', ' ', match[0])


def literals_of(text):
    """Place and text of each literal; those that follow one another are one."""
    found = [m for m in TOKEN.finditer(text) if m[0][0] == '"']
    i = 0
    while i < len(found):
        begin, end, value = found[i].start(), found[i].end(), found[i][0][1:-1]
        while i + 1 < len(found) and re.fullmatch(r'(\s|PRI\w+)*', text[end:found[i + 1].start()]):
            i += 1
            end, value = found[i].end(), value + found[i][0][1:-1]
        yield begin, value
        i += 1


def call_around(code, place):
    """The function whose argument stands there, and which one it is; '' outside of a call."""
    depth = argument = 0
    for i in range(place - 1, -1, -1):
        char = code[i]
        if char in ')]}':
            depth += 1
        elif char in '([{' and depth:
            depth -= 1
        elif char == '(':
            name = re.search(r'(\w+)\s*$', code[:i])
            return (name[1] if name else '', argument)
        elif char in '[{;':
            return '', argument
        elif char == ',' and not depth:
            argument += 1
    return '', 0


def is_sentence(value):
    """At least three words, or two of which the first is a capital's: "Go back"."""
    plain = FORMAT.sub(' ', value)
    if '\\x' in value or re.match(r'input \d|\d+-\d+|--?[a-z-]+$|\.?/|<|#|\W*\{', value):
        return False
    return bool(re.search(r"[a-z']{2,},? [a-z']+ [a-z]", plain) or
                re.match(r"\W*[A-Z][a-z]+ ([a-z]{2,}|%s\.$)", value))


def check_file(path, name):
    text = path.read_text()
    code = TOKEN.sub(blank, text)
    for found in GLUED.finditer(text):
        line = text.count('\n', 0, found.start()) + 1
        yield f'{path}:{line}: a sentence is glued together; make each form whole, with P_()'
    for place, value in literals_of(text):
        function, argument = call_around(code, place)
        if function in ('_', 'N_', 'P_') or READ_BY_PROGRAMS.match(function):
            continue
        label = LABELS.match(function) and re.search('[A-Za-z]{2}', FORMAT.sub(' ', value)) and \
            (argument != 1 or function in ('ui_tip', 'ui_button_width'))
        if is_sentence(value) or (label and ' ' in value):
            line = text.count('\n', 0, place) + 1
            yield f'{path}:{line}: "{value[:50]}" is not marked (base/language.h)'


def main(folder):
    folder = pathlib.Path(folder)
    wrong = []
    for path in sorted(folder.rglob('*.c')):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(NOT_FOR_PEOPLE):
            wrong += check_file(path, name)
    print('\n'.join(wrong))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
