import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Device, StreamState } from '../../contract';
import { silentLogger } from '../../main/base/logger';
import { SimulatedClock } from '../../main/base/simulatedClock';
import { activityOf } from './activity';
import { autostartEntry, xdgAutostart } from './autostart';
import { Questions } from './questions';
import { crashRestart } from './service';

vi.mock('electron', () => ({ powerSaveBlocker: {}, Tray: {}, nativeImage: {}, Menu: {} }));
const { createSleepGuard } = await import('./sleep');
const { trayState } = await import('./tray');
const { texts } = await import('./texts');

const device = (name: string, switches: Partial<Device> = {}) =>
  ({ id: name, name, is_active: true, recording: true, ...switches }) as Device;
const stream = (camera_id: string, phase: StreamState['phase'], recording: boolean) =>
  ({ camera_id, role: 'main', phase, recording }) as StreamState;

describe('what would be lost by quitting', () => {
  it('is every camera that shall record, by name, also one that cannot be reached', () => {
    const activity = activityOf(
      [
        device('Yard'),
        device('Gate'),
        device('Stopped', { is_active: false }),
        device('Watched only', { recording: false }),
        device('Outside its schedule'),
      ],
      [
        stream('Gate', 'running', true),
        stream('Yard', 'backing-off', false),
        stream('Outside its schedule', 'running', false),
      ],
    );
    expect(activity).toEqual({
      cameras: [
        { id: 'Gate', name: 'Gate', recording: true },
        { id: 'Yard', name: 'Yard', recording: false },
      ],
      running: 4,
    });
    expect(trayState(activity)).toBe('attention');
    expect(texts.recording(activity)).toBe('Recording 1 of 2 cameras');
  });

  it('is nothing without cameras', () => {
    const activity = activityOf([], []);
    expect(trayState(activity)).toBe('idle');
    expect(texts.recording(activity)).toBe('Nothing is being recorded');
  });

  it('is listed in a message box that still fits on a screen', () => {
    const names = Array.from({ length: 64 }, (_, index) => `Camera ${String(index)}`);
    expect(texts.quitDetail(names).split('\n')).toHaveLength(10);
    expect(texts.quitDetail(names)).toContain('and 56 more');
  });
});

describe('sleep', () => {
  it('is inhibited once while cameras shall record, and allowed again afterwards', () => {
    const running = new Set<number>();
    let next = 0;
    const guard = createSleepGuard(silentLogger(), {
      start: () => {
        running.add(++next);
        return next;
      },
      stop: (id) => void running.delete(id),
    });
    const recording = activityOf([device('Gate')], [stream('Gate', 'running', true)]);
    const away = activityOf([device('Gate')], [stream('Gate', 'backing-off', false)]);
    guard.follow(recording);
    guard.follow(away);
    expect([...running]).toEqual([1]);
    guard.follow(activityOf([], []));
    expect(running.size).toBe(0);
    guard.follow(recording);
    expect([...running]).toEqual([2]);
    guard.dispose();
    guard.dispose();
    expect(running.size).toBe(0);
  });
});

describe('questions', () => {
  const question = { kind: 'quit' as const, cameras: [], tray: true };
  const setUp = () => {
    const clock = new SimulatedClock();
    const boxes: { gone: AbortSignal; answer: (answer: 'quit' | 'cancel') => void }[] = [];
    const questions = new Questions(
      clock,
      (_question, gone) => new Promise((answer) => boxes.push({ gone, answer })),
    );
    const seen: (number | null)[] = [];
    questions.subscribe(({ question: shown }) => seen.push(shown?.id ?? null));
    return { clock, boxes, questions, seen };
  };

  it('are answered by the page, which needs no message box then', async () => {
    const { clock, boxes, questions, seen } = setUp();
    const answered = questions.ask(question);
    expect(questions.ask(question)).toBe(answered);
    questions.answer(1, 'shown');
    await clock.advance(60_000);
    questions.answer(7, 'quit');
    questions.answer(1, 'cancel');
    expect(await answered).toBe('cancel');
    expect(boxes).toHaveLength(0);
    expect(seen).toEqual([null, 1, null]);
  });

  it('are asked by the platform where the page says nothing, until the page does after all', async () => {
    const { clock, boxes, questions } = setUp();
    const first = questions.ask(question);
    await clock.advance(10_000);
    expect(boxes).toHaveLength(1);
    boxes[0]?.answer('quit');
    expect(await first).toBe('quit');

    const second = questions.ask(question);
    await clock.advance(10_000);
    questions.answer(2, 'cancel');
    expect(await second).toBe('cancel');
    expect(boxes[1]?.gone.aborted).toBe(true);
  });

  it('quitting takes the place of the question before', async () => {
    const { questions } = setUp();
    const background = questions.ask({ ...question, kind: 'background' });
    const quitting = questions.ask(question);
    expect(await background).toBe('cancel');
    questions.answer(2, 'quit');
    expect(await quitting).toBe('quit');
  });
});

describe('starting at login', () => {
  const folder = async () => {
    const made = await mkdtemp(path.join(tmpdir(), 'vas-autostart-'));
    onTestFinished(() => rm(made, { recursive: true, force: true }));
    return made;
  };
  const file = (config: string) => path.join(config, 'autostart', 'vas-workstation.desktop');

  it('is a file that comes and goes, and leaves nothing else', async () => {
    const config = await folder();
    const autostart = xdgAutostart(config, ['/usr/bin/vas-workstation']);
    expect(await autostart.isOn()).toBe(false);
    await autostart.set(false);
    await autostart.set(true);
    await autostart.set(true);
    expect(await autostart.isOn()).toBe(true);
    expect(await readdir(path.dirname(file(config)))).toEqual(['vas-workstation.desktop']);
    expect(await readFile(file(config), 'utf8')).toContain('Exec="/usr/bin/vas-workstation"\n');
    await autostart.set(false);
    expect(await readdir(path.dirname(file(config)))).toEqual([]);
  });

  it('is off where the desktop has switched our file off, and on again when asked', async () => {
    const config = await folder();
    const autostart = xdgAutostart(config, ['/usr/bin/vas-workstation']);
    await autostart.set(true);
    await writeFile(file(config), `${await readFile(file(config), 'utf8')}Hidden=true\n`);
    expect(await autostart.isOn()).toBe(false);
    await autostart.set(true);
    expect(await autostart.isOn()).toBe(true);
  });

  it("touches neither somebody else's file nor what a link leads to", async () => {
    const config = await folder();
    const autostart = xdgAutostart(config, ['/usr/bin/vas-workstation']);
    await mkdir(path.join(config, 'autostart'));
    const foreign = path.join(config, 'foreign');
    await writeFile(foreign, 'kept');
    await symlink(foreign, file(config));
    for (const on of [true, false])
      await expect(autostart.set(on)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await readFile(foreign, 'utf8')).toBe('kept');
    expect(await autostart.isOn()).toBe(false);
  });

  it('says what to do when the folder cannot be written', async () => {
    const config = await folder();
    await writeFile(path.join(config, 'autostart'), 'a file where the folder should be');
    await expect(xdgAutostart(config, ['/a']).set(true)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each([
    ['/opt/My Cameras/vas', '"/opt/My Cameras/vas"'],
    ['/opt/100%/vas', '"/opt/100%%/vas"'],
    [
      '/opt/$HOME/`id`/"x"',
      String.raw`"/opt/\\$HOME/\\` + '`id' + String.raw`\\` + '`/' + String.raw`\\"x\\""`,
    ],
    [String.raw`/a\b`, String.raw`"/a\\\\b"`],
  ])('quotes %s', (argument, expected) => {
    expect(autostartEntry([argument]).split('\n')).toContain(`Exec=${expected}`);
  });

  it('refuses a command that would add lines', () => {
    expect(() => autostartEntry(['/a\nExec=/b'])).toThrow(RangeError);
  });
});

describe.runIf(process.platform === 'linux')('restart after a crash', () => {
  const answering = (code: number | null, output: string) =>
    crashRestart(() => Promise.resolve({ code, output }));

  it.each([
    [0, 'enabled', { available: true, on: true }],
    [1, 'disabled', { available: true, on: false }],
    [
      1,
      'Failed to get unit file state for vas-workstation.service: No such file or directory',
      { available: false },
    ],
    [1, 'Failed to connect to bus: No medium found', { available: false }],
    [1, 'masked', { available: false }],
    [null, '', { available: false }],
  ])('exit code %s, "%s"', async (code, output, expected) => {
    const state = await answering(code, output).state();
    expect(state).toMatchObject(expected);
    expect(state.reason === null).toBe(state.available);
  });

  it('reports why it could not be switched', async () => {
    await expect(answering(1, 'first\nAccess denied').set(true)).rejects.toThrow(
      /switched on.*Access denied/,
    );
  });
});
