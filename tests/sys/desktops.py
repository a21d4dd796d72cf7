#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The real window on the desktops of other people, under Xvfb: small and dense screens, what each
desktop says of its scale, and keyboards of other countries. Prints TAP; exits 77 where Xvfb or
xdotool are missing. Without setxkbmap the keyboards are left out.

Usage: desktops.py INKLING
"""
import json, os, pathlib, shutil, subprocess, sys, tempfile, time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import tap
from window import DRAWN, Failure, Window

SPEAK_OF_SCALE = ('INKLING_SCALE', 'GDK_SCALE', 'GDK_DPI_SCALE', 'QT_SCALE_FACTOR')
# Keys by their number: what X calls those in the places of a US keyboard.
CTRL, SHIFT, ALT_GR, PAD_7 = 37, 50, 108, 79
PLACE = {'1': 10, '2': 11, '8': 17, '-': 20, '=': 21, 'q': 24, 'o': 32, '[': 34, ']': 35, 's': 39,
         'z': 52, 'c': 54, '0': 19}


class Desktop(Window):
    """A screen of any size, on which the program can be started again and again."""

    def __init__(self, program, size):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.program, self.log, self.app = program, self.folder / 'log', None
        self.env = {k: v for k, v in os.environ.items() if k not in SPEAK_OF_SCALE}
        self.env.update(XDG_DATA_HOME=str(self.folder), XDG_CONFIG_HOME=str(self.folder),
                        XDG_STATE_HOME=str(self.folder), HOME=str(self.folder))
        read, write = os.pipe()
        self.screen = subprocess.Popen(
            ['Xvfb', '-displayfd', str(write), '-screen', '0', size + 'x24', '-nolisten', 'tcp',
             '-noreset'], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.env['DISPLAY'] = ':' + pipe.readline().strip()

    def start(self, *arguments, **env):
        if self.app:
            self.end()
        self.log.unlink(missing_ok=True)
        self.app = subprocess.Popen([self.program, '--log', str(self.log), *arguments],
                                    env={**self.env, **env}, cwd=self.folder)
        self.wait('layout')
        self.settle()
        return self.events('layout')[-1]

    def settings(self, **values):
        path = self.folder / 'inkling' / 'settings.json'
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(values))

    def keys(self, *numbers):
        """Presses a key while those before it are held."""
        held = [a for n in numbers[:-1] for a in ('keydown', n)]
        freed = [a for n in reversed(numbers[:-1]) for a in ('keyup', n)]
        self.mouse(*held, 'key', numbers[-1], *freed)
        self.settle()

    def place(self):
        """Where the window stands: x, y, width, height, in pixels."""
        found = subprocess.run(
            ['xdotool', 'search', '--name', '^inkling', 'getwindowgeometry', '--shell'],
            env=self.env, check=True, capture_output=True, text=True).stdout
        values = dict(line.split('=') for line in found.split())
        return tuple(int(values[k]) for k in ('X', 'Y', 'WIDTH', 'HEIGHT'))

    def draw_at(self, strokes, scale):
        x, y, w, h = self.control('canvas')
        left, top, _, _ = self.place()
        put = lambda p: (left + round((x + p[0] * w) * scale), top + round((y + p[1] * h) * scale))
        for stroke in strokes:
            self.mouse('mousemove', *put(stroke[0]), 'mousedown', 1,
                       *[a for p in stroke[1:] for a in ('mousemove', *put(p))], 'mouseup', 1)
        self.settle()

    def close(self):
        if self.app:
            super().close()
        else:
            self.screen.terminate()
            self.screen.wait()
        shutil.rmtree(self.folder)


def expect(what, got, wanted):
    if got != wanted:
        raise Failure(f'{what}: {got}, not {wanted}')


# ---- screens ------------------------------------------------------------------------------------

def check_small_screens(program):
    """The window is as large as fits, whatever it was on a screen that is gone."""
    for size in ('1024x768', '1280x800'):
        w, h = map(int, size.split('x'))
        desktop = Desktop(program, size)
        try:
            expect(size, tuple(desktop.start()['window']), (w, h))
            expect(size, desktop.place(), (0, 0, w, h))
            desktop.end()
            desktop.settings(width=6000, height=4000)
            expect(f'6000x4000 on {size}', tuple(desktop.start()['window']), (w, h))
            expect(f'6000x4000 on {size}', desktop.place(), (0, 0, w, h))
        finally:
            desktop.close()


def check_dense_screens(program):
    """At 3840x2160 a point is two pixels, unless something else is said."""
    desktop = Desktop(program, '3840x2160')
    try:
        layout = desktop.start()
        expect('scale', layout['scale'], 2)
        expect('place', desktop.place(), (640, 280, 2560, 1600))
        expect('--scale', desktop.start('--scale', '1')['scale'], 1)
        expect('$GDK_SCALE', desktop.start(GDK_SCALE='3')['scale'], 3)
        (desktop.folder / '.Xresources').write_text('Xft.dpi: 96\n')
        expect('Xft.dpi', desktop.start()['scale'], 1)
    finally:
        desktop.close()


def check_scale(program):
    """What the desktop says of the scale is heard, and the person overrules it."""
    desktop = Desktop(program, '2560x1600')
    try:
        expect('nothing said', desktop.start()['scale'], 1)
        expect('$GDK_SCALE', desktop.start(GDK_SCALE='2')['scale'], 2)
        expect('$QT_SCALE_FACTOR', desktop.start(QT_SCALE_FACTOR='1.5')['scale'], 1.5)
        expect('$INKLING_SCALE', desktop.start(GDK_SCALE='2', INKLING_SCALE='1.25')['scale'], 1.25)
        expect('--scale', desktop.start('--scale', '1.5', GDK_SCALE='2')['scale'], 1.5)
        if shutil.which('xrdb'):
            subprocess.run(['xrdb', '-merge'], input='Xft.dpi: 192\n', text=True, env=desktop.env,
                           check=True)
            expect('Xft.dpi', desktop.start()['scale'], 2)
        wrong = subprocess.run([program, '--scale', 'large'], env=desktop.env, capture_output=True)
        expect('status of a wrong scale', wrong.returncode, 2)
    finally:
        desktop.close()


def check_zoom(program):
    """Ctrl and +, - and 0 change the size of everything, and it is kept; the mouse stays exact."""
    desktop = Desktop(program, '1920x1200')
    try:
        desktop.start()
        desktop.keys(CTRL, PLACE['='])
        desktop.keys(CTRL, SHIFT, PLACE['='])
        desktop.keys(CTRL, 86)  # the number pad's
        scale = desktop.events('layout')[-1]['scale']
        expect('three steps', scale, 1.5)
        desktop.draw_at(DRAWN[7], scale)
        expect('a 7', desktop.events('prediction')[-1]['digit'], 7)
        expect('kept', desktop.start()['scale'], scale)
        expect('not with --scale', desktop.start('--scale', '1')['scale'], 1)
        expect('kept still', desktop.start()['scale'], scale)
        desktop.keys(CTRL, PLACE['-'])
        expect('a step down', desktop.events('layout')[-1]['scale'], 1.25)
        desktop.keys(CTRL, PLACE['0'])
        expect('none', desktop.events('layout')[-1]['scale'], 1)
        desktop.draw_at(DRAWN[1], 1)
        expect('a 1', desktop.events('prediction')[-1]['digit'], 1)
        expect('kept', desktop.start()['scale'], 1)
    finally:
        desktop.close()


# ---- keyboards ----------------------------------------------------------------------------------

def strokes_left(desktop):
    return desktop.events('prediction')[-1]['digit'] is not None


def taught_by(desktop, *numbers):
    """How many drawings those keys file: one is drawn first."""
    desktop.mouse('key', 'Escape')
    desktop.draw_at(DRAWN[1], 1)
    since = len(desktop.events())
    desktop.keys(*numbers)
    for place, view in (('2', 'train'), ('1', 'draw')):  # whatever those keys do is done by then
        desktop.mouse('keydown', CTRL, 'key', PLACE[place], 'keyup', CTRL)
        desktop.wait('layout', since, when=lambda e: e['view'] == view)
    return len([e for e in desktop.events('my_digits', since) if e['what'] == 'taught'])


def try_keyboard(desktop, layout, latin):
    subprocess.run(['setxkbmap', layout], env=desktop.env, check=True)
    time.sleep(.3)
    files = {'8': taught_by(desktop, PLACE['8']), 'pad': taught_by(desktop, PAD_7),
             'AltGr 8': taught_by(desktop, ALT_GR, PLACE['8']),
             'Shift 8': taught_by(desktop, SHIFT, PLACE['8'])}
    expect(f'{layout}: what files', files,
           {'8': 1, 'pad': 0, 'AltGr 8': 0, 'Shift 8': int(layout == 'fr')})
    desktop.keys(PLACE['c'])
    expect(f'{layout}: c clears', strokes_left(desktop), False)
    if not latin:
        desktop.draw_at(DRAWN[1], 1)
        desktop.keys(CTRL, PLACE['z'])
        expect(f'{layout}: Ctrl z takes back', strokes_left(desktop), False)
    since = len(desktop.events())
    desktop.keys(CTRL, PLACE['2'])
    desktop.wait('layout', since, when=lambda e: e['view'] == 'train')
    desktop.keys(CTRL, PLACE['1'])
    desktop.wait('layout', since, when=lambda e: e['view'] == 'draw')
    since = len(desktop.events())
    desktop.keys(CTRL, PLACE['o'])
    desktop.wait('layout', since, when=lambda e: 'file-path' in e['controls'])
    desktop.mouse('key', 'Escape')
    desktop.settle()


def check_keyboards(program):
    """German, French, Russian, Greek, Arabic and Hebrew keyboards do what is written on them."""
    if not shutil.which('setxkbmap'):
        print('# without setxkbmap no keyboard is tried')
        return
    desktop = Desktop(program, '1280x800')
    try:
        desktop.start()
        for layout, latin in (('us', True), ('de', True), ('fr', True), ('ru', False),
                              ('gr', False), ('ara', False), ('il', False)):
            try_keyboard(desktop, layout, latin)
        subprocess.run(['setxkbmap', 'de'], env=desktop.env, check=True)
        time.sleep(.3)
        desktop.keys(ALT_GR, PLACE['8'])  # [
        desktop.end()
        settings = json.loads((desktop.folder / 'inkling' / 'settings.json').read_text())
        expect('the brush after AltGr 8, twice in all', settings['brush'], 1.5)
    finally:
        desktop.close()


def check_held_keys(program):
    """A key that is held toggles once."""
    desktop = Desktop(program, '1280x800')
    try:
        desktop.start()
        since = len(desktop.events())
        desktop.mouse('keydown', PLACE['s'], 'sleep', 1.5, 'keyup', PLACE['s'])
        desktop.settle()
        expect('S opens the steps', 'step-box' in desktop.events('layout')[-1]['controls'], True)
        expect('changes of the layout', len(desktop.events('layout', since)), 1)
    finally:
        desktop.close()


def main():
    if not shutil.which('Xvfb') or not shutil.which('xdotool'):
        return tap.skip('Xvfb or xdotool is missing')
    return tap.run([check_small_screens, check_dense_screens, check_scale, check_zoom,
                    check_keyboards, check_held_keys], os.path.abspath(sys.argv[1]))


if __name__ == '__main__':
    sys.exit(main())
