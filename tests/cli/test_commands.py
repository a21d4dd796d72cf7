# SPDX-License-Identifier: MIT
"""How commands get on with what is around them: streams that are closed or full, readers that
leave, signals, terminals, odd names. test_commands.py PROGRAM. Speaks TAP."""
import json
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import tap
import test_cli as world
from test_cli import FOLDER, LIMIT, PROGRAM, TRAIN, fill_disk, refuse, run, run_json, write_png

SOON = 60  # seconds in which a signal must have its way, under a sanitizer


def start(*args, shell=None, **how):
    """A command in the background, or `shell`, a script in which it is "$@"."""
    env = {k: v for k, v in os.environ.items() if k != 'INKLING_DATA'}
    for name in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'):
        env[name] = str(FOLDER / 'home')
    whole = [PROGRAM, *map(str, args)]
    if shell:
        whole = ['sh', '-c', shell, 'sh', *whole]
    return subprocess.Popen(whole, cwd=FOLDER, env=env, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, **how)


def read_streams(process):
    """Where its input and output lead, None where they are closed."""
    def read_link(k):
        try:
            return os.readlink(f'/proc/{process.pid}/fd/{k}')
        except FileNotFoundError:
            return None
    return [read_link(0), read_link(1)]


def bar(row, col):
    return 255 if 20 <= row < 80 and 45 <= col < 55 else 0


# ---- streams ------------------------------------------------------------------------------------

def test_a_closed_stream_is_no_file_that_is_written_into():
    for k, closing in enumerate(('>&-', '2>&-', '<&-', '<&- >&- 2>&-') * 2):
        out = f'closed{k}.safetensors'
        p = start(*TRAIN, '--epochs', '3', '--out', out, shell=f'"$@" {closing}')
        p.communicate(timeout=LIMIT)
        assert p.returncode == int('>' in closing.replace('2>', '')), (closing, p.returncode)
        assert run('info', out).returncode == 0, closing
    if os.path.exists('/proc/self/fd'):
        p = start(*LONG, '--out', 'closed.safetensors', shell='exec "$@" <&- >&-')
        nowhere = ['/dev/null'] * 2
        streams = tap.wait_until(lambda: read_streams(p), lambda found: found == nowhere, SOON)
        assert streams == nowhere, streams
        p.send_signal(signal.SIGTERM)
        p.communicate(timeout=SOON)


def test_an_answer_to_a_closed_stdout_is_status_1_with_a_sentence():
    write_png(FOLDER / 'dark.png', 100, bar)
    for args in (['--help'], ['--version'], ['predict', '--help'], ['info', 'm.safetensors'],
                 ['predict', 'dark.png', '--json'], ['predict', 'dark.png'],
                 ['eval', '--model', 'm.safetensors', '--data', 'data'],
                 [*TRAIN, '--epochs', '2', '--out', 'closed.safetensors']):
        for closing in ('>&-', '>&- <&-'):
            p = start(*args, shell=f'"$@" {closing}')
            said = p.communicate(timeout=LIMIT)[1]
            assert p.returncode == 1 and said.count('standard output is closed') == 1, (args, said)
    assert run('info', 'closed.safetensors').returncode == 0, 'what was trained is saved'
    p = start('--version', shell='"$@" >&- 2>&-')
    p.communicate(timeout=LIMIT)
    assert p.returncode == 1


def test_a_full_disk_behind_stdout_is_status_1_with_a_sentence_for_every_command():
    write_png(FOLDER / 'dark.png', 100, bar)
    for args in (['--help'], ['--version'], ['train', '--help'], ['predict', '--help'],
                 ['info', 'm.safetensors'], ['info', 'm.safetensors', '--json'],
                 ['predict', 'dark.png'], ['predict', 'dark.png', '--json'],
                 ['eval', '--model', 'm.safetensors', '--data', 'data'],
                 ['bench', '--only', 'loading', '--data', 'data', '--quiet'],
                 ['calibrate', 'm.safetensors', '--data', 'data', '--out', 'full.safetensors'],
                 [*TRAIN, '--epochs', '2', '--out', 'full2.safetensors'],
                 [*TRAIN, '--epochs', '2', '--out', 'full3.safetensors', '--progress', 'json']):
        r = fill_disk(*args)
        assert r.returncode == 1 and r.stderr.count('cannot be written') == 1, (args, r)
    for name in ('full', 'full2', 'full3'):
        assert run('info', f'{name}.safetensors').returncode == 0, name


# ---- signals ------------------------------------------------------------------------------------

LONG = (*TRAIN, '--epochs', '1000', '--net', '784-300-10', '--progress', 'json')


def stop_training(out, *numbers, pause=0.05, **how):
    """Sends signals to a training once two epochs are over; its exit status."""
    p = start(*LONG, '--out', out, **how)
    for _ in range(2):
        p.stdout.readline()
    for number in numbers:
        p.send_signal(number)
        time.sleep(pause)
    p.communicate(timeout=SOON)
    return p.returncode


def test_each_signal_that_asks_for_the_end_is_a_stop_that_saves():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        out = f'stop{number}.safetensors'
        assert stop_training(out, number) == 0, number
        assert run('info', out).returncode == 0, number


def test_a_second_signal_is_as_harmless_as_the_first():
    for k, pause in enumerate((0, .02, .05, .1)):
        out = f'second{k}.safetensors'
        assert stop_training(out, signal.SIGINT, signal.SIGINT, pause=pause) == 0, pause
        assert run('info', out).returncode == 0, pause


def test_the_third_signal_ends_the_program():
    p = start(*LONG, '--out', 'third.safetensors')
    p.stdout.readline()
    p.send_signal(signal.SIGSTOP)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        p.send_signal(number)
    p.send_signal(signal.SIGCONT)
    p.communicate(timeout=SOON)
    assert p.returncode in (-signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP), p.returncode


def test_what_a_parent_ignores_stays_ignored():
    out = 'ignored.safetensors'
    p = start(*LONG, '--out', out, shell='trap "" INT HUP; exec "$@"')
    for _ in range(2):
        p.stdout.readline()
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGINT, signal.SIGINT):
        p.send_signal(number)
    assert all(p.stdout.readline() for _ in range(3)), 'it ended'
    p.send_signal(signal.SIGTERM)
    p.communicate(timeout=SOON)
    assert p.returncode == 0 and run('info', out).returncode == 0


def test_a_reader_that_leaves_is_a_stop_that_saves():
    for k, more in enumerate(([], ['--progress', 'json'])):
        out = f'head{k}.safetensors'
        p = start(*(a for a in LONG[:-2] if a != '--quiet'), '--out', out, *more,
                  restore_signals=True)
        p.stdout.readline()
        p.stdout.close()
        said = p.stderr.read()
        assert p.wait(SOON) == 0, (p.returncode, said)
        assert f'Saved {out}' in said, said
        assert run('info', out).returncode == 0


# ---- terminals ----------------------------------------------------------------------------------

EVIL = '\x1b[2J\x07\x9b31m\u202e\ninkling: all is well\r'
COMMANDS = set('\x1b\x07\x9b\u202e\r')


def write_model(path, arrays=None, checksum=True, change=None):
    """m.safetensors again, with its metadata changed by `change`. `arrays`, by name (dtype, shape,
    bytes), take the place of its own."""
    metadata, own = read_model(FOLDER / 'm.safetensors')
    arrays = own if arrays is None else arrays
    if change:
        change(metadata)
    if checksum:
        metadata['crc32'] = make_checksum(metadata, arrays)
    header, data = {'__metadata__': metadata}, b''
    for name, (dtype, shape, bytes_) in arrays.items():
        header[name] = {'dtype': dtype, 'shape': shape,
                        'data_offsets': [len(data), len(data) + len(bytes_)]}
        data += bytes_
    text = json.dumps(header).encode()
    (FOLDER / path).write_bytes(struct.pack('<Q', len(text)) + text + data)


def read_model(path):
    data = pathlib.Path(path).read_bytes()
    size = struct.unpack('<Q', data[:8])[0]
    header = json.loads(data[8:8 + size])
    metadata = header.pop('__metadata__')
    return metadata, {name: (a['dtype'], a['shape'],
                             data[8 + size + a['data_offsets'][0]:8 + size + a['data_offsets'][1]])
                      for name, a in header.items()}


def make_checksum(metadata, arrays):
    """As model/safetensors.h says."""
    text = b''.join(k.encode() + b'\0' + v.encode() + b'\0'
                    for k, v in sorted(metadata.items()) if k != 'crc32')
    for name, (dtype, shape, data) in sorted(arrays.items()):
        sizes = ','.join(map(str, shape))
        text += b'\0'.join([name.encode(), dtype.encode(), sizes.encode(), data])
    return f'{zlib.crc32(text):08x}'


def test_nothing_from_a_file_commands_the_terminal():
    def turn_evil(metadata):
        metadata.update(name='n' + EVIL, data='d' + EVIL, settings='a\n' + EVIL)
        metadata['k' + EVIL[:8]] = EVIL
    write_model('evil.safetensors', change=turn_evil)
    name = os.fsdecode(b'e\xff') + EVIL.replace('\n', '') + '.png'
    write_png(FOLDER / name, 100, bar)
    folder = 'f' + EVIL.replace('\n', '')
    world.write_split(FOLDER / folder, 't10k', 20, 3)
    model = ('--model', 'evil.safetensors')
    for args in (['info', 'evil.safetensors'], ['eval', *model, '--data', folder],
                 ['predict', *model, name], ['predict', *model, 'x' + EVIL],
                 ['calibrate', 'm.safetensors', '--data', 'data', '--out', name]):
        r = run(*args)
        assert not set(r.stdout + r.stderr) & COMMANDS, (args, r.stdout + r.stderr)
        if args[0] != 'info':
            assert len((r.stdout + r.stderr).split('\ninkling: all')) == 1, (args, r.stdout)
        if args[-1] != 'x' + EVIL:
            assert r.returncode == 0, (args, r.stderr)
            r = run(*args, '--json')
            assert r.stdout.isascii() and not set(r.stdout) & COMMANDS, (args, r.stdout)
            json.loads(r.stdout)
    assert run_json('info', 'evil.safetensors')['record']['name'] == 'n' + EVIL


def test_names_in_json_are_those_of_the_files():
    for k, name in enumerate(('a\tb', 'a\x1b[2J', 'a\u200fb', 'a\u202eb', 'a\u2028b', 'a\x9bb',
                             '\u20ac 7',
                              '\U0001f58b', 'a"\\b', 'a\nb')):
        write_png(FOLDER / f'{name}.png', 28, lambda r, c: bar(3 * r, 3 * c))
        r = run('predict', f'{name}.png', '--json')
        assert r.stdout.isascii() and not set(r.stdout) & COMMANDS, r.stdout
        file = json.loads(r.stdout)['predictions'][0]['file']
        assert (FOLDER / file).exists() and file == f'{name}.png', file
        shutil.copy(FOLDER / 'm.safetensors', FOLDER / f'{name}.safetensors')
        assert run_json('info', f'{name}.safetensors')['file'] == f'{name}.safetensors'
        r = run_json(*TRAIN, '--epochs', '1', '--out', f'{k}{name}.safetensors')
        assert (FOLDER / r['model']).exists(), r['model']


# ---- files that cannot be written ----------------------------------------------------------------

def test_calibrate_finds_out_before_the_work_that_it_cannot_save():
    (FOLDER / 'folder').mkdir()
    began = time.time()
    for out in ('folder', 'no/such.safetensors'):
        refuse(1, 'calibrate', 'm.safetensors', '--data', 'nowhere', '--out', out, says=[out])
    assert time.time() - began < SOON


def test_a_model_that_cannot_be_saved_at_the_end_names_the_checkpoint_that_has_it():
    out = FOLDER / "it's late.safetensors"
    for number, epochs in ((signal.SIGINT, '1000'), (None, '300')):
        p = start(*LONG, '--epochs', epochs, '--out', out.name)
        p.stdout.readline()
        out.mkdir()
        if number:
            p.send_signal(number)
        said = p.communicate(timeout=LIMIT)[1]
        assert p.returncode == 1 and len(said.splitlines()) == 1, (p.returncode, said)
        assert "it's late.checkpoint" in said and '--resume' in said, said
        out.rmdir()
    command = said.split('save it elsewhere with: inkling ')[1].strip()
    command = command.replace('FILE', 'saved.safetensors')
    r = subprocess.run(['sh', '-c', f'"$0" {command} --quiet', PROGRAM], cwd=FOLDER,
                       capture_output=True)
    assert r.returncode == 0 and run('info', 'saved.safetensors').returncode == 0


def test_numbers_that_are_none_get_a_sentence_and_status_2():
    for option, values in {'--rate': ('abc', '0.0005x', 'nan', 'inf', '-0.1', '0', '', '1e999',
                                      '0,5'),
                           '--epochs': ('abc', '1.5', '1e3', '0', '-3', ''),
                           '--seed': ('abc', '-1', '99999999999999999999'),
                           '--beta1': ('abc', '1', 'nan'), '--smoothing': ('0.9', 'x'),
                           '--hold-back': ('x', '-1'), '--threads': ('abc', '1.5', '0'),
                           '--batch': ('99999999999', '0')}.items():
        for value in values:
            refuse(2, *TRAIN, option, value, says=[f'"{value}"'])
    for option, value in (('--threads', 'abc'), ('--threads', '0'), ('--outliers', '-1'),
                          ('--outliers', '1e3'), ('--outlier-seed', 'x')):
        refuse(2, 'eval', option, value, says=[f'"{value}"'])
    refuse(2, 'calibrate', 'm.safetensors', '--images', '0', says=['"0"'])
    r = run_json(*TRAIN, '--rate', '0.0005', '--epochs', '1', '--out', 'rate.safetensors')
    assert run_json('info', 'rate.safetensors')['record']['rate'] == '0.0005'


# ---- models that another program saved -----------------------------------------------------------

def convert(arrays, dtype):
    """The same numbers in another kind of float, as near as it has them."""
    def turn(data):
        floats = struct.unpack(f'<{len(data) // 4}f', data)
        if dtype == 'BF16':
            return b''.join(struct.pack('<f', f)[2:] for f in floats)
        return struct.pack(f'<{len(floats)}{dict(F16="e", F64="d")[dtype]}', *floats)
    return {name: (dtype, shape, turn(data)) for name, (_, shape, data) in arrays.items()}


def read_bar(path, *args):
    write_png(FOLDER / 'dark.png', 100, bar)
    answer = run_json('predict', '--model', path, *args, 'dark.png')
    return answer['predictions'][0]['probabilities']


def test_every_kind_of_float_is_read():
    own, arrays = read_bar('m.safetensors'), read_model(FOLDER / 'm.safetensors')[1]
    for dtype, near in (('F16', 1e-2), ('BF16', 1e-1), ('F64', 1e-6)):
        write_model('kind.safetensors', arrays=convert(arrays, dtype))
        found = read_bar('kind.safetensors')
        assert max(abs(a - b) for a, b in zip(own, found)) < near, (dtype, own, found)
    mixed = {**arrays, '1.weight': convert(arrays, 'F64')['1.weight']}
    write_model('kind.safetensors', arrays=mixed)
    assert read_bar('kind.safetensors') == own
    ints = {**arrays, '1.bias': ('I32', arrays['1.bias'][1], arrays['1.bias'][2])}
    write_model('kind.safetensors', arrays=ints)
    refuse(1, 'info', '--trust', 'kind.safetensors',
           says=['"1.bias"', 'I32', 'F16, BF16, F32 and F64'])


def test_arrays_that_the_network_does_not_need_are_passed_over():
    own, arrays = read_bar('m.safetensors'), read_model(FOLDER / 'm.safetensors')[1]
    for more in ({'empty': ('F32', [0], b'')}, {'step': ('I64', [], bytes(8))},
                 {'9.weight': ('F32', [2, 2], bytes(16)), 'a.empty': ('U8', [3, 0], b'')}):
        write_model('more.safetensors', arrays={**arrays, **more})
        assert read_bar('more.safetensors') == own, more


def test_a_changed_model_says_so_and_opens_when_it_is_trusted():
    own, arrays = read_bar('m.safetensors'), read_model(FOLDER / 'm.safetensors')[1]

    def add(metadata):
        metadata['note'] = 'mine'
    for change in (dict(arrays=convert(arrays, 'F64')), dict(change=add),
                   dict(change=lambda m: m.update(note='x', thumbnail='y' * 20000)),
                   dict(arrays={**arrays, 'empty': ('F32', [0], b'')}),
                   dict(change=lambda m: m.update(crc32='00000000')),
                   dict(change=lambda m: m.pop('crc32')), dict(change=lambda m: m.pop('input')),
                   dict(change=lambda m: m.update(format='pt')),
                   dict(change=lambda m: (m.pop('format'), m.pop('format_version')))):
        write_model('changed.safetensors', checksum=False, **change)
        for command in (['info', 'changed.safetensors'],
                        ['predict', 'dark.png', '--model', 'changed.safetensors'],
                        ['eval', '--data', 'data', '--model', 'changed.safetensors']):
            refuse(1, *command, says=['another program', 'with --trust.'])
            r = run(*command, '--trust')
            assert r.returncode == 0, (command, r.stderr)
        assert read_bar('changed.safetensors', '--trust') == own
    fit = ('calibrate', 'changed.safetensors', '--like', 'm.safetensors', '--out',
           'fitted.safetensors')
    refuse(1, *fit, says=['with --trust.'])
    assert run(*fit, '--trust').returncode == 0
    assert run('info', 'fitted.safetensors').returncode == 0, 'saved anew it is sound'
    world.write_strokes(FOLDER / 's.unp')
    tune = ('train', '--tune', 'changed.safetensors', '--strokes', 's.unp', '--data', 'data',
            '--out', 'hand.safetensors', '--quiet')
    refuse(1, *tune, says=['with --trust.'])
    assert run(*tune, '--trust').returncode == 0
    refuse(2, *TRAIN, '--trust', says=['--tune'])


def test_what_is_missing_in_the_metadata_is_named():
    for missing in (['words'], ['words', 'format'], ['format', 'format_version', 'crc32', 'words',
                                                     'input']):
        write_model('lacks.safetensors', checksum=False,
                    change=lambda m: [m.pop(key) for key in missing])
        for trust in ([], ['--trust']):
            refuse(1, 'info', 'lacks.safetensors', *trust,
                   says=['does not say which network', *(f'"{key}"' for key in missing)])
    write_model('lacks.safetensors', checksum=False, change=lambda m: m.pop('input'))
    refuse(1, 'info', 'lacks.safetensors', says=['lacks "input"', 'with --trust.'])


def test_a_damaged_file_is_never_trusted():
    whole = (FOLDER / 'm.safetensors').read_bytes()
    for size in (0, 7, 100, len(whole) // 2, len(whole) - 1):
        (FOLDER / 'cut.safetensors').write_bytes(whole[:size])
        refuse(1, 'info', 'cut.safetensors', '--trust', says=['cut.safetensors'])
    arrays = read_model(FOLDER / 'm.safetensors')[1]
    write_model('nan.safetensors', checksum=False, arrays={
        **arrays, '2.bias': ('F32', arrays['2.bias'][1], b'\xff' * 40)})
    refuse(1, 'info', 'nan.safetensors', '--trust', says=['not finite'])


# ---- pictures, as many as there are --------------------------------------------------------------

def read_names(names, *args):
    """predict with these names on standard input."""
    env = {**os.environ, 'XDG_DATA_HOME': str(FOLDER / 'home')}
    return subprocess.run([PROGRAM, 'predict', *args], input=names, cwd=FOLDER, env=env,
                          timeout=LIMIT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_any_number_of_pictures_is_read_and_json_stays_one_object():
    write_png(FOLDER / 'a.png', 28, lambda r, c: bar(3 * r, 3 * c))
    r = run('predict', '--model', 'm.safetensors', *['a.png'] * 5000, '--json')
    assert r.returncode == 0, r.stderr
    assert len(json.loads(r.stdout)['predictions']) == 5000
    r = run('predict', '--model', 'm.safetensors', *['a.png'] * 5000)
    assert r.returncode == 0 and r.stdout.count('a.png: ') == 5000, r.stderr


def test_names_are_read_from_standard_input():
    write_png(FOLDER / 'a.png', 28, lambda r, c: bar(3 * r, 3 * c))
    shutil.copy(FOLDER / 'a.png', FOLDER / 'b c.png')
    for names in ('a.png\nb c.png\n', '\na.png\n\nb c.png'):
        r = read_names(names, '-', '--json')
        assert r.returncode == 0, r.stderr
        assert [p['file'] for p in json.loads(r.stdout)['predictions']] == ['a.png', 'b c.png']
    r = read_names('a.png\n' + 'x' * 9000 + '\nmissing.png\nb c.png\n', '-')
    assert r.returncode == 1 and len(r.stderr.splitlines()) == 2, r.stderr
    assert [line.split(':')[0] for line in r.stdout.splitlines()] == ['a.png', 'b c.png']
    r = read_names('b c.png\n', 'a.png', '-', 'a.png')
    assert [line.split(':')[0] for line in r.stdout.splitlines()] == ['a.png', 'b c.png', 'a.png']
    r = read_names('', '-', '--json')
    assert r.returncode == 0 and json.loads(r.stdout)['predictions'] == []
    assert '-' in run('predict', '--help').stdout.split('standard')[0]


def test_names_that_cannot_be_read_are_status_1_with_a_sentence():
    for shell in ('"$@" < /', '"$@" <&-'):
        p = start('predict', '-', shell=shell)
        out, said = p.communicate(timeout=LIMIT)
        assert p.returncode == 1 and len(said.splitlines()) == 1, (shell, said)
        assert 'standard input' in said, said
    write_png(FOLDER / 'a.png', 28, lambda r, c: bar(3 * r, 3 * c))
    for names, read in (('a.png\0\n', 0), ('a.png\0a.png\0', 0), ('\0\na.png\n', 1)):
        r = read_names(names, '-')
        assert r.returncode == 1 and 'zero byte' in r.stderr and 'too long' not in r.stderr, r
        assert len(r.stderr.splitlines()) == 1 and r.stdout.count('a.png') == read, r


# ---- pictures that are hard to read --------------------------------------------------------------

def write_jpeg(path, side):
    """A grey JPEG of one shade: each block of 8 x 8 is two bits, no difference and no detail."""
    def part(kind, data):
        return bytes([0xff, kind]) + struct.pack('>H', len(data) + 2) + data
    code = bytes([1] + [0] * 15) + b'\0'
    path.write_bytes(
        b'\xff\xd8' + part(0xdb, b'\0' + b'\1' * 64) +
        part(0xc0, struct.pack('>BHHBBBB', 8, side, side, 1, 1, 0x11, 0)) +
        part(0xc4, b'\0' + code) + part(0xc4, b'\x10' + code) + part(0xda, b'\1\1\0\0\x3f\0') +
        bytes(side * side // 256) + b'\xff\xd9')


def png_chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def write_raw_png(path, cols, rows, compressed, colours=0):
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + png_chunk(
        b'IHDR', struct.pack('>IIBBBBB', cols, rows, 8, colours, 0, 0, 0)) +
        png_chunk(b'IDAT', compressed) + png_chunk(b'IEND', b''))


def test_a_lack_of_memory_is_not_taken_for_a_damaged_picture():
    write_jpeg(FOLDER / 'large.jpg', 4000)
    write_raw_png(FOLDER / 'large.png', 4000, 4000, zlib.compress(bytes(4000 * 12001)), 2)
    short = 0
    for name in ('large.jpg', 'large.png'):
        assert run('predict', name).returncode == 0, name
        for limit in range(40000, 160000, 8000):
            if start('--version', shell=f'ulimit -v {limit} && exec "$@"').wait(LIMIT) != 0:
                continue
            p = start('predict', name, shell=f'ulimit -v {limit} && exec "$@"')
            said = p.communicate(timeout=LIMIT)[1]
            short += 'not enough memory' in said
            assert p.returncode in (0, 1) and 'damaged' not in said, (limit, said)
            assert p.returncode == 0 or len(said.splitlines()) == 1, (limit, said)
    assert short > 0 or start('--version', shell='ulimit -v 150000 && exec "$@"').wait(LIMIT) != 0


def test_a_damaged_picture_is_one_sentence_and_no_remarks_of_a_library():
    sound = zlib.compress(bytes(28 * 29))
    for data in (sound[:-9], sound[:-1] + b'x', b'\x78\x9c' + b'\xff' * 40, b'junk', b'',
                 zlib.compress(b'\x09' * (28 * 29)), zlib.compress(bytes(60))):
        write_raw_png(FOLDER / 'ill.png', 28, 28, data)
        r = run('predict', 'ill.png')
        assert 'libpng' not in r.stderr and len(r.stderr.splitlines()) == r.returncode, r.stderr


def test_a_picture_of_any_size_is_read():
    for cols, rows in ((65535, 1), (1, 65535), (40000, 28), (1, 1), (2, 16385)):
        write_raw_png(FOLDER / 'long.png', cols, rows, zlib.compress(bytes((cols + 1) * rows)))
        r = run('predict', 'long.png')
        assert r.returncode == 0 and r.stdout.startswith('long.png: '), (cols, rows, r.stderr)


# ---- what a number may be, and where a model goes -----------------------------------------------

def test_a_network_that_cannot_be_is_told_what_would_be():
    for words, says, not_says in (('maxpool 29, dense 10', 'make it smaller.', 'padding'),
                                  ('conv 2 29x29, dense 10', 'padding', '\0'),
                                  ('conv 2 3x3 stride 1000, dense 10', 'from 1 to 255', '\0'),
                                  ('maxpool 2 stride 0, dense 10', 'from 1 to 255', '\0'),
                                  ('conv 2 3x3 pad 99999, dense 10', 'from 0 to 255', '\0'),
                                  ('maxpool 999, dense 10', 'from 1 to 255', '\0'),
                                  ('conv 99999999 3x3, dense 10', 'from 1 to 65536', '\0'),
                                  ('conv 2 300x3, dense 10', 'from 1 to 255', '\0'),
                                  ('dense 0, dense 10', 'from 1 to 1048576', '\0')):
        r = run(*TRAIN, '--net', words, '--out', 'net.safetensors')
        assert r.returncode != 0 and says in r.stderr and not_says not in r.stderr, r.stderr


def test_a_folder_for_models_that_cannot_be_made_names_the_way_out():
    world.write_strokes(FOLDER / 's.unp')
    for args in (TRAIN, ('train', '--tune', 'm.safetensors', '--strokes', 's.unp',
                        '--data', 'data')):
        r = run(*args, XDG_DATA_HOME='/proc/none')
        assert r.returncode == 1 and '--out' in r.stderr, r.stderr


def test_an_answer_comes_before_the_next_name_is_asked_for():
    write_png(FOLDER / 'a.png', 28, lambda r, c: bar(3 * r, 3 * c))
    p = start('predict', '-', stdin=subprocess.PIPE)
    for _ in range(3):
        p.stdin.write('a.png\n')
        p.stdin.flush()
        assert p.stdout.readline().startswith('a.png: ')
    p.communicate(timeout=SOON)
    assert p.returncode == 0


def test_a_model_that_reads_slowly_says_so():
    def slow(metadata):
        metadata['words'] = 'conv 3 101x101 pad 110, dense 10'
    conv, dense = 101 * 101 * 3, 148 * 148 * 3 * 10
    write_model('slow.safetensors', change=slow, arrays={
        '1.weight': ('F32', [101, 101, 1, 3], bytes(4 * conv)), '1.bias': ('F32', [3], bytes(12)),
        '2.weight': ('F32', [148 * 148 * 3, 10], bytes(4 * dense)),
        '2.bias': ('F32', [10], bytes(40))})
    write_png(FOLDER / 'a.png', 28, lambda r, c: bar(3 * r, 3 * c))
    began = time.time()
    r = run('--kern', 'c', 'predict', '--model', 'slow.safetensors', 'a.png', 'a.png')
    slow = (time.time() - began) / 2 > 1.2
    assert r.returncode == 0 and r.stdout.count('a.png') == 2, r.stderr
    assert r.stderr.count('to read a picture') == 1 or not slow, r.stderr
    r = run('--kern', 'c', 'predict', '--quiet', '--model', 'slow.safetensors', 'a.png')
    assert r.returncode == 0 and r.stderr == '', r.stderr


if __name__ == '__main__':
    sys.exit(world.main(globals()))
