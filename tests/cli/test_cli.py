# SPDX-License-Identifier: MIT
"""Runs the program as a person or a script would: test_cli.py PROGRAM. Speaks TAP."""
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import tap

PROGRAM = os.path.abspath(sys.argv[1])
LIMIT = 300  # seconds that a command may take under a sanitizer


def run(*args, cwd=None, **env):
    clean = {k: v for k, v in os.environ.items() if k != 'INKLING_DATA'}
    clean.update(XDG_DATA_HOME=str(FOLDER / 'home'), XDG_CONFIG_HOME=str(FOLDER / 'home'),
                 XDG_STATE_HOME=str(FOLDER / 'home'))
    clean.update(env)
    return subprocess.run([PROGRAM, *map(str, args)], env=clean, cwd=cwd or FOLDER, timeout=LIMIT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run_json(*args, **kw):
    """A command that works, with --json: exactly one object on stdout."""
    r = run(*args, '--json', **kw)
    assert r.returncode == 0, f'{args}: exit {r.returncode}: {r.stderr}'
    return json.loads(r.stdout)


def refuse(status, *args, says=()):
    """A command that must end with this status, one sentence on stderr and nothing on stdout."""
    r = run(*args)
    assert r.returncode == status, f'{args}: exit {r.returncode}: {r.stderr}'
    assert r.stdout == '', f'{args}: {r.stdout[:80]!r} on stdout'
    assert len(r.stderr.strip().splitlines()) == 1 and len(r.stderr) > 20, repr(r.stderr)
    for word in says:
        assert word in r.stderr, f'{args}: no {word!r} in {r.stderr!r}'


def fill_disk(*args):
    """Runs a command whose stdout is a full disk."""
    with open('/dev/full', 'w') as full:
        return subprocess.run([PROGRAM, *map(str, args)], cwd=FOLDER, timeout=LIMIT, stdout=full,
                              stderr=subprocess.PIPE, text=True)


# ---- data and pictures of our own ---------------------------------------------------------------

def draw(digit, rng):
    """28 x 28 bytes: a bar whose place tells the digit, with noise."""
    rows = bytearray(784)
    for row in range(5, 23):
        for col in (2 * digit + 4, 2 * digit + 5):
            rows[row * 28 + col] = rng.randrange(150, 256)
    for _ in range(20):
        rows[rng.randrange(784)] = rng.randrange(100)
    return bytes(rows)


def write_split(folder, name, count, seed):
    rng = random.Random(seed)
    labels = bytes(rng.randrange(10) for _ in range(count))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f'{name}-labels-idx1-ubyte').write_bytes(struct.pack('>II', 0x801, count) + labels)
    (folder / f'{name}-images-idx3-ubyte').write_bytes(
        struct.pack('>IIII', 0x803, count, 28, 28) + b''.join(draw(d, rng) for d in labels))


def write_png(path, side, pixel):
    """A grey PNG of side x side; pixel(row, col) gives 0 to 255."""
    raw = b''.join(b'\0' + bytes(pixel(r, c) for c in range(side)) for r in range(side))

    def chunk(kind, data):
        return (struct.pack('>I', len(data)) + kind + data +
                struct.pack('>I', zlib.crc32(kind + data)))
    path.write_bytes(b'\x89PNG\r\n\x1a\n' +
                     chunk(b'IHDR', struct.pack('>IIBBBBB', side, side, 8, 0, 0, 0, 0)) +
                     chunk(b'IDAT', zlib.compress(raw)) + chunk(b'IEND', b''))


def write_strokes(path):
    path.write_text('.COORD X Y\n' + ''.join(
        f'.SEGMENT DIGIT ? "{k % 10}"\n.COMMENT {k % 10} {k % 4 + 1} {k}\n'
        f'.PEN_DOWN\n100 100\n{100 + k} 400\n.PEN_UP\n'
        for k in range(20)))


def weights_of(path):
    """The arrays of a model file, without the record of time and threads."""
    data = pathlib.Path(path).read_bytes()
    return data[8 + struct.unpack('<Q', data[:8])[0]:]


TRAIN = ('train', '--recipe', 'nielsen-30', '--data', 'data', '--quiet')

# ---- the tests ----------------------------------------------------------------------------------


def test_help_and_version_are_answers():
    for args in (['--help'], ['help'], ['train', '--help'], ['eval', '--help'],
                 ['predict', '--help'], ['info', '--help'], ['bench', '--help']):
        r = run(*args)
        assert r.returncode == 0 and 'Usage: inkling' in r.stdout and r.stderr == '', args
    assert run('--version').stdout.startswith('inkling 0.')


def test_wrong_usage_is_status_2_with_one_sentence():
    refuse(2, '--theme', 'pink', says=['pink', 'dark or light'])
    refuse(2, 'trian', says=['trian', 'did you mean train'])
    refuse(2, 'frobnicate', says=['frobnicate'])
    refuse(2, 'train', '--epocs', '3', says=['--epocs', '--epochs'])
    refuse(2, 'train', '--epochs', says=['--epochs N'])
    refuse(2, 'train', '--epochs', 'abc', says=['abc'])
    refuse(2, 'train', '--batch=0', says=['"0"'])
    refuse(2, 'train', '--rate', '-1', says=['-1'])
    refuse(2, 'train', '--threads', '0', says=['"0"'])
    refuse(2, 'train', '--recipe', 'nielson', says=['nielson', 'nielsen-30'])
    refuse(2, 'train', '--net', '784-30-frog', says=['frog'])
    refuse(2, 'train', '--net', 'dense 10 step', says=['step'])
    refuse(2, 'train', '--progress', 'xml', says=['xml'])
    refuse(2, 'train', '--json=yes', says=['--json'])
    refuse(2, 'train', 'now', says=['now'])
    refuse(2, 'train', '-x', says=['-x'])
    refuse(2, 'train', '--resume', 'x', '--recipe', 'swift', says=['--resume'])
    refuse(2, 'eval', '--split', 'half', says=['half'])
    refuse(2, 'eval', '--strokes', 'x', '--data', 'y', says=['strokes'])
    refuse(2, 'bench', '--only', 'lenet5,raeding', says=['raeding', 'did you mean reading'])
    refuse(2, 'bench', '--only', 'lenet5,', says=['""'])
    refuse(2, 'bench', '--runs', '0', says=['"0"'])
    refuse(2, 'predict', says=['IMAGE'])
    refuse(2, 'info', says=['FILE'])
    refuse(2, 'info', 'a', 'b', says=['"b"'])
    refuse(2, '--kern', 'abacus', 'info', 'x', says=['abacus'])


def test_nothing_that_was_typed_or_read_commands_the_terminal():
    evil = 'e\x1b[2J\x07\x9b31m\u202e\udcff'
    for args in ([evil], ['--' + evil], ['-' + evil], ['train', '--net', evil], ['info', evil],
                 ['train', '--recipe', evil], ['eval', '--split', evil], ['--kern', evil],
                 ['predict', evil], ['eval', '--model', evil], ['train', '--data', evil]):
        r = run(*args)
        assert r.returncode != 0 and 'e?[2j' in r.stderr.lower(), (args, r.stderr)
        assert not set(r.stderr) & set('\x1b\x07\x9b\u202e'), (args, r.stderr)


def test_what_cannot_be_done_is_status_1_with_one_sentence():
    refuse(1, 'info', 'missing.safetensors', says=['missing.safetensors'])
    refuse(1, 'eval', '--model', 'missing.safetensors', says=['missing.safetensors'])
    refuse(1, 'predict', '--model', 'missing.safetensors', 'x.png', says=['missing.safetensors'])
    refuse(1, 'train', '--data', 'nowhere', '--out', 'x.safetensors', says=['nowhere'])
    refuse(1, 'train', '--data', 'data', '--out', 'no/such/x.safetensors', says=['no/such'])
    if os.path.exists('/dev/full'):
        r = fill_disk('info', FOLDER / 'm.safetensors', '--json')
        assert r.returncode == 1 and 'cannot be written' in r.stderr, r.stderr
    for folder in ('data', 'data/', ''):
        refuse(1, 'train', '--data', 'data', '--out', folder, says=[f'"{folder}"', 'name'])
    refuse(1, 'train', '--resume', 'missing.checkpoint', says=['missing.checkpoint'])
    refuse(1, *TRAIN, '--hold-back', '500', '--out', 'x.safetensors', says=['500'])
    refuse(1, 'eval', '--model', 'm.safetensors', '--strokes', 'missing.unp', says=['missing.unp'])
    refuse(1, 'predict', '--model', 'm.safetensors', 'missing.png', says=['missing.png'])
    refuse(1, 'bench', '--data', 'nowhere', says=['nowhere'])


def test_without_a_display_the_window_says_so_in_one_sentence():
    for folder in ({}, {'XDG_RUNTIME_DIR': str(FOLDER)}):
        env = {k: v for k, v in os.environ.items()
               if k not in ('DISPLAY', 'WAYLAND_DISPLAY', 'SDL_VIDEODRIVER', 'XDG_RUNTIME_DIR')}
        r = subprocess.run([PROGRAM], env={**env, **folder}, capture_output=True, text=True,
                           timeout=60)
        assert r.returncode == 1 and 'There is no display' in r.stderr, r.stderr
        assert len(r.stderr.splitlines()) == 1, r.stderr


def test_train_answers_with_one_object_and_the_model_reads():
    r = run_json(*TRAIN, '--epochs', '4', '--out', 'a.safetensors')
    assert [e['epoch'] for e in r['epochs']] == [1, 2, 3, 4]
    assert all({'train_cost', 'test_accuracy', 'seconds'} <= set(e) for e in r['epochs'])
    assert r['images'] == 500 and r['images_per_second'] > 0
    assert abs(sum(e['seconds'] for e in r['epochs']) - r['seconds']) < 1e-3
    assert r['test_accuracy'] == r['epochs'][-1]['test_accuracy'] > 0.5
    assert not (FOLDER / 'a.checkpoint').exists()
    e = run_json('eval', '--model', 'a.safetensors', '--data', 'data')
    assert abs(e['accuracy'] - r['test_accuracy']) < 1e-6 and e['count'] == 200
    assert sum(map(sum, e['confusion'])) == 200 and len(e['confusion']) == 10
    assert sum(e['confusion'][d][d] for d in range(10)) == e['correct']
    assert e['cost'] > 0 and e['seconds'] > 0 and e['threads'] >= 1
    e = run_json('eval', '--model', 'a.safetensors', '--data', 'data', '--split', 'train')
    assert e['count'] == 500


def test_the_same_seed_gives_the_same_weights_for_any_number_of_threads():
    more = ['--epochs', '2', '--batch', '64', '--net', '784-12-10', '--augment', 'shift 1']
    seen = set()
    for threads in (1, 2, 3):
        run_json(*TRAIN, *more, '--threads', threads, '--out', f't{threads}.safetensors')
        seen.add(weights_of(FOLDER / f't{threads}.safetensors'))
    assert len(seen) == 1
    run_json(*TRAIN, *more, '--seed', '2', '--out', 't4.safetensors')
    assert weights_of(FOLDER / 't4.safetensors') not in seen


def test_progress_json_is_a_line_for_each_epoch():
    r = run(*TRAIN, '--epochs', '3', '--progress', 'json', '--out', 'p.safetensors')
    assert r.returncode == 0, r.stderr
    assert [json.loads(line)['epoch'] for line in r.stdout.splitlines()] == [1, 2, 3]
    r = run(*TRAIN, '--epochs', '3', '--progress', 'json', '--json', '--out', 'p.safetensors')
    assert len(json.loads(r.stdout)['epochs']) == 3
    assert [json.loads(line)['epoch'] for line in r.stderr.splitlines()] == [1, 2, 3]


def test_without_a_terminal_there_is_no_bar_and_the_table_has_a_row_for_each_epoch():
    r = run('train', '--recipe', 'nielsen-30', '--data', 'data', '--epochs', '3',
            '--hold-back', '50', '--out', 'h.safetensors')
    assert r.returncode == 0 and r.stderr == '', r.stderr
    rows = [line.split()[0] for line in r.stdout.splitlines()]
    assert rows[:4] == ['epoch', '1', '2', '3'] and 'h.safetensors' in r.stdout


def interrupt(*args, when):
    """Starts a training, sends a signal once `when` lines came, and returns the exit status."""
    env = dict(os.environ, XDG_DATA_HOME=str(FOLDER / 'home'))
    p = subprocess.Popen([PROGRAM, *TRAIN, '--progress', 'json', *args], cwd=FOLDER, env=env,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(when[0]):
        p.stdout.readline()
    p.send_signal(when[1])
    p.stdout.read()
    p.stderr.read()
    return p.wait(LIMIT)


# Enough epochs that a signal arrives before the end, few enough for a slow sanitizer.
LONG = ('--epochs', '300', '--hold-back', '100', '--seed', '7')


def test_ctrl_c_saves_what_there_is_and_resume_ends_at_the_same_bits():
    run_json(*TRAIN, *LONG, '--out', 'whole.safetensors')
    assert interrupt(*LONG, '--out', 'cut.safetensors', when=(2, signal.SIGINT)) == 0
    assert (FOLDER / 'cut.safetensors').exists() and (FOLDER / 'cut.checkpoint').exists()
    assert run('info', 'cut.safetensors').returncode == 0
    r = run_json('train', '--resume', 'cut.safetensors', '--data', 'data', '--quiet')
    assert len(r['epochs']) == 300
    assert weights_of(FOLDER / 'cut.safetensors') == weights_of(FOLDER / 'whole.safetensors')
    assert not (FOLDER / 'cut.checkpoint').exists()


def test_what_is_printed_to_go_on_with_goes_on_whatever_images_and_file_were_named():
    write_strokes(FOLDER / 'pen.unp')
    args = (*LONG, '--transpose', '--strokes', 'pen.unp', '--writers', '1-2', '--stroke-share',
            '0.5', '--out', "mary's digits")
    p = subprocess.Popen([PROGRAM, *(a for a in TRAIN if a != '--quiet'), *args], cwd=FOLDER,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(3):
        p.stdout.readline()
    p.send_signal(signal.SIGINT)
    said = p.communicate(timeout=LIMIT)[0]
    command = said.split('go on with: inkling ')[1].strip()
    r = subprocess.run(['sh', '-c', f'"$0" {command} --quiet --json', PROGRAM], cwd=FOLDER,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert r.returncode == 0, (command, r.stderr)
    assert len(json.loads(r.stdout)['epochs']) == 300
    assert json.loads(r.stdout)['model'] == "mary's digits"


def test_a_second_training_to_the_same_file_is_refused_while_the_first_runs():
    p = subprocess.Popen([PROGRAM, *TRAIN, *LONG, '--epochs', '1000', '--net', '784-300-10',
                          '--progress', 'json', '--out', 'two.safetensors'], cwd=FOLDER,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    p.stdout.readline()
    refuse(1, *TRAIN, '--epochs', '1', '--out', 'two.safetensors',
           says=['two.safetensors', '--out'])
    refuse(1, 'train', '--resume', 'two.checkpoint', '--data', 'data', says=['two.safetensors'])
    p.send_signal(signal.SIGINT)
    p.communicate(timeout=LIMIT)
    assert p.returncode == 0
    assert (FOLDER / 'two.checkpoint').exists() and not list(FOLDER.glob('two*.lock'))
    (FOLDER / 'two.checkpoint.lock').write_bytes(b'')  # of one that was killed
    assert run(*TRAIN, '--epochs', '1', '--out', 'two.safetensors').returncode == 0
    assert not list(FOLDER.glob('two*.lock'))


def test_quiet_says_nothing_of_a_run_that_guesses():
    guess = ('train', '--recipe', 'nielsen-30', '--data', 'data', '--epochs', '1', '--rate', '1e-6',
             '--images', '100', '--out', 'g.safetensors')
    assert 'still guesses' in run(*guess).stderr
    r = run(*guess, '--quiet')
    assert r.returncode == 0 and r.stderr == '', r.stderr


def test_a_killed_training_loses_at_most_an_epoch():
    run_json(*TRAIN, *LONG, '--out', 'whole.safetensors')
    killed = interrupt(*LONG, '--out', 'dead.safetensors', when=(3, signal.SIGKILL))
    assert killed == -signal.SIGKILL
    r = run('train', '--resume', 'dead.checkpoint', '--data', 'data', '--quiet', '--json',
            '--out', 'alive.safetensors')
    assert r.returncode == 0, r.stderr
    assert len(json.loads(r.stdout)['epochs']) == 300
    assert weights_of(FOLDER / 'alive.safetensors') == weights_of(FOLDER / 'whole.safetensors')


def test_a_checkpoint_wants_the_same_images_and_must_be_sound():
    assert interrupt(*LONG, '--out', 'c.safetensors', when=(1, signal.SIGINT)) == 0
    write_split(FOLDER / 'others', 'train', 500, 99)
    refuse(1, 'train', '--resume', 'c.checkpoint', '--data', 'others', '--quiet', says=['images'])
    data = (FOLDER / 'c.checkpoint').read_bytes()
    for length in (0, 7, 100, len(data) // 2, len(data) - 1):
        (FOLDER / 'd.checkpoint').write_bytes(data[:length])
        refuse(1, 'train', '--resume', 'd.checkpoint', '--data', 'data', says=['d.checkpoint'])


def test_predict_reads_either_polarity_and_sees_when_there_is_no_ink():
    def bar(r, c):
        return 255 if 20 <= r < 80 and 45 <= c < 55 else 0
    write_png(FOLDER / 'dark.png', 100, bar)
    write_png(FOLDER / 'light.png', 100, lambda r, c: 255 - bar(r, c))
    write_png(FOLDER / 'blank.png', 100, lambda r, c: 255)
    p = run_json('predict', '--model', 'm.safetensors', 'dark.png', 'light.png',
                 'blank.png')['predictions']
    assert [x['file'] for x in p] == ['dark.png', 'light.png', 'blank.png']
    assert p[0]['digit'] == p[1]['digit'] and abs(p[0]['confidence'] - p[1]['confidence']) < 1e-6
    assert abs(sum(p[0]['probabilities']) - 1) < 1e-5 and isinstance(p[0]['sure'], bool)
    assert p[0]['confidence'] == max(p[0]['probabilities']) == p[0]['probabilities'][p[0]['digit']]
    assert p[2]['digit'] is None and p[2]['sure'] is False and p[2]['verdict'] == 'no digit'
    assert p[0]['sure'] == (p[0]['verdict'] == 'sure')
    assert p[0]['or'] is None or p[0]['verdict'] in ('doubtful', 'guess')
    told = run('predict', '--model', 'm.safetensors', 'dark.png').stdout
    assert '100.0' not in told and ('a guess' in told) == (p[0]['verdict'] == 'guess')
    run('train', '--net', '784-10', '--recipe', 'nielsen-30', '--data', 'data', '--epochs', '1',
        '--rate', '0.0001', '--out', 'poor.safetensors', '--quiet')
    poor = run_json('predict', '--model', 'poor.safetensors', 'dark.png')['predictions'][0]
    assert not poor['sure'] and poor['verdict'] == 'guess' # it reads as well as chance does
    for path in ('dark.png', 'light.png'):
        told = run('predict', '--model', 'poor.safetensors', path).stdout
        assert 'a guess' in told and 'no digit' not in told, told
    e = run_json('eval', '--model', 'poor.safetensors', '--data', 'data', '--outliers', '20')
    assert e['guesses'] and e['no_digit'] == e['outliers']['no_digit'] == 0
    r = run('predict', '--model', 'm.safetensors', '--json', 'dark.png', 'missing.png')
    assert r.returncode == 1 and len(json.loads(r.stdout)['predictions']) == 1


def test_calibrate_fits_when_a_model_is_sure():
    before = run_json('eval', '--model', 'a.safetensors', '--data', 'data', '--outliers', '200')
    assert before['sure'] + before['doubtful'] + before['no_digit'] == before['count']
    assert sum(before['outliers'][k] for k in ('sure', 'doubtful', 'no_digit')) == 200
    r = run_json('calibrate', 'a.safetensors', '--data', 'data', '--out', 'c.safetensors')
    again = run_json('calibrate', 'c.safetensors', '--data', 'data', '--out', 'd.safetensors')
    assert {k: v for k, v in r.items() if k != 'model'} == {k: v for k, v in again.items()
                                                            if k != 'model'}
    assert 0.1 < r['temperature'] < 10 and 1 <= r['spread'] <= 10 and 0 <= r['rest'] <= 1
    after = run_json('eval', '--model', 'c.safetensors', '--data', 'data', '--split', 'train')
    assert after['sure_accuracy'] >= after['accuracy'] and after['outliers'] is None
    doubted = 1 - after['sure'] / after['count']
    assert doubted <= max(.013, 1 - after['accuracy']) + .005 or r['sure'] == .6
    same = run_json('calibrate', 'm.safetensors', '--like', 'c.safetensors', '--out',
                    'd.safetensors')
    assert {k: v for k, v in r.items() if k != 'model'} == {k: v for k, v in same.items()
                                                            if k != 'model'}
    refuse(2, 'calibrate', 'a.safetensors', '--like', 'c.safetensors', '--data', 'data',
           says=['--like'])
    refuse(1, 'calibrate', 'missing.safetensors', says=['missing.safetensors'])
    refuse(2, 'calibrate', 'a.safetensors', '--writers', '1', says=['--strokes'])


def test_eval_disturbs_pictures_and_lists_the_misread():
    plain = run_json('eval', '--model', 'a.safetensors', '--data', 'data')
    e = run_json('eval', '--model', 'a.safetensors', '--data', 'data', '--robust', '--misread',
                 'misread.png')
    assert {k: e[k] for k in plain if k != 'seconds'} == \
        {k: v for k, v in plain.items() if k != 'seconds'}
    assert len(e['robust']) == 12 and e['robust'][0]['disturbance'] == 'moved'
    assert all(len(row['accuracy']) == 3 == len(row['amounts']) for row in e['robust'])
    assert all(abs(a - c / e['count']) < 1e-9 for row in e['robust']
               for a, c in zip(row['accuracy'], row['correct']))
    assert len({tuple(row['accuracy']) for row in e['robust']}) > 3
    again = run_json('eval', '--model', 'a.safetensors', '--data', 'data', '--robust',
                     '--threads', '1')
    assert again['robust'] == e['robust'] and 'misread' not in again
    listed = e['misread']
    assert len(listed) == e['count'] - e['correct'] == len({m['image'] for m in listed})
    assert [m['confidence'] for m in listed] == sorted((m['confidence'] for m in listed),
                                                       reverse=True)
    for truth in range(10):
        for answer in range(10):
            if truth != answer:
                told = sum(m['label'] == truth and m['answer'] == answer for m in listed)
                assert told == e['confusion'][truth][answer]
    head = (FOLDER / 'misread.png').read_bytes()[:24]
    assert head[:8] == b'\x89PNG\r\n\x1a\n'
    width, height = struct.unpack('>II', head[16:])
    assert width % 60 == 0 == height % 60 and width * height >= 3600 * len(listed)
    table = run('eval', '--model', 'a.safetensors', '--data', 'data', '--robust').stdout
    assert 'read as\ndigit ' in table and all(f'\n    {digit} ' in table for digit in range(10))
    assert 'line through' in table and 'elastic' in table
    refuse(1, 'eval', '--model', 'a.safetensors', '--data', 'data', '--misread',
           'missing/misread.png', says=['missing'])


def test_eval_reads_pen_strokes():
    write_strokes(FOLDER / 's.unp')
    e = run_json('eval', '--model', 'm.safetensors', '--strokes', 's.unp')
    assert e['count'] == 20 and [sum(row) for row in e['confusion']] == [2] * 10


def test_strokes_are_parted_by_writer():
    write_strokes(FOLDER / 's.unp')
    strokes = ('--strokes', 's.unp', '--writers', '1-3')
    e = run_json('eval', '--model', 'm.safetensors', *strokes)
    assert e['count'] == 15
    r = run_json(*TRAIN, '--epochs', '1', '--stroke-share', '0.5', *strokes, '--out',
                 'w.safetensors')
    assert r['images'] == 750 and r['held_back'] == 5
    r = run_json(*TRAIN, '--epochs', '1', '--stroke-share', '0.5', *strokes[:2], '--out',
                 'w.safetensors')
    assert r['images'] == 750 and r['held_back'] == 0
    record = run_json('info', 'w.safetensors')['record']
    assert record['data'] == 'data and 20 pen strokes'
    assert record['command'].endswith('--strokes s.unp')
    refuse(1, *TRAIN, *strokes, says=['--stroke-share'])
    refuse(2, *TRAIN, '--writers', '1', says=['--strokes'])
    refuse(2, 'eval', '--writers', '1', says=['--strokes'])
    refuse(1, 'eval', '--strokes', 's.unp', '--writers', '7-9', says=['7-9', 'from 1 to 4'])
    refuse(1, 'eval', '--strokes', 's.unp', '--writers', 'x', says=['"x"', '1-24'])
    r = run('train', '--recipe', 'best', '--data', 'data', '--epochs', '1', '--net',
            'dense 10 softmax', '--out', 'w.safetensors')
    assert r.returncode == 0 and '--strokes' in r.stderr, r.stderr


def test_a_model_learns_one_hand():
    write_strokes(FOLDER / 's.unp')
    tune = ('train', '--tune', 'm.safetensors', '--data', 'data', '--out', 't.safetensors')
    t = run_json(*tune, '--strokes', 's.unp', '--quiet')
    assert t['digits'] == 20 and t['checked'] == 'crosswise' and t['own']['count'] == 20
    assert t['test']['count'] == 200
    assert weights_of(FOLDER / 't.safetensors') != weights_of(FOLDER / 'm.safetensors')
    record = run_json('info', 't.safetensors')['record']
    assert record['name'] == 't' and record['own_digits'] == '20'
    t = run_json(*tune, '--strokes', 's.unp', '--writers', '1-2', '--quiet')
    assert t['checked'] == 'learnt'
    refuse(1, *tune, says=['--strokes'])
    refuse(1, *tune, '--strokes', 'missing.unp', says=['missing.unp'])
    refuse(2, *tune, '--recipe', 'swift', says=['--recipe'])
    refuse(2, *tune, '--epochs', '3', says=['--epochs'])
    refuse(2, *tune, '--writers', '1', says=['--strokes'])


def test_a_saved_model_has_its_norms_folded_and_may_be_in_halves():
    sizes = {}
    for kind in ('single', 'half'):
        run_json(*TRAIN, '--net',
                 'conv 4 5x5 stride 3 norm relu, dense 32 norm relu, dense 10 sigmoid', '--epochs',
                 '1', '--start', 'auto', '--rate', '0.1', '--weights', kind, '--out',
                 'n.safetensors')
        i = run_json('info', 'n.safetensors')
        assert i['words'] == 'conv 4 5x5 stride 3 relu, dense 32 relu, dense 10 sigmoid', i['words']
        assert ' norm ' in i['record']['command'] and kind in i['record']['settings']
        sizes[kind] = (FOLDER / 'n.safetensors').stat().st_size
    assert sizes['half'] < 0.6 * sizes['single'], sizes
    refuse(2, *TRAIN, '--weights', 'quarter', says=['"quarter"'])


def test_info_tells_the_network_and_how_it_was_trained():
    i = run_json('info', 'm.safetensors')
    assert i['words'].startswith('784-30-10') or 'dense 30 sigmoid' in i['words']
    assert i['params'] == 784 * 30 + 30 + 30 * 10 + 10
    assert i['record']['recipe'] == 'nielsen-30' and i['record']['seed'] == '1'
    assert i['record']['name'] == 'm'  # as its file
    assert i['record']['command'] == 'inkling train --recipe nielsen-30 --epochs 3'
    assert '23860' in run('info', 'm.safetensors').stdout


def test_names_that_are_no_utf8_are_answered_and_mended_in_json():
    name = os.fsdecode(b'd\xff')
    shutil.copy(FOLDER / 'm.safetensors', FOLDER / f'{name}.safetensors')
    write_png(FOLDER / f'{name}.png', 100, lambda r, c: 255 * (45 <= c < 55))
    assert run_json('predict', f'{name}.png')['predictions'][0]['file'] == 'd?.png'
    assert run_json('info', f'{name}.safetensors')['file'] == 'd?.safetensors'
    r = run_json(*TRAIN, '--epochs', '1', '--out', f'{name}2.safetensors')
    assert r['model'] == 'd?2.safetensors' and (FOLDER / f'{name}2.safetensors').exists()


def test_a_place_that_cannot_be_written_is_refused_before_training():
    (FOLDER / 'folder.safetensors').mkdir()
    os.mkfifo(FOLDER / 'pipe')
    for out in ('folder.safetensors', 'pipe', '', 'x' * 300):
        refuse(1, *TRAIN, '--epochs', '1000', '--out', out, says=[out])
    assert (FOLDER / 'pipe').is_fifo()


def test_a_limit_on_the_size_of_files_is_said_and_leaves_nothing():
    limit = f'ulimit -f 4; exec "{PROGRAM}" "$@"'
    r = subprocess.run(['sh', '-c', limit, 'sh', *TRAIN, '--epochs', '1', '--out', 'l.safetensors'],
                       cwd=FOLDER, timeout=LIMIT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       text=True)
    assert r.returncode == 1 and 'l.safetensors cannot be written' in r.stderr, r
    assert not list(FOLDER.glob('l.*'))


def test_every_kernel_table_trains():
    help_text = run('--help').stdout
    names = help_text.split('use these kernels: ')[1].split(';')[0].split()
    assert 'c' in names
    for name in names:
        r = run_json('--kern', name, *TRAIN, '--epochs', '2', '--out', 'k.safetensors')
        assert r['test_accuracy'] > 0.3, (name, r['test_accuracy'])


def test_bench_measures_each_part_in_every_run():
    trained = '784-30-10,784-100-10,784-128-10,lenet5,small-cnn,swift,keen'
    b = run_json('bench', '--data', 'data', '--runs', '3', '--images', '200', '--only',
                 trained + ',loading')
    assert not b['synthetic'] and not b['stopped'] and b['runs'] == 3
    rows = {(t['name'], t['threads']): t for t in b['training']}
    assert {('784-30-10', 1), ('784-100-10', 1), ('784-128-10', 2), ('lenet5', 1), ('lenet5', 2),
            ('small-cnn', 1), ('small-cnn', 2), ('swift', 2), ('keen', 2)} <= set(rows)
    for row in rows.values():
        seconds = row['seconds_of_runs']
        assert row['images'] == 200 and len(seconds) == 3 and min(seconds) > 0, row
        assert row['seconds'] == sorted(seconds)[1], row
        assert len(row['test_accuracy_of_runs']) == 3
        assert abs(row['test_accuracy'] * 3 - sum(row['test_accuracy_of_runs'])) < 1e-6
    for name in ('lenet5', 'small-cnn'):
        one, two = rows[name, 1], rows[name, 2]
        assert one['test_accuracy_of_runs'] == two['test_accuracy_of_runs'], 'threads matter'
        ratios = sorted(a / b for a, b in zip(one['seconds_of_runs'], two['seconds_of_runs']))
        assert abs(b['two_threads_against_one'][name] - ratios[1]) < 1e-6 * ratios[1]
    assert len(set(rows['784-30-10', 1]['test_accuracy_of_runs'])) > 1, 'each run has its own seed'
    assert len(b['loading']['seconds_of_runs']) == 3


def test_bench_reads_and_has_a_busy_neighbour():
    b = run_json('bench', '--data', 'data', '--runs', '1', '--images', '200', '--only',
                 'busy,reading')
    assert b['busy_neighbour']['ratio'] > 0
    assert [r['name'] for r in b['reading']] == ['784-100-10', 'lenet5', 'small-cnn', 'default']
    assert all(r['microseconds'] > 0 and r['images_per_second'] > 0 for r in b['reading'])


def test_bench_without_data_draws_digits_and_says_so():
    r = run('bench', '--only', '784-30-10,loading', '--images', '300', '--runs', '1')
    assert r.returncode == 0 and 'own drawings' in r.stderr, r.stderr
    assert '784-30-10' in r.stdout and 'lenet5' not in r.stdout, r.stdout
    b = run_json('bench', '--only', 'loading', '--images', '300')
    assert b['synthetic'] and b['loading'] is None and b['training'] == []


def test_ctrl_c_ends_bench_with_what_was_measured():
    env = {k: v for k, v in os.environ.items() if k != 'INKLING_DATA'}
    p = subprocess.Popen([PROGRAM, 'bench', '--images', '5000', '--runs', '100', '--only',
                          'lenet5,swift', '--json'], cwd=FOLDER, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True,
                         env=dict(env, XDG_DATA_HOME=str(FOLDER / 'home')))
    p.stderr.readline()  # the note about the data, before the first run
    p.send_signal(signal.SIGINT)
    out, trouble = p.communicate(timeout=LIMIT)
    b = json.loads(out)
    assert p.returncode == 0 and trouble == '' and b['stopped'], trouble
    assert 'swift' not in {t['name'] for t in b['training']}


def test_the_usual_place_is_found_and_a_folder_with_one_split_is_enough():
    write_split(FOLDER / 'home' / 'inkling' / 'mnist', 't10k', 30, 5)
    assert run_json('eval', '--model', 'm.safetensors')['count'] == 30
    write_split(FOLDER / 'alone', 'train', 100, 6)
    r = run_json(*[a if a != 'data' else 'alone' for a in TRAIN], '--epochs', '1', '--out',
                 'alone.safetensors')
    assert r['test_accuracy'] is None and r['epochs'][0]['test_accuracy'] is None


def main(names):
    """Passes the functions that are called test_..., in a folder of their own."""
    write_split(FOLDER / 'data', 'train', 500, 1)
    write_split(FOLDER / 'data', 't10k', 200, 2)
    run_json(*TRAIN, '--epochs', '3', '--out', 'm.safetensors')
    status = tap.run(tap.tests_of(names))
    TEMPORARY.cleanup()
    return status


TEMPORARY = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(TEMPORARY.name)
if __name__ == '__main__':
    sys.exit(main(globals()))
