#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How well ten labelled digits teach a hand: for each writer of a strokes file, the first digit of
each kind is learnt (inkling train --tune), and the writer's other digits are read before and after,
as are the test images (MNIST's where it is found). Writers that the model was trained on tell
nothing: leave them out.

Usage: learn_hand.py INKLING MODEL STROKES.unp[.gz] WRITERS [--data DIR] [--first N]
       WRITERS: such as 23-30 or 3,5,9; --first: so many of each kind are learnt (1)
"""
import argparse, gzip, json, pathlib, re, subprocess, sys, tempfile


def read_writers(words):
    writers = []
    for word in words.split(','):
        first, _, last = word.partition('-')
        writers += range(int(first), int(last or first) + 1)
    return writers


def read_digits(path):
    """(label, writer, text) of each digit, in the order of the file."""
    data = pathlib.Path(path).read_bytes()
    text = (gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data).decode('ascii', 'replace')
    for part in re.split(r'(?m)^(?=\.SEGMENT DIGIT)', text)[1:]:
        label, writer = map(int, re.search(r'(?m)^\.COMMENT +(\d+) +(\d+) +\d+', part).groups())
        yield label, writer, part


def part_digits(digits, first):
    """The first of each kind, and the rest."""
    taken, rest, seen = [], [], [0] * 10
    for label, _, part in digits:
        seen[label] += 1
        (taken if seen[label] <= first else rest).append(part)
    return taken, rest


def ask(arguments):
    done = subprocess.run([*map(str, arguments), '--json', '--quiet'], capture_output=True,
                          text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def count_wrong(inkling, model, strokes):
    answer = ask([inkling, 'eval', '--model', model, '--strokes', strokes])
    return answer['count'] - answer['correct'], answer['count']


def learn_one(given, writer, digits, folder):
    taken, rest = part_digits([d for d in digits if d[1] == writer], given.first)
    if not taken or not rest:
        sys.exit(f'There are too few digits of writer {writer} in {given.strokes}.')
    few, others, tuned = folder / 'few.unp', folder / 'others.unp', folder / 'tuned.safetensors'
    few.write_text(''.join(taken))
    others.write_text(''.join(rest))
    data = ['--data', given.data] if given.data else []
    learnt = ask([given.inkling, 'train', '--tune', given.model, '--strokes', few, '--out', tuned,
                  *data])
    before, count = count_wrong(given.inkling, given.model, others)
    after, _ = count_wrong(given.inkling, tuned, others)
    test = learnt['test']
    points = 100 * (test['after'] - test['before']) / test['count'] if test else float('nan')
    print(f'{writer:6} {len(taken):7} {count:7} {before:7} {after:7} {points:+9.2f} '
          f'{learnt["seconds"]:8.1f}', flush=True)
    return before, after, points, learnt['data']


def tell(results):
    before, after = sum(r[0] for r in results), sum(r[1] for r in results)
    cuts = [1 - r[1] / r[0] for r in results if r[0]]
    points = [r[2] for r in results]
    fewer, each = 100 * (1 - after / max(before, 1)), 100 * sum(cuts) / max(len(cuts), 1)
    print(f'{before} wrong before, {after} after: {fewer:.0f} % fewer; '
          f'on average over {len(cuts)} writers with any, {each:.0f} % '
          f'fewer')
    print(f'{results[0][3]}, test: {sum(points) / len(points):+.3f} points on average, '
          f'{min(points):+.2f} at worst')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n\n')[0])
    for name in ('inkling', 'model', 'strokes', 'writers'):
        parser.add_argument(name)
    parser.add_argument('--data')
    parser.add_argument('--first', type=int, default=1)
    given = parser.parse_args()
    digits = list(read_digits(given.strokes))
    print('writer  learnt  others   wrong   after    test/pt  seconds')
    with tempfile.TemporaryDirectory() as folder:
        tell([learn_one(given, writer, digits, pathlib.Path(folder))
              for writer in read_writers(given.writers)])


if __name__ == '__main__':
    main()
