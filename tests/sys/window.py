#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The real window under Xvfb with a real mouse: digits are drawn, read and cleared; the time from a
move of the mouse to the new answer on screen is measured, idle and while a network trains; the
window ends cleanly when it is told to. Prints TAP; exits 77 where Xvfb or xdotool are missing.

Usage: window.py INKLING [MODEL]
"""
import json, os, pathlib, shutil, signal, subprocess, sys, tempfile, time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import tap

DRAWN = {  # strokes in parts of the canvas's side
    1: [[(.52, .2), (.5, .5), (.48, .8)]],
    7: [[(.25, .22), (.5, .22), (.74, .22), (.62, .45), (.5, .8)]],
    0: [[(.5, .2), (.34, .3), (.28, .5), (.34, .72), (.5, .8), (.66, .72), (.72, .5), (.66, .3),
         (.5, .2)]],
}


class Failure(Exception):
    pass


class Window:
    """One run of the program on a screen of its own."""

    def __init__(self, program, model, folder, stderr=None, size='1280x800', options=()):
        self.program = program
        self.log = folder / 'log'
        self.env = dict(os.environ, XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder),
                        XDG_STATE_HOME=str(folder), LIBGL_ALWAYS_SOFTWARE='1')
        read, write = os.pipe()
        self.screen = subprocess.Popen(  # a screen that is reset with its last client meets none
            ['Xvfb', '-displayfd', str(write), '-screen', '0', f'{size}x24', '-nolisten', 'tcp',
             '-noreset'],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.env['DISPLAY'] = ':' + pipe.readline().strip()
        arguments = [program, '--log', str(self.log), *options]
        arguments += ['--model', model] if model else []
        self.app = subprocess.Popen(arguments, env=self.env, cwd=folder, stderr=stderr)

    def events(self, kind=None, since=0):
        if not self.log.exists():
            return []
        lines = [l for l in self.log.read_text().split('\n')[:-1]]
        found = [json.loads(l) for l in lines[since:]]
        return [e for e in found if kind is None or e['event'] == kind]

    def wait(self, kind, since=0, seconds=20, when=lambda e: True):
        end = time.time() + seconds
        while time.time() < end:
            found = [e for e in self.events(kind, since) if when(e)]
            if found:
                return found[-1]
            if self.app.poll() is not None:
                raise Failure(f'the program ended with status {self.app.returncode}')
            time.sleep(.02)
        raise Failure(f'no {kind} event within {seconds} s')

    def control(self, name):
        layout = self.events('layout')[-1]
        if name not in layout['controls']:
            raise Failure(f'there is no control {name}')
        return layout['controls'][name]

    def mouse(self, *arguments):
        subprocess.run(['xdotool', *map(str, arguments)], env=self.env, check=True)

    def click(self, name):
        x, y, w, h = self.control(name)
        self.mouse('mousemove', x + w // 2, y + h // 2, 'click', 1)

    def fill(self, name, value):
        self.click(name)
        self.mouse('key', 'ctrl+a', 'type', value)
        self.mouse('key', 'Tab')

    def draw(self, strokes, pause=0.0):
        x, y, w, h = self.control('canvas')
        put = lambda p: (round(x + p[0] * w), round(y + p[1] * h))
        for stroke in strokes:
            arguments = ['mousemove', *put(stroke[0]), 'mousedown', 1]
            for a, b in zip(stroke, stroke[1:]):
                for i in range(1, 9):
                    step = (a[0] + (b[0] - a[0]) * i / 8, a[1] + (b[1] - a[1]) * i / 8)
                    arguments += ['mousemove', *put(step)] + (['sleep', pause] if pause else [])
            self.mouse(*arguments, 'mouseup', 1)

    def settle(self):
        """Waits until the log has been quiet for a while, or trains on regardless."""
        count, quiet, end = len(self.events()), time.time(), time.time() + 3
        while time.time() < end and time.time() - quiet < .3:
            time.sleep(.03)
            if len(self.events()) != count:
                count, quiet = len(self.events()), time.time()

    def end(self):
        self.app.send_signal(signal.SIGTERM)
        try:
            return self.app.wait(10)
        except subprocess.TimeoutExpired:
            self.app.kill()
            return None

    def close(self):
        if self.app.poll() is None:
            self.app.kill()
            self.app.wait()
        self.screen.terminate()
        self.screen.wait()


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def measure_latency(window, pause=0.012):
    """Milliseconds from mouse to screen, over the moves of a few slowly drawn digits."""
    since = len(window.events())
    for strokes in DRAWN.values():
        window.mouse('key', 'c')  # a digit on a clear canvas, as people draw them
        window.draw(strokes, pause)
    window.settle()
    return [e['latency_us'] / 1e3 for e in window.events('prediction', since) if 'latency_us' in e]


def check_drawing(window):
    """A drawing is read, and a cleared canvas has no answer."""
    for digit, strokes in DRAWN.items():
        since = len(window.events())
        window.draw(strokes)
        window.wait('prediction', since, when=lambda e: e['digit'] is not None)
        window.settle()
        last = window.events('prediction', since)[-1]
        if len(last['probabilities']) != 10 or abs(sum(last['probabilities']) - 1) > 1e-3:
            raise Failure(f'odd probabilities: {last}')
        since = len(window.events())
        window.click('clear')
        window.wait('prediction', since, when=lambda e: e['digit'] is None)


def check_digits(window):
    """The digits that were drawn are the digits that are read."""
    for digit, strokes in DRAWN.items():
        window.draw(strokes)
        window.settle()
        read = window.events('prediction')[-1]['digit']
        window.click('clear')
        window.settle()
        if read != digit:
            raise Failure(f'a {digit} was read as {read}')


def tell_latency(when, taken):
    """Told, not judged: how long it takes depends on what else the machine does."""
    if len(taken) < 10:
        raise Failure(f'only {len(taken)} answers {when}')
    print(f'# {when}: {len(taken)} answers, {percentile(taken, .5):.1f} ms median, '
          f'{percentile(taken, .95):.1f} ms at 95 %, {max(taken):.1f} ms at most')


def check_teaching(window):
    """A digit's key files the drawing; the file is there; a hand is learnt with the mouse."""
    since = len(window.events())
    for digit in (1, 7, 0, 1, 7, 0):
        window.draw(DRAWN[digit])
        window.settle()
        window.mouse('key', digit)
        window.wait('my_digits', since, when=lambda e: e['what'] == 'taught')
        since = len(window.events())
    window.mouse('key', 'ctrl+z')
    window.wait('my_digits', since, when=lambda e: e['what'] == 'undone' and e['count'] == 5)
    window.wait('my_digits', since, when=lambda e: e['what'] == 'saved' and e['count'] == 5)
    store = pathlib.Path(window.env['XDG_DATA_HOME']) / 'inkling' / 'my-digits.unp'
    if store.read_text().count('.SEGMENT DIGIT') != 5:
        raise Failure('the file of my digits does not hold what was taught')
    since = len(window.events())
    window.click('tab-mine')
    window.wait('layout', since, when=lambda e: e['view'] == 'mine')
    window.click('hand-learn')
    window.wait('hand', since, when=lambda e: e['state'] == 'started', seconds=120)
    window.click('hand-stop')
    window.wait('hand', since, when=lambda e: e['state'] in ('stopped', 'ready'), seconds=60)
    window.click('tab-draw')
    window.wait('layout', since, when=lambda e: e['view'] == 'draw')
    window.click('clear')
    window.settle()


def check_steps(window):
    """Without the box a small drawing in a corner is read as another picture; All on mends it."""
    window.draw([[(x * .3, y * .3) for x, y in stroke] for stroke in DRAWN[7]])
    window.settle()
    whole = window.events('prediction')[-1]['probabilities']
    since = len(window.events())
    window.click('steps')
    window.wait('layout', since, when=lambda e: 'step-box' in e['controls'])
    window.click('step-box')
    window.wait('steps', since, when=lambda e: not e['box'])
    window.settle()
    if window.events('prediction')[-1]['probabilities'] == whole:
        raise Failure('the step makes no difference')
    window.click('steps-all')
    window.wait('steps', since, when=lambda e: e['box'])
    window.settle()
    if window.events('prediction')[-1]['probabilities'] != whole:
        raise Failure('the answer with all steps on is not the one from before')
    window.click('steps')
    window.click('clear')
    window.settle()


def check_latency(window):
    """From the mouse to the new bars, nothing else running."""
    tell_latency('nothing else running', measure_latency(window))


def check_training(window):
    """A network trains in the background; the drawing is read by its newest weights meanwhile."""
    since = len(window.events())
    window.click('tab-train')
    window.wait('layout', since, when=lambda e: e['view'] == 'train')
    window.fill('epochs', 1000)  # so that it still trains when the last digit is drawn
    window.click('start')
    window.wait('training', since, when=lambda e: e['state'] == 'started', seconds=120)
    since = len(window.events())
    window.click('tab-draw')
    window.wait('layout', since, when=lambda e: e['view'] == 'draw')
    since = len(window.events())
    taken = measure_latency(window)
    window.wait('prediction', since, when=lambda e: e['weights'] > 0)
    tell_latency('while training', taken)
    window.click('stop')
    window.wait('training', since, when=lambda e: e['state'] == 'stopped')


def read_settings(window):
    settings = pathlib.Path(window.env['XDG_CONFIG_HOME']) / 'inkling' / 'settings.json'
    return json.loads(settings.read_text())


def check_end(window):
    """The window ends cleanly when it is told to, and its settings are kept."""
    status = window.end()
    if status != 0:
        raise Failure(f'status {status} after SIGTERM')
    if 'theme' not in read_settings(window):
        raise Failure('no theme in the settings')


def read_until(app, kind, when=lambda e: True):
    """Reads the log on its output up to such an event."""
    for line in app.stdout:
        event = json.loads(line)
        if event['event'] == kind and when(event):
            return
    raise Failure(f'the program ended before a {kind} event')


def check_lost_log(window):
    """A reader of the log that leaves does not take the window with it."""
    app = subprocess.Popen([window.program, '--log', '-'], env=window.env, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL)
    read_until(app, 'layout')
    window.mouse('key', 'ctrl+2')
    read_until(app, 'layout', lambda e: e['view'] == 'train')
    app.stdout.close()
    for key in ('ctrl+1', 'ctrl+3', 'ctrl+q'):  # each writes to the log
        window.mouse('key', key)
    status = app.wait(20)
    if status != 0:
        raise Failure(f'status {status} after the reader left')
    if read_settings(window)['view'] != 'mine':
        raise Failure('the window heard nothing more after the reader left')


def fill_log(window):
    """A window whose log goes into a pipe that holds a page and is full, as nobody reads it."""
    app = subprocess.Popen([window.program, '--log', '-'], env=window.env, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, pipesize=4096)
    app.stdout.readline()
    for _ in range(8):  # each changes the layout, and so writes thousands of bytes to the log
        for key in ('ctrl+2', 'ctrl+1'):
            window.mouse('key', key)
            time.sleep(.1)
    return app


def check_slow_log(window):
    """A reader of the log who stops for a while gets all of it; one who never goes on is left."""
    app = fill_log(window)
    time.sleep(.5)
    app.send_signal(signal.SIGTERM)
    text, said = app.communicate(timeout=10)
    views = [json.loads(line).get('view') for line in text.split(b'\n')[:-1]]
    if app.returncode != 0 or views.count('train') < 5:
        raise Failure(f'status {app.returncode}, {views} and "{said.decode()}" from a slow reader')
    app = fill_log(window)
    app.send_signal(signal.SIGTERM)
    try:
        app.wait(5)
    except subprocess.TimeoutExpired:
        app.kill()
    said = app.stderr.read().decode()
    if app.returncode != 1 or 'log' not in said or len(said.splitlines()) != 1:
        raise Failure(f'status {app.returncode} and "{said}" when nobody reads the log')


def check_signals(window):
    """A signal that asks for the end saves the settings, a second one too, unless it is ignored."""
    settings = pathlib.Path(window.env['XDG_CONFIG_HOME']) / 'inkling' / 'settings.json'
    hup, term, interrupt = signal.SIGHUP, signal.SIGTERM, signal.SIGINT
    for numbers, ignored in (([hup], ''), ([interrupt, interrupt], ''), ([term, hup], ''),
                             ([hup, interrupt, hup, interrupt, term], 'HUP INT')):
        settings.unlink(missing_ok=True)
        script = f'trap "" {ignored}; exec "$@"' if ignored else 'exec "$@"'
        app = subprocess.Popen(['sh', '-c', script, 'sh', window.program, '--log', '-'],
                               env=window.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        read_until(app, 'layout')
        for number in numbers:
            app.send_signal(number)
            time.sleep(.005)
        app.stdout.read()
        if app.wait(10) != 0 or not settings.exists():
            raise Failure(f'status {app.returncode} after {numbers}, settings {settings.exists()}')


def check_loss(window):
    """What was taught and cannot be saved is asked about, and who quits all the same is told."""
    with tempfile.TemporaryDirectory() as folder:
        other = Window(window.program, None, pathlib.Path(folder), stderr=subprocess.PIPE)
        try:
            other.wait('layout')
            (pathlib.Path(folder) / 'inkling' / 'my-digits.unp').mkdir(parents=True)
            other.draw(DRAWN[7])
            other.settle()
            other.mouse('key', '7')
            other.wait('my_digits', when=lambda e: e['what'] == 'taught')
            other.mouse('key', 'ctrl+q')
            other.wait('layout', when=lambda e: 'leave-anyway' in e['controls'])
            other.click('leave-anyway')
            said = other.app.communicate(timeout=10)[1].decode()
            if other.app.returncode != 1 or 'is lost' not in said:
                raise Failure(f'status {other.app.returncode} and "{said}" after a loss')
        finally:
            other.close()


def main():
    if not shutil.which('Xvfb') or not shutil.which('xdotool'):
        return tap.skip('Xvfb or xdotool is missing')
    program = os.path.abspath(sys.argv[1])
    model = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        window = Window(program, model, pathlib.Path(folder))
        try:
            start = time.time()
            window.wait('layout')
            print(f'# first layout after {(time.time() - start) * 1e3:.0f} ms')
            knows = bool(window.events('model'))
            checks = [check_drawing, check_digits, check_teaching, check_steps, check_latency,
                      check_training, check_end, check_lost_log, check_slow_log, check_signals,
                      check_loss]
            if not knows:  # without a model there is nothing to read with
                checks = [check_end]
            return tap.run(checks, window)
        finally:
            window.close()


if __name__ == '__main__':
    sys.exit(main())
