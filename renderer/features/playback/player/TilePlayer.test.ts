import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlaybackClock } from '../clock/PlaybackClock';
import type { MappedPart } from './mediaMap';
import { TilePlayer } from './TilePlayer';

const T0 = Date.parse('2026-11-21T14:00:00Z');
const END = T0 + 10_000;

const { open } = vi.hoisted(() => ({ open: vi.fn<(wanted: { at: number }) => Promise<unknown>>() }));
vi.mock('./TileSession', () => ({ TileSession: { open } }));

/** Answers of the main process, in order; they come when the test lets them. */
let answers: ((reply: unknown) => void)[] = [];
const asked = vi.fn((name: string) => {
  if (name !== 'playback.gap') throw new Error(name);
  return new Promise((resolve) => answers.push(resolve));
});
const noGap = { ok: true, data: { gap: null } };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'], now: 0 });
  vi.stubGlobal('window', { vas: { query: asked } });
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
  asked.mockClear();
  open.mockReset();
  answers = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets everything go on that waits for nothing but promises. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const sessionFrom = (parts: readonly MappedPart[]) => ({
  ...{ start: parts[0]?.wall ?? T0, parts, close: () => undefined },
});

/** A tile with footage of ten seconds, whose session is open. */
async function playing(at: number) {
  const clock = new PlaybackClock(
    at,
    () => performance.now(),
    () => Infinity,
  );
  const states: string[] = [];
  const element = { paused: true, pause: () => undefined, currentTime: 0, readyState: 2, dataset: {} };
  open.mockResolvedValue(sessionFrom([{ wall: T0, media: 0, seconds: 10 }]));
  const player = new TilePlayer({
    ...{ cameraId: 'a', clock },
    video: element as unknown as HTMLVideoElement,
    canvas: { dataset: {} } as unknown as HTMLCanvasElement,
    onState: ({ kind }) => states.push(kind),
  });
  clock.play();
  player.tick();
  await settle();
  return { clock, element, player, states };
}

test('a tile that is removed holds the clock no more, whatever is answered afterwards', async () => {
  const { clock, player, states } = await playing(END + 500);
  player.tick();
  expect([asked.mock.calls.length, clock.isMoving()]).toEqual([1, false]);
  player.stop();
  expect(clock.isMoving()).toBe(true);
  states.length = 0;
  answers[0]?.(noGap);
  await settle();
  expect(clock.isMoving()).toBe(true);
  expect(states).toEqual([]);
});

test('nor does one whose question fails after it was removed', async () => {
  const { player, states } = await playing(END + 500);
  player.tick();
  player.stop();
  answers[0]?.({ ok: false, error: { status: 503, message: 'gone', path: 'playback.gap' } });
  await settle();
  expect(states).toEqual([]);
});

test('at the live end it asks once a second, not once a picture', async () => {
  const { player } = await playing(END + 500);
  for (let picture = 0; picture < 120; picture++) {
    player.tick();
    for (const answer of answers.splice(0)) answer(noGap);
    await settle();
    vi.advanceTimersByTime(1000 / 60);
  }
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(asked.mock.calls.length).toBeLessThanOrEqual(3);
});

test('what lies before what is open is opened at once', async () => {
  const { clock, player } = await playing(T0 + 5000);
  clock.seek(T0 - 60_000);
  player.tick();
  const before = open.mock.calls.length;
  answers[0]?.(noGap);
  await settle();
  expect(open.mock.calls.length).toBe(before + 1);
});

test('a step is made once, however close the next picture lies', async () => {
  const { clock, element, player } = await playing(T0 + 5000);
  clock.pause();
  const places = [T0 + 5000, T0 + 5006, T0 + 5000].map((at) => {
    clock.seek(at);
    player.tick();
    return element.currentTime;
  });
  expect(places).toEqual([5.002, 5.008, 5.002]);
  // In between the element may be left where rounding puts it: it is not sent there again and again.
  element.currentTime += 0.001;
  player.tick();
  expect(element.currentTime).toBe(5.003);
});
