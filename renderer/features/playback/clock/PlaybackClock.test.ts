import { expect, test } from 'vitest';
import { PlaybackClock, rateBeside, showsKeyFrames } from './PlaybackClock';

function clockAt(position: number, newest = 1_000_000) {
  const time = { now: 0 };
  return {
    time,
    clock: new PlaybackClock(
      position,
      () => time.now,
      () => newest,
    ),
  };
}

test('it runs at its rate, stands while paused, and goes backwards', () => {
  const { clock, time } = clockAt(10_000);
  time.now = 500;
  expect(clock.position()).toBe(10_000);
  clock.play(2);
  time.now = 1500;
  expect(clock.position()).toBe(12_000);
  clock.setRate(-4);
  time.now = 2000;
  expect(clock.position()).toBe(10_000);
  clock.pause();
  time.now = 9000;
  expect(clock.position()).toBe(10_000);
});

test('it waits for whoever holds it and goes on where it stood', () => {
  const { clock, time } = clockAt(0);
  clock.play(1);
  time.now = 1000;
  clock.hold('a tile');
  clock.hold('another');
  time.now = 5000;
  clock.release('a tile');
  expect(clock.position()).toBe(1000);
  clock.release('another');
  time.now = 6000;
  expect(clock.position()).toBe(2000);
});

test('it never passes the present, and a hand moves it without playing', () => {
  const { clock, time } = clockAt(900_000);
  clock.play(16);
  time.now = 60_000;
  expect(clock.position()).toBe(1_000_000);
  clock.scrub(400_000);
  time.now = 90_000;
  expect(clock.position()).toBe(400_000);
  expect(showsKeyFrames(clock.state())).toBe(true);
  const { jumps } = clock.state();
  clock.endScrub();
  expect(clock.state().jumps).toBe(jumps + 1);
  time.now = 91_000;
  expect(clock.position()).toBe(416_000);
});

test('rates go up and down within their ends; key frames are shown beyond 4x and backwards', () => {
  expect([rateBeside(1, 1), rateBeside(16, 1), rateBeside(0.25, -1), rateBeside(-2, 1)]).toEqual([
    2, 16, 0.25, -4,
  ]);
  const state = { isPlaying: true, isScrubbing: false, jumps: 0 };
  expect([4, 8, -1].map((rate) => showsKeyFrames({ ...state, rate }))).toEqual([false, true, true]);
});
