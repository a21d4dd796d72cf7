# SPDX-License-Identifier: MIT
"""Data as people have it, given to the commands: test_cli_data.py PROGRAM. Speaks TAP."""
import gzip
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import zipfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import tap

PROGRAM = os.path.abspath(sys.argv[1])
LIMIT = 300  # seconds that a command may take under a sanitizer


def run(*args):
    clean = {k: v for k, v in os.environ.items() if k != 'INKLING_DATA'}
    for place in ('DATA', 'CONFIG', 'STATE'):
        clean[f'XDG_{place}_HOME'] = str(FOLDER / 'home')
    return subprocess.run([PROGRAM, *map(str, args)], env=clean, cwd=FOLDER, timeout=LIMIT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run_json(*args):
    """What a command that works answers, and what it says on stderr."""
    r = run(*args, '--json')
    assert r.returncode == 0, f'{args}: exit {r.returncode}: {r.stderr}'
    return json.loads(r.stdout), r.stderr


def refuse(*args, says):
    r = run(*args)
    assert r.returncode == 1 and not r.stdout, f'{args}: exit {r.returncode}: {r.stdout}'
    assert len(r.stderr.strip().splitlines()) == 1 and says in r.stderr, repr(r.stderr)


# ---- data of our own ----------------------------------------------------------------------------

def draw(digit, rng):
    """28 x 28 bytes: an upright bar, whose place tells the digit, with noise."""
    rows = bytearray(784)
    for row in range(4, 24):
        for col in (2 * digit + 4, 2 * digit + 5):
            rows[row * 28 + col] = rng.randrange(150, 256)
    return bytes(rows)


def lay_down(image):
    return bytes(image[x * 28 + y] for y in range(28) for x in range(28))


def make(count, seed):
    rng = random.Random(seed)
    labels = bytes(rng.randrange(10) for _ in range(count))
    return [draw(label, rng) for label in labels], labels


def write(folder, split, images, labels, prefix='', end=''):
    """A pair of IDX files."""
    folder = FOLDER / folder
    folder.mkdir(parents=True, exist_ok=True)
    pack = gzip.compress if end else bytes
    (folder / f'{prefix}{split}-images-idx3-ubyte{end}').write_bytes(
        pack(struct.pack('>4I', 0x803, len(labels), 28, 28) + b''.join(images)))
    (folder / f'{prefix}{split}-labels-idx1-ubyte{end}').write_bytes(
        pack(struct.pack('>2I', 0x801, len(labels)) + labels))


def npy(data, kind, shape):
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    head += ' ' * (-(len(head) + 11) % 64) + '\n'
    return b'\x93NUMPY\x01\x00' + struct.pack('<H', len(head)) + head.encode() + data


def train(*args):
    return run_json('train', '--recipe', 'nielsen-30', '--epochs', '40', '--out',
                    'm.safetensors', *args)


def eval_(*args):
    return run_json('eval', '--model', 'm.safetensors', *args)


# ---- tests --------------------------------------------------------------------------------------

def test_eval_and_train_say_which_of_several_was_read():
    images, labels = make(600, 1)
    write('set/MNIST/raw', 'train', images, labels)
    write('set/MNIST/raw', 'train', images, labels, end='.gz')
    write('set/MNIST/raw', 't10k', images[:200], labels[:200])
    report, said = train('--data', 'set')
    assert 'set/MNIST/raw/train-images-idx3-ubyte.gz, which comes before 1 other' in said, said
    assert 'Read set/MNIST/raw/t10k-images-idx3-ubyte.' in said, said
    e, said = eval_('--data', 'set/MNIST')
    assert e['count'] == 200 and e['data'] == 'MNIST' and e['accuracy'] > 0.9
    assert 'set/MNIST/raw/t10k-images-idx3-ubyte.' in said, said
    e, said = eval_('--data', 'set/MNIST/raw', '--quiet')
    assert e['count'] == 200 and said == ''


def test_a_damaged_file_gives_way_to_the_good_one_beside_it():
    bad = FOLDER / 'set/MNIST/raw/train-images-idx3-ubyte.gz'
    bad.write_bytes(bad.read_bytes()[:-20])
    e, said = eval_('--data', 'set', '--split', 'train')
    assert e['count'] == 600 and 'damaged or cut short' in said and 'Read instead: ' in said, said


def test_images_that_lie_on_their_side_are_set_upright():
    images, labels = make(200, 2)
    lying = [lay_down(image) for image in images]
    write('emnist', 'digits-test', lying, labels, prefix='emnist-', end='.gz')
    e, said = eval_('--data', 'emnist')
    assert e['accuracy'] > 0.9 and e['data'] == 'EMNIST digits' and 'upright' in said, said
    write('lying', 't10k', lying, labels)
    write('lying', 'train', lying, labels)
    assert eval_('--data', 'lying')[0]['accuracy'] < 0.5
    e, _ = eval_('--data', 'lying', '--transpose')
    assert e['accuracy'] > 0.9
    report, _ = train('--data', 'set', '--quiet')
    report, _ = train('--data', 'lying', '--transpose', '--quiet')
    assert eval_('--data', 'set')[0]['accuracy'] > 0.8


def test_an_npz_is_read_as_a_folder_and_as_a_file():
    images, labels = make(100, 3)
    wide = b''.join(struct.pack('<q', label) for label in labels)
    (FOLDER / 'keras').mkdir()
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(FOLDER / 'keras/mnist.npz', 'w', method) as z:
            for part in ('train', 'test'):
                for name, data in ((f'x_{part}', npy(b''.join(images), '|u1', '(100, 28, 28)')),
                                   (f'y_{part}', npy(wide, '<i8', '(100,)'))):
                    with z.open(name + '.npy', 'w', force_zip64=True) as entry:  # as numpy does
                        entry.write(data)
        for place in ('keras', 'keras/mnist.npz'):
            e, said = eval_('--data', place)
            assert e['count'] == 100 and e['data'] == 'MNIST' and said == '', said
    refuse('eval', '--data', 'keras/none.npz', says='keras/none.npz')


def test_a_file_in_place_of_a_folder_is_understood_or_refused():
    (FOLDER / 's.unp').write_text('')
    (FOLDER / 'notes.txt').write_text('hello')
    e, _ = eval_('--data', 'lying/t10k-images-idx3-ubyte', '--transpose')
    assert e['count'] == 200
    refuse('eval', '--data', 'lying/train-images-idx3-ubyte', says='no test images')
    refuse('eval', '--data', 's.unp', says='--strokes')
    refuse('train', '--data', 'notes.txt', says='notes.txt')


def test_what_is_passed_over_in_strokes_is_counted():
    (FOLDER / 'word.unp').write_bytes(
        b'\xef\xbb\xbf.COORD X Y T\r\n.SEGMENT WORD 0-3 OK "74"\r\n.SEGMENT DIGIT 0 OK "7"\r\n'
        b'.PEN_DOWN\r\n1 9 0\r\n5 9 1\r\n2 1 2\r\n.PEN_UP\r\n9 9 3\r\n'
        b'.SEGMENT DIGIT 1 OK "?"\r\n.PEN_DOWN\r\n1 1 4\r\n.PEN_UP\r\n')
    e, said = eval_('--strokes', 'word.unp')
    assert e['count'] == 1 and e['confusion'][7] != [0] * 10
    assert ('word.unp was passed over: 2 segments that name no digit, 1 stroke of none, '
            '1 point with the pen in the air.') in said, said
    assert eval_('--strokes', 'word.unp', '--quiet')[1] == ''


if __name__ == '__main__':
    with tempfile.TemporaryDirectory(prefix='inkling-cli-data-') as temporary:
        FOLDER = pathlib.Path(temporary)
        sys.exit(tap.run(tap.tests_of(globals())))
