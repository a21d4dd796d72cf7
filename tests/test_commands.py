# SPDX-License-Identifier: MIT
"""How commands get on with what is around them: streams that are closed or full, readers that leave,
signals, terminals, odd names. test_commands.py PROGRAM. Speaks TAP."""
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


def bar(row, col):
    return 255 if 20 <= row < 80 and 45 <= col < 55 else 0


# ---- streams ------------------------------------------------------------------------------------

def test_a_closed_stream_is_no_file_that_is_written_into():
    for k, closing in enumerate(('>&-', '2>&-', '<&-', '<&- >&- 2>&-') * 2):
        out = f'closed{k}.safetensors'
        p = start(*TRAIN, '--epochs', '3', '--out', out, shell=f'"$@" {closing}')
        p.communicate(timeout=LIMIT)
        assert p.returncode == 0, (closing, p.returncode)
        assert run('info', out).returncode == 0, closing
    if os.path.exists('/proc/self/fd'):
        p = start(*LONG, '--out', 'closed.safetensors', shell='exec "$@" <&- >&-')
        time.sleep(.5)
        assert [os.readlink(f'/proc/{p.pid}/fd/{k}') for k in (0, 1)] == ['/dev/null'] * 2
        p.send_signal(signal.SIGTERM)
        p.communicate(timeout=SOON)


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
    time.sleep(.5)
    assert p.poll() is None
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
        text += b'\0'.join([name.encode(), dtype.encode(), ','.join(map(str, shape)).encode(), data])
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


if __name__ == '__main__':
    sys.exit(world.main(globals()))
