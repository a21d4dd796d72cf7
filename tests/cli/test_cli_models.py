# SPDX-License-Identifier: MIT
"""Where commands find models and put them: test_cli_models.py PROGRAM. Speaks TAP."""
import os
import pathlib
import shutil
import subprocess
import sys

import test_cli as world
from test_cli import FOLDER, LIMIT, TRAIN, refuse, run, run_json, write_strokes

MODELS = FOLDER / 'home' / 'inkling' / 'models'


def forget():
    shutil.rmtree(MODELS, ignore_errors=True)


def names():
    return sorted(path.name for path in MODELS.iterdir())


# ---- where they are put -------------------------------------------------------------------------

def test_a_training_without_out_never_replaces_a_model():
    forget()
    for count, name in ((1, 'nielsen-30'), (2, 'nielsen-30-2'), (3, 'nielsen-30-3')):
        r = run(*TRAIN, '--epochs', '1', '--seed', count)
        assert r.returncode == 0 and f'/models/{name}.safetensors' in r.stdout, r
        assert ('a new name' in r.stdout) == (count > 1), r.stdout
        assert len(names()) == count and run_json('info', name)['record']['seed'] == str(count)
    assert run_json('info', 'nielsen-30-2')['record']['name'] == 'nielsen-30-2'
    other = run_json(*TRAIN, '--epochs', '1', '--net', '784-12-10')
    assert other['model'].endswith('/nielsen-30-4.safetensors')
    assert run_json('info', 'nielsen-30')['params'] == 784 * 30 + 30 + 30 * 10 + 10


def test_nor_the_checkpoint_of_a_training_that_can_go_on():
    forget()
    MODELS.mkdir(parents=True)
    (MODELS / 'nielsen-30.checkpoint').write_bytes(b'hours')
    (MODELS / 'nielsen-30-2.checkpoint.lock').touch()
    assert run_json(*TRAIN, '--epochs', '1')['model'].endswith('/nielsen-30-3.safetensors')
    assert (MODELS / 'nielsen-30.checkpoint').read_bytes() == b'hours'


def test_nor_does_a_hand_that_is_learnt():
    forget()
    write_strokes(FOLDER / 's.unp')
    tune = ('train', '--tune', 'm.safetensors', '--data', 'data', '--strokes', 's.unp', '--quiet')
    assert run_json(*tune)['model'].endswith('/my-hand.safetensors')
    first = (MODELS / 'my-hand.safetensors').read_bytes()
    r = run(*tune)
    assert r.returncode == 0 and '/my-hand-2.safetensors (a new name' in r.stdout, r
    assert (MODELS / 'my-hand.safetensors').read_bytes() == first


def test_a_file_that_was_asked_for_is_replaced():
    for seed in '12':
        r = run(*TRAIN, '--epochs', '1', '--seed', seed, '--out', 'asked.safetensors')
        assert r.returncode == 0 and 'a new name' not in r.stdout, r
        assert run_json('info', 'asked.safetensors')['record']['seed'] == seed
    assert '.local/share/inkling/models' in run('train', '--help').stdout


def test_calibrate_writes_no_fit_on_drawings_over_a_model():
    shutil.copy(FOLDER / 'm.safetensors', FOLDER / 'k.safetensors')
    before = (FOLDER / 'k.safetensors').read_bytes()
    refuse(1, 'calibrate', 'k.safetensors', says=['k.safetensors', '--data', '--out'])
    assert (FOLDER / 'k.safetensors').read_bytes() == before
    r = run('calibrate', 'k.safetensors', '--out', 'k2.safetensors', '--images', '50')
    assert r.returncode == 0 and 'own drawings' in r.stderr, r
    assert run('calibrate', 'k.safetensors', '--data', 'data', '--images', '50').returncode == 0
    assert (FOLDER / 'k.safetensors').read_bytes() != before
    refuse(1, 'calibrate', 'nielsen-30', '--data', 'data', says=['built in', '--out'])
    assert run('calibrate', 'k.safetensors', '--like', 'k2.safetensors').returncode == 0


# ---- where they are found -----------------------------------------------------------------------

def test_the_names_of_built_in_models_are_understood():
    forget()
    for typed, name in (('best', 'best'), ('default', 'best'), ('nielsen-30', 'nielsen-30'),
                        ('nielsen-100', 'nielsen-100')):
        assert run_json('eval', '--model', typed, '--data', 'data')['model'] == name
        assert run_json('info', typed)['record']['name'] == name
    r = run_json('calibrate', 'nielsen-30', '--data', 'data', '--out', 'n30.safetensors')
    assert r['model'] == 'n30.safetensors'


def test_a_file_comes_before_a_model_of_ones_own_and_that_before_a_built_in_one():
    forget()
    MODELS.mkdir(parents=True)
    shutil.copy(FOLDER / 'm.safetensors', MODELS / 'anna.safetensors')
    shutil.copy(FOLDER / 'm.safetensors', MODELS / 'nielsen-100.safetensors')
    for typed in ('anna', 'anna.safetensors', 'nielsen-100'):
        assert run_json('info', typed)['record']['name'] == 'm', typed
    shutil.copy(FOLDER / 'm.safetensors', FOLDER / 'best')
    try:
        assert run_json('info', 'best')['record']['name'] == 'm'
    finally:
        (FOLDER / 'best').unlink()
    r = run_json('calibrate', 'anna', '--data', 'data')
    assert r['model'] == str(MODELS / 'anna.safetensors')
    refuse(1, 'info', './anna', says=['./anna'])
    refuse(1, 'info', 'berta', says=['berta'])


# ---- the window's command -----------------------------------------------------------------------

def test_data_that_is_not_there_is_refused_before_the_window_opens():
    (FOLDER / 'empty').mkdir()
    for place in ('/nowhere', 'empty'):
        refuse(1, '--data', place, says=[place, 'train-images-idx3-ubyte'])


def test_the_list_of_commands_has_all_options_of_the_window():
    text = run('--help').stdout
    for option in ('--model', '--trust', '--data', '--theme', '--seed', '--threads', '--scale N',
                   '--log', '--kern NAME'):
        assert f'  {option}' in text, option


def test_a_first_build_says_that_it_takes_a_while():
    script = pathlib.Path(__file__).resolve().parents[2] / 'run'
    shutil.copy(script, FOLDER / 'run')
    tools = FOLDER / 'tools'
    tools.mkdir()
    for tool in ('meson', 'ninja', 'pkg-config', 'cc'):
        (tools / tool).write_text('#!/bin/sh\ncase "$1" in setup) mkdir -p "$2"; '
                                  'touch "$2/build.ninja";; esac\n')
        (tools / tool).chmod(0o755)
    program = FOLDER / 'build/src/cli/inkling'
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho opened\n')
    program.chmod(0o755)
    env = {**os.environ, 'PATH': f'{tools}:{os.environ["PATH"]}', 'CC': 'cc'}
    for first in (True, False):
        r = subprocess.run([FOLDER / 'run'], env=env, capture_output=True, text=True, timeout=LIMIT)
        if 'installing' in r.stderr or 'missing' in r.stderr:
            return  # a machine without fonts
        assert r.stdout == 'opened\n' and ('a minute or two' in r.stderr) == first, r


if __name__ == '__main__':
    sys.exit(world.main(globals()))
