# SPDX-License-Identifier: MIT
"""What the peers share: a Python that has PyTorch, a BLAS worth beating, and MNIST in memory.

Debian's PyTorch multiplies by whatever libblas.so.3 the alternatives system points to, which may be
the reference BLAS, several times slower than OpenBLAS. use_openblas() starts the script again with
OpenBLAS first in the library path, and blas_in_use() says what was really loaded.
"""
import glob
import gzip
import os
import pathlib
import re
import subprocess
import sys
import time

INSTALL = 'apt-get install python3-torch libopenblas0-openmp'
MARK = 'INKLING_PEER_BLAS'  # set in the environment once OpenBLAS is in the library path


def find_python(module='torch'):
    """The first Python that has the module, or None: this one, then Debian's."""
    for python in (sys.executable, '/usr/bin/python3'):
        found = subprocess.run([python, '-c', f'import importlib.util as u, sys; '
                                f'sys.exit(u.find_spec({module!r}) is None)'], capture_output=True)
        if found.returncode == 0:
            return python
    return None


def use_openblas(module='torch', threads=None):
    """Goes on in a Python that has the module, with OpenBLAS where Debian keeps it, and with so
    many threads for it. Call it first."""
    if MARK in os.environ:
        return
    python = find_python(module)
    if not python:
        sys.exit(f'No Python here has {module}; install it with: {INSTALL}')
    folders = [os.path.dirname(path) for kind in ('openmp', 'pthread')
               for path in sorted(glob.glob(f'/usr/lib/*/openblas-{kind}/libblas.so.3'))]
    old = os.environ.get('LD_LIBRARY_PATH')
    os.environ['LD_LIBRARY_PATH'] = ':'.join(folders[:1] + ([old] if old else []))
    os.environ[MARK] = folders[0] if folders else 'none found'
    if threads:
        os.environ.update(OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads))
    os.execv(python, [python, *sys.argv])


def blas_in_use():
    """The BLAS library in this process, by its file; that PyTorch has one built in is said."""
    try:
        maps = pathlib.Path('/proc/self/maps').read_text()
    except OSError:
        return 'unknown'
    names = sorted(path for path in set(re.findall(r'/\S+', maps))
                   if re.search(r'lib(open)?blas|libmkl_', path))
    fast = [path for path in names if 'openblas' in path or 'mkl' in path]
    return (fast or names or ['built in'])[0]


# ---- the data -----------------------------------------------------------------------------------

def find_data(folder=None):
    """The folder of MNIST's files, as inkling looks for them."""
    share = os.environ.get('XDG_DATA_HOME') or os.path.expanduser('~/.local/share')
    places = [folder] if folder else [os.environ.get('INKLING_DATA'), f'{share}/inkling/mnist',
                                      'data/mnist']
    for place in places:
        if place and glob.glob(f'{place}/train-images*'):
            return place
    sys.exit(f'There is no MNIST in {" or ".join(filter(None, places))}; say where with --data.')


def read_idx(folder, split, kind, head):
    import numpy
    path = sorted(glob.glob(f'{folder}/{split}-{kind}*'))[0]
    with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=head)


def load_mnist(folder=None):
    """Pixels [n][28][28] and labels [n] as bytes: training and test, and the seconds it took."""
    folder = find_data(folder)
    begin = time.perf_counter()
    sets = [read_idx(folder, split, kind, head) for split in ('train', 't10k')
            for kind, head in (('images', 16), ('labels', 8))]
    images, labels, test_images, test_labels = sets
    return (images.reshape(-1, 28, 28), labels, test_images.reshape(-1, 28, 28), test_labels,
            time.perf_counter() - begin)
