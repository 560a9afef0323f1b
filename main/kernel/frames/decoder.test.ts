import { describe, expect, it } from 'vitest';
import type { TapRun, TapStats } from '../../../native';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { Child, ChildExit, ChildOptions } from '../process/child';
import type { DecodeOffer } from './acceleration';
import { Decoder } from './decoder';

const idle: TapStats = {
  published: 0,
  refused: 0,
  misfits: 0,
  newestFrameId: 0,
  epoch: 0,
  width: 0,
  height: 0,
  losses: 0,
  complaints: 0,
  packets: 0,
  keyFrames: 0,
  running: true,
  changed: false,
  problem: '',
  log: [],
};

class FakeChild {
  alive = true;
  readonly exited: Promise<ChildExit>;
  #end: (exit: ChildExit) => void = () => undefined;
  constructor(
    readonly pid: number,
    readonly options: ChildOptions,
  ) {
    this.exited = new Promise((resolve) => (this.#end = resolve));
  }
  exit(code: number): void {
    this.alive = false;
    this.#end({ code, signal: null, error: null });
  }
  stop(): Promise<ChildExit> {
    this.exit(255);
    return this.exited;
  }
}

function bench(offer: Partial<DecodeOffer> = {}) {
  const clock = new SimulatedClock();
  const children: FakeChild[] = [];
  const calls: string[] = [];
  let stats = idle;
  let refuse: string | null = null;
  const runs: TapRun[] = [];
  const decoder = new Decoder({
    ffmpegPath: 'ffmpeg',
    tap: {
      start: (run) => {
        runs.push(run);
        stats = idle;
        calls.push('start');
        return { input: 10, output: 11, log: 12 };
      },
      spawned: () => calls.push('spawned'),
      stop: () => calls.push('stop'),
      stats: () => stats,
    },
    onEnded: () => calls.push('ended'),
    nextRun: () =>
      refuse === null
        ? Promise.resolve({ path: '/x', cameraId: 'a', capacity: 8, maxBytes: 1, firstEpoch: 1, epochs: 4 })
        : Promise.reject(new Error(refuse)),
    spawn: (options) => {
      const child = new FakeChild(2 ** 30 + children.length, options);
      children.push(child);
      return child as unknown as Child;
    },
    offer: { platform: 'linux', methods: [], devices: [], ...offer },
    clock,
    log: silentLogger(),
    child: {},
  });
  return {
    clock,
    decoder,
    children,
    calls,
    runs,
    source: { codec: 'h264', hintPts: () => 90_000.4 },
    alive: () => children.filter((child) => child.alive).length,
    refuse: (why: string | null) => (refuse = why),
    /** Pictures and key frames go on for so many seconds. */
    async play(seconds: number, what: { pictures: boolean | 'refused'; keyFrames: boolean }) {
      for (let i = 0; i < seconds; i++) {
        stats = {
          ...stats,
          published: stats.published + (what.pictures === true ? 10 : 0),
          refused: stats.refused + (what.pictures === 'refused' ? 10 : 0),
          keyFrames: stats.keyFrames + (what.keyFrames ? 1 : 0),
        };
        await clock.advance(1000);
      }
    },
    tell(change: Partial<TapStats>) {
      stats = { ...stats, ...change };
      decoder.tapChanged();
    },
    settle: () => clock.advance(0),
  };
}

describe('the decoder', () => {
  it('runs exactly while frames are wanted and the ingest runs', async () => {
    const { decoder, source, children, calls, alive, settle, runs, tell } = bench();
    expect(decoder.status.phase).toBe('off');
    decoder.setRate(10);
    await settle();
    expect([decoder.status.phase, alive()]).toEqual(['waiting', 0]);
    decoder.setSource(source);
    await settle();
    expect([decoder.status.phase, alive(), runs[0]?.hintPts]).toEqual(['starting', 1, 90_000]);
    expect(children[0]?.options).toMatchObject({
      label: 'decoder',
      descriptors: { input: 10, output: 11, error: 12 },
    });
    tell({ published: 1 });
    expect(decoder.status.phase, 'with the first picture, not with the next look').toBe('running');
    // Our copies of the decoder's ends are closed, or its end would never be noticed.
    expect(calls).toEqual(['start', 'spawned']);
    decoder.setSource(null);
    await settle();
    expect([decoder.status.phase, alive()]).toEqual(['waiting', 0]);
    decoder.setSource(source);
    await settle();
    decoder.setRate(undefined);
    await settle();
    expect([decoder.status.phase, alive(), children.length]).toEqual(['off', 0, 2]);
    expect(calls.slice(-2)).toEqual(['stop', 'ended']);
  });

  it('is started anew at once for more, later for much less, never for a little', async () => {
    const { decoder, source, children, clock, settle } = bench();
    decoder.setSource(source);
    decoder.setRate(10);
    await settle();
    decoder.setRate(20);
    await settle();
    expect([children.length, decoder.status.rate]).toEqual([2, 20]);
    decoder.setRate(12);
    await clock.advance(60_000);
    expect(children.length).toBe(2);
    decoder.setRate(4);
    await clock.advance(9000);
    decoder.setRate(20);
    await clock.advance(60_000);
    expect(children.length).toBe(2);
    decoder.setRate(4);
    await clock.advance(11_000);
    expect([children.length, decoder.status.rate]).toEqual([3, 4]);
    await decoder.dispose();
  });

  it('that dies is started again, with growing pauses until it runs for a while', async () => {
    const { decoder, source, children, clock, play, settle } = bench();
    decoder.setSource(source);
    decoder.setRate(10);
    await settle();
    const pauses: number[] = [];
    for (let i = 0; i < 7; i++) {
      children.at(-1)?.exit(1);
      const count = children.length;
      let ms = 0;
      for (; children.length === count && ms < 60_000; ms += 100) await clock.advance(100);
      pauses.push(ms);
    }
    expect(pauses.map((ms) => Math.round(ms / 500) * 500)).toEqual([
      500, 1000, 2000, 5000, 10_000, 10_000, 10_000,
    ]);
    expect(decoder.status.restarts).toBe(7);
    await play(15, { pictures: true, keyFrames: true });
    expect(decoder.status.phase).toBe('running');
    children.at(-1)?.exit(1);
    await clock.advance(600);
    expect(children.length).toBe(9);
    await decoder.dispose();
  });

  it('that gives no pictures although key frames go in is given up; a stream that pauses is not its fault', async () => {
    const { decoder, source, children, play, settle } = bench();
    decoder.setSource(source);
    decoder.setRate(10);
    await settle();
    await play(5, { pictures: true, keyFrames: true });
    await play(60, { pictures: false, keyFrames: false });
    expect(children.length).toBe(1);
    await play(9, { pictures: false, keyFrames: true });
    expect(children.length).toBe(2);
    expect(decoder.status.problem).toBe('The decoder gives no pictures.');
    await decoder.dispose();
  });

  it('all of whose pictures are refused for long is given up, but not for one long group of pictures', async () => {
    const { decoder, source, children, play, settle } = bench();
    decoder.setSource(source);
    decoder.setRate(10);
    await settle();
    await play(5, { pictures: true, keyFrames: true });
    await play(60, { pictures: 'refused', keyFrames: false });
    expect(children.length).toBe(1);
    await play(1, { pictures: true, keyFrames: true });
    await play(29, { pictures: 'refused', keyFrames: true });
    expect(children.length).toBe(1);
    await play(4, { pictures: 'refused', keyFrames: true });
    expect([children.length, decoder.status.problem]).toEqual([
      2,
      'All pictures of the decoder may be damaged.',
    ]);
    await decoder.dispose();
  });

  it('that was begun anew right after it failed is not disturbed by the retry', async () => {
    const { decoder, source, children, tell, play, settle } = bench();
    decoder.setSource(source);
    decoder.setRate(10);
    await settle();
    tell({ running: false, problem: 'ended' });
    // The ingest reconnects before the failure has been dealt with.
    decoder.setSource(source);
    await settle();
    expect(children.length).toBe(2);
    await play(20, { pictures: true, keyFrames: true });
    expect(children.length).toBe(2);
    await decoder.dispose();
  });

  it('is started anew at once when the pictures change, and with a reason when its output ends', async () => {
    const { decoder, source, children, tell, clock, settle } = bench();
    decoder.setSource(source);
    decoder.setRate(null);
    await settle();
    tell({ changed: true });
    await settle();
    expect([children.length, decoder.status.restarts]).toEqual([2, 0]);
    tell({ running: false, problem: 'no room', log: ['a'] });
    tell({ running: false, problem: 'no room', log: ['a'] });
    await settle();
    expect(decoder.status).toMatchObject({
      phase: 'backing-off',
      problem: 'no room',
      restarts: 1,
      pid: null,
    });
    await clock.advance(600);
    expect(children.length).toBe(3);
    await decoder.dispose();
  });

  it('decodes on the processor after hardware gave nothing', async () => {
    const { decoder, source, children, clock, settle } = bench({
      methods: ['vaapi'],
      devices: ['/dev/dri/renderD128'],
    });
    decoder.setSource(source);
    decoder.setRate(10);
    await settle();
    expect(decoder.status.decoding?.method).toBe('vaapi');
    children[0]?.exit(1);
    await clock.advance(600);
    expect(decoder.status.decoding?.method).toBeNull();
    expect(children[1]?.options.args).not.toContain('-hwaccel');
    await decoder.dispose();
  });

  it('waits and says why when there is no room for its frames', async () => {
    const { decoder, source, children, clock, refuse, settle } = bench();
    refuse('Shared memory has no room');
    decoder.setSource(source);
    decoder.setRate(10);
    await settle();
    expect(decoder.status).toMatchObject({ phase: 'backing-off', problem: 'Shared memory has no room' });
    refuse(null);
    await clock.advance(600);
    expect(children.length).toBe(1);
    await decoder.dispose();
  });

  it('leaves nothing behind when it is disposed while it starts', async () => {
    const { decoder, source, alive, clock } = bench();
    decoder.setSource(source);
    decoder.setRate(10);
    await decoder.dispose();
    await clock.advance(60_000);
    expect(alive()).toBe(0);
    expect(decoder.status.phase).toBe('off');
  });
});
