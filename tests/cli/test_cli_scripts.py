# SPDX-License-Identifier: MIT
"""Scripts of actions and pictures of the window: test_cli_scripts.py PROGRAM README. Speaks TAP."""
import json
import os
import pathlib
import re
import signal
import struct
import subprocess
import sys
import zlib

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import tap
import test_cli as world
from test_cli import FOLDER, LIMIT, PROGRAM, write_strokes

README = pathlib.Path(sys.argv[2])
HOME = FOLDER / 'home'
SETTINGS = HOME / 'inkling' / 'settings.json'
SHORT = ['recipe nielsen-30', 'set epochs 3', 'set hold-back 50', 'start']


def environment(**more):
    """One without a display."""
    away = ('DISPLAY', 'WAYLAND_DISPLAY', 'SDL_VIDEODRIVER', 'INKLING_DATA', 'INKLING_SCALE')
    clean = {k: v for k, v in os.environ.items() if k not in away}
    return clean | {'HOME': str(HOME), 'XDG_DATA_HOME': str(HOME), 'XDG_CONFIG_HOME': str(HOME),
                    'XDG_STATE_HOME': str(HOME)} | more


def inkling(*args, script=None, **more):
    """Runs the program; `script` goes to its standard input."""
    return subprocess.run([PROGRAM, *map(str, args)], env=environment(**more), cwd=FOLDER,
                          timeout=LIMIT, input=script, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)


def work(*args, **more):
    run = inkling(*args, **more)
    assert run.returncode == 0, f'{args}: exit {run.returncode}: {run.stderr}'
    assert run.stderr == '', f'{args}: {run.stderr!r}'
    return run


def do(lines, *args, **more):
    """A script in a file that works; the events of its log."""
    (FOLDER / 'some.do').write_text('\n'.join(lines) + '\n')
    run = work('--do', 'some.do', '--log', '-', *args, **more)
    return [json.loads(line) for line in run.stdout.splitlines()]


def refuse(status, *args, says, **more):
    run = inkling(*args, **more)
    assert run.returncode == status, f'{args}: exit {run.returncode}: {run.stderr}'
    sentences = run.stderr.strip().splitlines()
    assert sentences and len(sentences) <= status, repr(run.stderr)
    assert says in run.stderr, f'{args}: no {says!r} in {run.stderr!r}'


def events(log, kind):
    return [event for event in log if event['event'] == kind]


def size_of(name):
    head = (FOLDER / name).read_bytes()[:24]
    assert head[:8] == b'\x89PNG\r\n\x1a\n', name
    return struct.unpack('>II', head[16:24])


def pixels_of(name):
    """What the picture holds, still filtered: two that are alike there look alike."""
    data, at, packed = (FOLDER / name).read_bytes(), 8, b''
    while at < len(data):
        length, kind = struct.unpack('>I4s', data[at:at + 8])
        packed += data[at + 8:at + 8 + length] if kind == b'IDAT' else b''
        at += 12 + length
    return zlib.decompress(packed)


# ---- pictures -----------------------------------------------------------------------------------

def test_a_picture_has_the_size_that_was_asked_for():
    for args, wanted in ([], (1280, 800)), (['--scale', '2'], (2560, 1600)), \
            (['--size', '960x640', '--scale', '2'], (1920, 1280)), \
            (['--size', '640x480', '--scale', '1.5'], (960, 720)):
        work('--screenshot', 'size.png', *args)
        assert size_of('size.png') == wanted, (args, size_of('size.png'))


def test_a_picture_can_be_repeated():
    for name in 'one.png', 'two.png':
        work('--screenshot', name, '--data', 'data', '--view', 'train')
    assert (FOLDER / 'one.png').read_bytes() == (FOLDER / 'two.png').read_bytes()


def test_every_view_and_theme_has_a_picture_of_its_own():
    looks = set()
    for view in 'draw', 'train', 'mine', 'models':
        for theme in 'dark', 'light':
            work('--screenshot', 'look.png', '--view', view, '--theme', theme, '--data', 'data')
            pixels = pixels_of('look.png')
            assert len(set(pixels)) > 20, f'{view}, {theme}: nothing to be seen'
            looks.add(pixels)
    assert len(looks) == 8


def test_a_picture_shows_what_the_lines_before_it_led_to():
    do(['screenshot dark.png', 'theme light', 'screenshot light.png', 'theme dark',
        'screenshot again.png', 'theme light'], '--screenshot', 'end.png')
    assert pixels_of('dark.png') == pixels_of('again.png') != pixels_of('light.png')
    assert pixels_of('end.png') == pixels_of('light.png')


def test_all_is_larger_in_a_picture_of_the_same_size():
    do(['screenshot usual.png', 'larger', 'screenshot larger.png', 'usual-size'],
       '--screenshot', 'again.png')
    assert pixels_of('again.png') == pixels_of('usual.png') != pixels_of('larger.png')
    assert size_of('larger.png') == size_of('usual.png') == (1280, 800)


def test_a_picture_that_cannot_be_saved_fails():
    refuse(1, '--screenshot', 'nowhere/a.png', says='nowhere/a.png')
    refuse(1, '--do', '-', script='screenshot nowhere/a.png\n', says='script, line 1: ')
    refuse(1, '--screenshot', 'a.png', '--size', '8192x8192', '--scale', '8', says='cannot be')


# ---- what is carried out ------------------------------------------------------------------------

def test_a_digit_is_drawn_and_read():
    write_strokes(FOLDER / 'my strokes.unp')
    log = do(['draw my strokes.unp 0', 'wait idle'])
    assert events(log, 'action')[0]['argument'] == 'my strokes.unp 0', events(log, 'action')
    assert events(log, 'prediction')[-1]['digit'] is not None


def test_a_training_is_waited_for():
    log = do(SHORT + ['wait epoch 2', 'view train', 'wait idle'], '--data', 'data')
    assert [e['epoch'] for e in events(log, 'epoch')] == [1, 2, 3]
    turned = next(i for i, e in enumerate(log) if e.get('name') == 'view')
    assert events(log[:turned], 'epoch')[-1]['epoch'] >= 2


def test_without_data_the_program_draws_digits_to_train_on():
    log = do(SHORT[:1] + ['set epochs 1'] + SHORT[2:] + ['wait idle'])
    assert events(log, 'data')[-1]['synthetic'] and len(events(log, 'epoch')) == 1


def test_it_comes_from_standard_input_too():
    run = work('--do', '-', '--log', '-', script='# nothing\r\n\r\n  brush 3\t\r\nview mine')
    assert '"brush"' in run.stdout and '"view"' in run.stdout
    work('--do', '-', script='')


def test_an_evaluation_says_what_the_command_says():
    write_strokes(FOLDER / 'evaluated.unp')
    log = do(['view inspect', 'evaluate evaluated.unp', 'wait idle'])
    told = json.loads(work('eval', '--strokes', 'evaluated.unp', '--json').stdout)
    [event] = events(log, 'evaluation')
    for key in ('model', 'data', 'count', 'correct', 'sure', 'doubtful', 'no_digit', 'confusion'):
        assert event[key] == told[key], f'{key}: {event[key]} and {told[key]}'
    for key in ('accuracy', 'error', 'cost', 'calibration_error'): # the log rounds
        assert abs(event[key] - told[key]) < 1e-4, f'{key}: {event[key]} and {told[key]}'


def test_a_digit_can_be_taught_at_once_and_is_kept():
    write_strokes(FOLDER / 'strokes.unp')
    do(['draw strokes.unp 0', 'teach 4'])
    assert '"4"' in (HOME / 'inkling' / 'my-digits.unp').read_text()


# ---- what goes wrong ----------------------------------------------------------------------------

def test_the_line_that_fails_is_named():
    (FOLDER / 'bad.do').write_text('# a comment\nbrush 3\nfly 4\nbrush 2\n')
    refuse(1, '--do', 'bad.do', says='bad.do, line 3: There is no action "fly".')
    for line, says in ('undo', 'There is nothing to undo.'), ('teach x', 'a digit from 0 to 9'), \
            ('model none.safetensors', 'none.safetensors'), \
            ('import none.unp\nwait idle', 'none.unp'), \
            ('wait', 'wants idle, a number of seconds or epoch N'), ('wait epoch 2', 'epoch 2'), \
            ('data none', 'none'), ('set rate fast', 'fast'), ('view moon', 'moon'), \
            ('draw none.unp 0', 'none.unp'), ('stop', 'No training is under way.'):
        refuse(1, '--do', '-', script=line + '\n', says=says)


def test_what_is_no_script_is_refused():
    refuse(1, '--do', 'none.do', says='none.do')
    (FOLDER / 'zero.do').write_bytes(b'brush 3\0\nfly\n')
    refuse(1, '--do', 'zero.do', says='zero.do is no script')
    (FOLDER / 'long.do').write_bytes(b'#' * (1 << 20) + b'\n')
    refuse(1, '--do', 'long.do', says='long.do')
    run = subprocess.run(f'"{PROGRAM}" --do - <&-', shell=True, env=environment(), cwd=FOLDER,
                         timeout=LIMIT, stderr=subprocess.PIPE, text=True)
    assert run.returncode == 1 and 'standard input' in run.stderr, run.stderr


def test_wrong_options_are_refused():
    refuse(2, '--screenshot', 'a.png', '--size', '1280', says='--size')
    refuse(2, '--screenshot', 'a.png', '--size', '10x10', says='--size')
    refuse(2, '--screenshot', 'a.png', '--view', 'moon', says='moon')
    refuse(2, '--stay', says='--stay is for')
    refuse(2, '--do', '-', '--stay', '--screenshot', 'a.png', script='', says='--stay keeps')


# ---- settings and windows -----------------------------------------------------------------------

def test_no_settings_are_left_or_taken():
    SETTINGS.unlink(missing_ok=True)
    for driver in {}, {'SDL_VIDEODRIVER': 'dummy'}:
        do(['theme light', 'view train', 'brush 4'], **driver)
        assert not SETTINGS.exists(), driver
    work('--screenshot', 'usual.png')
    SETTINGS.write_text('{"theme": "light", "brush": 4, "view": "train", "width": 700}')
    before = SETTINGS.read_bytes()
    work('--screenshot', 'mine.png')
    for driver in {}, {'SDL_VIDEODRIVER': 'dummy'}:
        do(['theme dark', 'view mine'], **driver)
    assert SETTINGS.read_bytes() == before
    assert pixels_of('mine.png') == pixels_of('usual.png')


def test_it_stays_where_that_is_wanted():
    refuse(1, '--do', '-', '--stay', script='view mine\n', says='There is no display')
    (FOLDER / 'stay.do').write_text('view mine\n')
    log = FOLDER / 'stay.log'
    program = subprocess.Popen([PROGRAM, '--do', 'stay.do', '--stay', '--log', log], cwd=FOLDER,
                               env=environment(SDL_VIDEODRIVER='dummy'))
    try:
        def shown():
            return log.exists() and '"view":"mine"' in log.read_text()
        assert tap.wait_until(shown, bool), 'the script was not carried out'
        assert program.poll() is None
        program.send_signal(signal.SIGTERM)
        assert program.wait(LIMIT) == 0
    finally:
        program.kill()


# ---- what is said of them -----------------------------------------------------------------------

def test_ctrl_c_ends_it_in_order():
    (FOLDER / 'long.do').write_text('view models\nwait 1000\n')
    p = subprocess.Popen([PROGRAM, '--do', 'long.do', '--log', '-'], env=environment(), cwd=FOLDER,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for line in p.stdout:
        if '"action"' in line:
            break
    p.send_signal(signal.SIGINT)
    said = p.communicate(timeout=LIMIT)[1]
    assert p.returncode == 1 and 'The script was interrupted.' in said, (p.returncode, said)


def test_the_help_and_the_readme_list_the_same_actions():
    told = work('--help').stdout.split('Actions for --do')[1].splitlines()[2:]
    actions = [re.fullmatch(r'  (.{31}) (.+)', line) for line in told]
    assert len(actions) > 60 and all(actions), told
    wanted = [f'| `{a[1].strip()}` | {a[2]} |' for a in actions]
    shown = re.findall(r'^\| `.+` \| .+ \|$', section('Scripts').replace(r'\|', '|'), re.M)
    for row in wanted:
        assert row in shown, f'the README wants this row: {row}'
    assert len(shown) == len(wanted), set(shown) - set(wanted)


def section(name):
    text = README.read_text()
    return text.split(f'\n## {name}\n')[1].split('\n## ')[0]


if __name__ == '__main__':
    sys.exit(world.main(globals()))
