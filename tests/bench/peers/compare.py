#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains and reads with inkling and with its peers in turn, and prints the ratios.

    compare.py [--inkling PROGRAM] [--data DIR] [--rounds N] [--only PART,PART] [--json]

In every round each program measures each part once, a process for each, with the order of the
programs turned round from round to round. Figures are medians over the rounds, and ratios are
medians of the rounds' own ratios. A measurement that other programs disturbed is repeated; where
they do not let up, the output says so. PyTorch must be there; numpy comes with it, and ONNX Runtime
is optional (npm install onnxruntime-node, found through NODE_PATH).

The table is Markdown, as it stands in the README; --json prints one JSON object instead.
"""
import argparse
import datetime
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import peer

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77       # the exit status that Meson takes for "skipped"
DISTURBED = 0.1    # cores that others may use meanwhile
TRIES = 3

# Parts of `inkling bench`, and the rows that come of each: threads, what it is, and the aim for the
# ratio.
TRAININGS = {
    '784-30-10': [
        (1, '784-30-10 by the book, mini-batch 10, 50,000 images: an epoch, 1 thread', 28)],
    '784-100-10': [(1, '784-100-10, the same', 20)],
    '784-128-10': [(2, '784-128-10, ReLU, Adam, mini-batch 64: an epoch, 2 threads', 4)],
    'lenet5': [(1, 'LeNet-5, Adam, mini-batch 64: an epoch, 1 thread', None),
               (2, 'the same, 2 threads', 4)],
    'small-cnn': [(1, 'small CNN, Adam, mini-batch 128: an epoch, 1 thread', None),
                  (2, 'the same, 2 threads', 1.5)],
    'swift': [(2, '`swift`, the whole training, 2 threads', 2.8)],
    'keen': [(2, '`keen`, the whole training, 2 threads', 3)],
}
READERS = {'784-100-10': '784-100-10', 'lenet5': 'LeNet-5', 'small-cnn': 'small CNN',
           'default': 'built-in model'}
PARTS = [*TRAININGS, 'busy', 'reading', 'loading']


# ---- running ------------------------------------------------------------------------------------

def busy_seconds():
    """CPU seconds that this machine has spent on anything, what its host took away among them."""
    with open('/proc/stat') as file:
        user, nice, system, _, _, irq, soft, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf('SC_CLK_TCK')


def own_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run_once(command, env):
    """The command's JSON object, and how many cores others used meanwhile."""
    wall, busy, own = time.perf_counter(), busy_seconds(), own_seconds()
    done = subprocess.run(list(map(str, command)), env=env, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    others = busy_seconds() - busy - (own_seconds() - own)
    if done.returncode != 0:
        sys.exit(f'{" ".join(map(str, command))}: {done.stderr.strip()[-300:]}')
    return json.loads(done.stdout), max(0, others / (time.perf_counter() - wall))


class Machine:
    """Runs the programs and keeps the figures: (part, row, program) to one for each round."""

    def __init__(self, wish, folder):
        self.wish, self.folder = wish, folder
        self.figures, self.accuracy, self.programs = {}, {}, {}
        self.most_disturbed = 0

    def run(self, what, command):
        """Again where others disturbed it; the calmest counts."""
        if not self.wish.quiet:
            print(f'  {what}', file=sys.stderr, flush=True)
        env = dict(os.environ, INKLING_DATA=str(self.wish.data))
        tries = []
        while len(tries) < TRIES and not (tries and tries[-1][1] < DISTURBED):
            tries.append(run_once(command, env))
        answer, others = min(tries, key=lambda t: t[1])
        self.most_disturbed = max(self.most_disturbed, others)
        return answer

    def keep(self, key, figures):
        self.figures.setdefault(key, []).extend(figures)

    def keep_training(self, program, part, answer):
        key = part, answer['threads'], program
        self.keep(key, answer['seconds_of_runs'])
        self.accuracy.setdefault(key, []).extend(answer['test_accuracy_of_runs'])

    def keep_reading(self, program, answer):
        for row in answer['reading']:
            self.keep((row['name'], 'one', program), row['microseconds_of_runs'])
            self.keep((row['name'], 'many', program), row['images_per_second_of_runs'])

    # Each program's own way to measure a part.

    def inkling(self, part, seed):
        answer = self.run(f'{part}: inkling', [
            self.wish.inkling, 'bench', '--only', part, '--runs', 1, '--seed', seed, '--json',
            '--quiet'])
        self.programs['inkling'] = answer['program']
        for row in answer['training']:
            self.keep_training('inkling', part, row)
        self.keep_reading('inkling', answer)
        for name, ratio in answer['two_threads_against_one'].items():
            self.keep((name, 'scaling', 'inkling'), [ratio])
        if part == 'busy':
            self.keep(('busy', 'busy', 'inkling'), [answer['busy_neighbour']['ratio']])
        if part == 'loading':
            self.keep(('loading', 'loading', 'inkling'), answer['loading']['seconds_of_runs'])

    def torch(self, part, seed):
        if part == 'reading':
            answer = self.run('reading: PyTorch', [sys.executable, HERE / 'torch_read.py',
                                                   '--onnx', self.folder])
            self.keep_reading('PyTorch', answer)
        for threads, _, _ in TRAININGS.get(part, []):
            answer = self.run(f'{part}: PyTorch, {threads} threads', [
                sys.executable, HERE / 'torch_train.py', part, '--threads', threads,
                '--seed', seed])
            self.keep_training('PyTorch', part, answer)
            self.programs.update(PyTorch=answer['program'], BLAS=answer['blas'])

    def numpy(self, part, seed):
        if part not in ('784-30-10', 'loading'):
            return
        for by in ('image', 'batch') if part == '784-30-10' else ['batch']:
            answer = self.run(f'{part}: numpy, by the {by}', [
                sys.executable, HERE / 'numpy_train.py', '--by', by, '--seed', seed])
            self.programs['numpy'] = answer['program']
            if part == 'loading':
                self.keep(('loading', 'loading', 'numpy'), [answer['loading_seconds']])
            else:
                self.keep_training(f'numpy by the {by}', part, answer)

    def onnx(self, part, seed):
        if part != 'reading' or not self.wish.node:
            return
        answer = self.run('reading: ONNX Runtime', [
            self.wish.node, HERE / 'onnx_read.js', self.folder, self.folder / 'images.f32', 1])
        self.programs['ONNX Runtime'] = answer['program']
        self.keep_reading('ONNX Runtime', answer)


# ---- what comes of it ---------------------------------------------------------------------------

def make_row(machine, what, key, unit, aim=None):
    """Our figure, and each peer's with how many times better ours is."""
    ours = machine.figures.get((*key, 'inkling'))
    if not ours:
        return None
    row = {'what': what, 'unit': unit, 'inkling': statistics.median(ours),
           'inkling_of_rounds': ours,
           'aim': aim, 'peers': {}}
    if (*key, 'inkling') in machine.accuracy:
        row['test_accuracy'] = statistics.mean(machine.accuracy[(*key, 'inkling')])
    for (*its_key, program), theirs in machine.figures.items():
        if tuple(its_key) != key or program == 'inkling':
            continue
        more_is_better = unit == 'images/s'
        ratios = [o / t if more_is_better else t / o for o, t in zip(ours, theirs)]
        row['peers'][program] = {'figure': statistics.median(theirs), 'of_rounds': theirs,
                                 'ratio': statistics.median(ratios)}
        if (*key, program) in machine.accuracy:
            row['peers'][program]['test_accuracy'] = statistics.mean(
                machine.accuracy[(*key, program)])
    return row


def make_rows(machine):
    rows = [make_row(machine, what, (part, threads), 's', aim)
            for part, its in TRAININGS.items() for threads, what, aim in its]
    rows += [make_row(machine, f'{title}: one image, 1 thread', (name, 'one'), 'µs')
             for name, title in READERS.items()]
    rows += [make_row(machine, f'{title}: batches of 1,000, 1 thread', (name, 'many'), 'images/s')
             for name, title in READERS.items()]
    rows += [make_row(machine, f'{READERS[name]}: 2 threads against 1', (name, 'scaling'), 'x', 1.8)
             for name in ('lenet5', 'small-cnn')]
    rows.append(make_row(machine, 'LeNet-5: 2 threads with one core busy elsewhere against 1 alone',
                         ('busy', 'busy'), 'x', 1))
    rows.append(make_row(machine, 'MNIST loaded from its gzipped files', ('loading', 'loading'),
                         's'))
    return [row for row in rows if row]


def write_figure(figure, unit):
    if unit == 'images/s':
        return f'{round(figure, -3 if figure >= 20000 else -2):,.0f}/s'
    digits = max(0, 2 - len(str(int(figure))) + (figure < 1)) if figure >= 0.1 else 3
    return f'{figure:.{digits}f}' + ('x' if unit == 'x' else f' {unit}')


def write_peer(row, program):
    peer_row = row['peers'].get(program)
    return f'{write_figure(peer_row["figure"], row["unit"])}' if peer_row else ''


def write_ratio(ratio):
    return f'{ratio:.1f}x' if ratio < 10 else f'{ratio:.0f}x'


def write_table(rows):
    lines = ['| what | inkling | PyTorch | ratio | others | test accuracy: inkling, PyTorch |',
             '|---|---|---|---|---|---|']
    for row in rows:
        torch = row['peers'].get('PyTorch')
        ratio = f'**{write_ratio(torch["ratio"])}**' if torch else ''
        others = ', '.join(f'{name} {write_peer(row, name)} ({write_ratio(p["ratio"])})'
                           for name, p in row['peers'].items() if name != 'PyTorch')
        accuracy = ''
        if 'test_accuracy' in row and torch:
            accuracy = f'{100 * row["test_accuracy"]:.2f} %, {100 * torch["test_accuracy"]:.2f} %'
        lines.append(f'| {row["what"]} | {write_figure(row["inkling"], row["unit"])} | '
                     f'{write_peer(row, "PyTorch")} | {ratio} | {others} | {accuracy} |')
    return '\n'.join(lines)


def find_cpu():
    for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines():
        if line.startswith('model name'):
            return line.split(':')[1].strip()
    return 'an unnamed CPU'


def describe(machine, rounds):
    programs = machine.programs
    peers = [programs[name] for name in ('PyTorch', 'numpy', 'ONNX Runtime') if name in programs]
    calm = 'with nothing else running' if machine.most_disturbed < DISTURBED else \
        f'while other programs used up to {machine.most_disturbed:.1f} of its cores'
    return (f'Measured on {datetime.date.today()} on {os.cpu_count()} cores of {find_cpu()}, '
            f'{calm}; '
            f'medians of {rounds} round{"s" * (rounds != 1)} in which the programs took turns. '
            f'Peers: {", ".join(peers)}.')


# ---- the program --------------------------------------------------------------------------------

def find_node():
    """Node, where it has ONNX Runtime."""
    node = shutil.which('node')
    if node and subprocess.run([node, '-e', 'require("onnxruntime-node")'],
                               capture_output=True).returncode == 0:
        return node
    print('ONNX Runtime is left out: npm install onnxruntime-node, and set NODE_PATH.',
          file=sys.stderr)
    return None


def find_inkling():
    built = sorted(HERE.parents[2].glob('build*/src/cli/inkling'))
    if not built:
        sys.exit('Build inkling first, or say where it is with --inkling.')
    return built[0]


def read_wishes():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--inkling', help='the program; else the one in build/')
    parser.add_argument('--data', help="folder of MNIST's files")
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--only', help=f'of {", ".join(PARTS)}')
    parser.add_argument('--json', action='store_true', help='print one JSON object, not the table')
    parser.add_argument('--quiet', action='store_true', help='do not say what is being measured')
    wish = parser.parse_args()
    wish.parts = wish.only.split(',') if wish.only else PARTS
    unknown = [part for part in wish.parts if part not in PARTS]
    if unknown:
        parser.error(f'there is no part {unknown[0]}; there are {", ".join(PARTS)}')
    wish.inkling = wish.inkling or find_inkling()
    wish.data = pathlib.Path(peer.find_data(wish.data)).resolve()
    wish.node = find_node() if 'reading' in wish.parts else None
    return wish


def main():
    if not peer.find_python():
        print(f'No Python here has torch, so there is nothing to compare with; {peer.INSTALL}')
        sys.exit(SKIPPED)
    wish = read_wishes()
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(wish, pathlib.Path(folder))
        for number in range(1, wish.rounds + 1):
            for part in wish.parts:
                turns = [machine.inkling, machine.torch, machine.numpy, machine.onnx]
                for turn in turns if number % 2 else turns[::-1]:
                    turn(part, number)
    rows = make_rows(machine)
    if wish.json:
        print(json.dumps({'date': str(datetime.date.today()), 'cpu': find_cpu(),
                          'cores': os.cpu_count(), 'programs': machine.programs,
                          'rounds': wish.rounds, 'most_disturbed_by_cores': machine.most_disturbed,
                          'rows': rows}))
    else:
        print(describe(machine, wish.rounds), write_table(rows), sep='\n\n')


if __name__ == '__main__':
    main()
