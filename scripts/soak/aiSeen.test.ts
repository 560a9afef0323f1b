import { expect, it } from 'vitest';
import { AiLog } from './aiSeen';

const seen = (published: number, stored: number, torn = 0) => ({
  frames: {
    ...{ is_running: true, published, overwritten: 1, torn, stale_reads: 0, unreadable: 0, decoders: [] },
  },
  store: {
    databases: [],
    events: {
      ...{ stored, media_failed: 0 },
      dropped: { invalid: 0, unknown_camera: 1, overload: 0, store: 2 },
    },
  },
});

it('adds up the last look at each life of the application', () => {
  const log = new AiLog();
  expect(log.total.frames).toBe(0);
  log.look(1, seen(10, 1));
  log.look(1, seen(40, 3));
  log.look(2, seen(5, 1, 1));
  expect(log.total).toEqual({
    ...{ frames: 45, torn: 1, overwritten: 2, stale: 0, unreadable: 0 },
    ...{ eventsStored: 4, eventsDropped: 6, mediaFailed: 0 },
  });
});
