import { expect, it } from 'vitest';
import type { FootagePiece } from '../media/footage';
import type { MediaWorker } from '../media/mediaWorker';
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
