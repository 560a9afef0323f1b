import { describe, expect, it } from 'vitest';
import type { FootagePiece } from '../media/footage';
import type { MediaWorker } from '../media/mediaWorker';
import { playlistText } from './playlist';
import { PlaybackSession } from './session';

const START_US = 1_800_000_000_000_000;
const MINUTE_US = 60_000_000;
const CAMERA = '00000000-0000-4000-8000-000000000001';

/** Two files, of which the second is being written: where it stands in time is not settled yet. */
function footage() {
  let shiftUs = 0;
  let open = true;
  const pieces = (): FootagePiece[] => [
    { file: '/a.mp4', startUs: START_US, endUs: START_US + MINUTE_US, open: false, videoCodec: 'h264' },
    {
      file: open ? '/incoming.mp4' : '/b.mp4',
      startUs: START_US + MINUTE_US + shiftUs,
      endUs: START_US + MINUTE_US + shiftUs + 20_000_000,
      ...{ open, videoCodec: 'h264' },
    },
  ];
  return {
    locate: (_camera: string, fromUs: number, toUs: number) =>
      Promise.resolve(pieces().filter(({ startUs, endUs }) => startUs < toUs && endUs > fromUs)),
    hold: () => ({ dispose: () => undefined }),
    close(byUs: number) {
      shiftUs = byUs;
      open = false;
    },
  };
}

const chunks = Array.from({ length: 10 }, (_none, index) => ({
  ...{ from: index * 2, to: index * 2 + 2, first: index * 20, count: 20 },
}));
const worker = {
  run: () =>
    Promise.resolve({ codec: 'avc1.640028', width: 640, height: 360, parameters: 'same', chunks: chunks }),
} as unknown as MediaWorker;

it.each([-400_000, 3_000, 1_500_000])(
  'what a playlist has told of the file being written is served after it is closed, its start moved by %i us',
  async (byUs) => {
    const source = footage();
    const session = new PlaybackSession(
      { id: 'session', ownerId: 'window', cameraId: CAMERA },
      START_US + MINUTE_US + 9_000_000,
      { footage: source as never, worker, nextStart: () => Promise.resolve(null) },
    );
    await session.grow();
    const told = session.entries.filter(({ wallUs }) => wallUs >= START_US + MINUTE_US);
    expect(told.length).toBe(10);
    source.close(byUs);
    for (const { index } of told) {
      const file = await session.withFile(session.entry(index).fileAtUs, (piece) =>
        Promise.resolve(piece.file),
      );
      expect(file).toBe('/b.mp4');
    }
  },
);

it('a file whose clock was slewed plays on without a seam, and says how long a part takes by the wall', async () => {
  // 20 s of media in 19.99 s of wall clock.
  const FILE_US = 19_990_000;
  const at = (index: number): FootagePiece => ({
    ...{ file: `/${String(index)}`, startUs: START_US + index * FILE_US, videoCodec: 'h264', open: false },
    endUs: START_US + (index + 1) * FILE_US,
  });
  const source = {
    locate: (_camera: string, fromUs: number, toUs: number) =>
      Promise.resolve([at(0), at(1)].filter(({ startUs, endUs }) => startUs < toUs && endUs > fromUs)),
    hold: () => ({ dispose: () => undefined }),
  };
  const session = new PlaybackSession({ id: 'session', ownerId: 'window', cameraId: CAMERA }, START_US, {
    ...{ footage: source as never, worker, nextStart: () => Promise.resolve(null) },
  });
  await session.grow();
  expect(session.entries.map(({ mediaSeconds }) => mediaSeconds)).toEqual(
    Array.from({ length: 20 }, (_none, index) => index * 2),
  );
  expect(session.entries.every(({ seconds }) => seconds === 2)).toBe(true);
  expect((session.entries[5]?.wallUs ?? 0) - START_US).toBe(9_995_000);
  // A moment half way through a part is half way through its media.
  const { mediaSeconds } = session.placeOf(START_US + 9_995_000 + 999_500);
  expect(mediaSeconds).toBeCloseTo(11, 6);
});

describe('hours of playing', () => {
  const FILE_US = 20_000_000;
  /** Files of twenty seconds for ever, but for an hour after each of these. */
  function played(gapsAfterUs: readonly number[] = []) {
    const isGap = (us: number): boolean =>
      gapsAfterUs.some((gap) => us >= START_US + gap && us < START_US + gap + 60 * MINUTE_US);
    const pieces = function* (fromUs: number, toUs: number): Generator<FootagePiece> {
      for (let at = fromUs - (fromUs % FILE_US); at < toUs; at += FILE_US)
        if (at >= START_US && !isGap(at))
          yield { file: `/${String(at)}`, startUs: at, endUs: at + FILE_US, open: false, videoCodec: 'h264' };
    };
    const source = {
      locate: (_camera: string, fromUs: number, toUs: number) => Promise.resolve([...pieces(fromUs, toUs)]),
      hold: () => ({ dispose: () => undefined }),
    };
    const nextStart = (_camera: string, us: number) => {
      const [next] = pieces(us, us + 120 * MINUTE_US);
      return Promise.resolve(next?.startUs ?? null);
    };
    return new PlaybackSession({ id: 'session', ownerId: 'window', cameraId: CAMERA }, START_US, {
      ...{ footage: source as never, worker, nextStart },
    });
  }

  /** Asks for the list and then for the next part, as the player does. @returns its wall clock */
  async function step(session: PlaybackSession, index: number): Promise<number> {
    await session.grow();
    return session.entry(index).wallUs;
  }

  it('cost no more than minutes: the list lets go of what lies far behind', async () => {
    const session = played();
    let most = 0;
    for (let index = 0; index < 5400; index++) {
      expect(await step(session, index)).toBe(START_US + index * 2_000_000);
      most = Math.max(most, session.entries.length);
    }
    // Five minutes behind, 40 s ahead, and the file that reaches beyond.
    expect(most).toBeLessThanOrEqual((300 + 40 + 20) / 2 + 2);
    await session.grow();
    const first = session.entries[0]?.index ?? 0;
    expect(first).toBe(5400 - 150);
    const list = playlistText(session);
    expect(list).toContain(`#EXT-X-MEDIA-SEQUENCE:${String(first)}\n`);
    expect(list).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:0\n');
    expect(list).not.toContain('PLAYLIST-TYPE');
    expect(list.match(/chunk\/\d+/g)?.map((uri) => Number(uri.slice(6)))).toEqual(
      session.entries.map(({ index }) => index),
    );
    expect(session.entry(first).index).toBe(first);
    expect(() => session.entry(first - 1)).toThrow('no such part');
  });

  it('over gaps keep what is behind by what was played, and number the discontinuities', async () => {
    const session = played([10 * MINUTE_US, 80 * MINUTE_US]);
    const wall: number[] = [];
    // Ten minutes, a gap, ten minutes, a gap, one minute.
    for (let index = 0; index < 630; index++) wall.push(await step(session, index));
    await session.grow();
    expect((wall[300] ?? 0) - (wall[299] ?? 0)).toBeGreaterThan(60 * MINUTE_US);
    // Just over the second gap, the minutes before it are still there.
    expect(session.entries[0]?.index).toBe(630 - 150);
    expect(session.discontinuitiesBefore).toBe(1);
    const list = playlistText(session);
    expect(list).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:1\n');
    expect(list.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1);
    expect(list.split('\n').filter((line) => line.startsWith('#EXT-X-MAP'))).toHaveLength(2);
  });
});
