import { beforeAll, describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { segmentFileName } from './layout';
import { CAMERA, recorderStation } from './testing/recorderStation';
import { segmentSample } from './testing/segmentFile';

let sample: Buffer;

beforeAll(async () => {
  sample = await segmentSample();
});

const DIED = new VasError('unavailable', 'Reading or writing media failed. Try again.');
const LATE = new VasError('timeout', 'The database did not answer within 5 s.');
const UNREADABLE = new VasError('unavailable', 'EIO', { details: { code: 'EIO' } });

/** A camera that records; each examination of a file asks `fails` first. */
async function station(fails: (file: string) => VasError | null) {
  const at = await recorderStation(sample, true);
  at.hooks.onOperation = (operation, [file]) => {
    const failure = operation === 'examine' ? fails(String(file)) : null;
    if (failure) throw failure;
  };
  return at;
}

describe('a closed segment that cannot be settled', () => {
  it('is tried again until the thread that reads lives again', async () => {
    let isDown = true;
    const at = await station(() => (isDown ? DIED : null));
    at.write();
    await at.close();
    await at.recorder.pieces();
    expect(at.recorder.unsettled).toEqual({ count: 1, failures: 1 });
    expect(await at.recorded()).toEqual([]);
    await at.clock.advance(3000);
    expect(at.recorder.unsettled).toEqual({ count: 1, failures: 3 });
    isDown = false;
    await at.clock.advance(5000);
    expect(await at.recorded()).toEqual([0]);
    expect(at.recorder.unsettled).toEqual({ count: 0, failures: 3 });
    expect(at.clock.pendingTimers).toBe(0);
  });

  it('is tried again when the index missed its deadline', async () => {
    const at = await station(() => null);
    let isBusy = true;
    at.hooks.onRead = (query) => {
      if (isBusy && query === 'findSegments') throw LATE;
    };
    at.write();
    await at.close();
    await at.recorder.pieces();
    isBusy = false;
    await at.clock.advance(1000);
    expect(await at.recorded()).toEqual([0]);
  });

  it('keeps those behind it waiting, so that each finds its place behind the one before', async () => {
    let isDown = true;
    const at = await station(() => (isDown ? DIED : null));
    for (let index = 0; index < 3; index++) {
      at.write();
      await at.close();
    }
    expect(await at.recorder.pieces(), 'nobody waits for it').toEqual([]);
    expect(at.recorder.unsettled.count).toBe(3);
    isDown = false;
    await at.clock.advance(10_000);
    expect(await at.recorded()).toEqual([0, 2, 4]);
    expect(await at.left()).toEqual([]);
  });

  it('is tried again once at a time, however many are told of while it is tried', async () => {
    const at = await station(() => DIED);
    for (let index = 0; index < 3; index++) {
      const file = segmentFileName(at.run.start.runId, index);
      at.write();
      at.recorder.segmentClosed(at.run, { file, startSeconds: index * 2, endSeconds: index * 2 + 2 });
    }
    await at.recorder.pieces();
    expect(at.recorder.unsettled).toEqual({ count: 3, failures: 1 });
    expect(at.clock.pendingTimers).toBe(1);
  });

  it('by its own fault is left for the next start in the end, and those behind it go on', async () => {
    let isDamaged = true;
    const at = await station((file) => (isDamaged && file.endsWith('-00000.mp4') ? UNREADABLE : null));
    for (let index = 0; index < 2; index++) {
      at.write();
      await at.close();
    }
    await at.clock.advance(60_000);
    expect(await at.recorded()).toEqual([]);
    await at.clock.advance(60_000);
    expect(await at.recorded()).toEqual([2]);
    expect(at.clock.pendingTimers).toBe(0);
    expect(await at.left()).toEqual(['00000']);
    isDamaged = false;
    expect(await at.heal()).toEqual({ registered: 1, discarded: 0, quarantined: 0 });
    expect(await at.recorded()).toEqual([0, 2]);
  });

  it('is never left alone as long as it is the index that fails', async () => {
    const at = await station(() => null);
    let isBusy = true;
    at.hooks.onRead = (query) => {
      if (isBusy && query === 'findSegments') throw LATE;
    };
    at.write();
    await at.close();
    await at.clock.advance(3_600_000);
    expect(at.recorder.unsettled.count).toBe(1);
    isBusy = false;
    await at.clock.advance(60_000);
    expect(await at.recorded()).toEqual([0]);
  });

  it('waits for the next start when the application ends, with its note', async () => {
    const at = await station(() => DIED);
    at.write();
    await at.close();
    await at.recorder.closeRun(at.run);
    await at.recorder.dispose();
    expect(at.clock.pendingTimers).toBe(0);
    expect(await at.heal()).toEqual({ registered: 1, discarded: 0, quarantined: 0 });
    expect(await at.recorded()).toEqual([0]);
    expect((await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER))[0]?.runId).toBe(
      at.run.start.runId,
    );
  });

  it('is the one that was being written when its folder cannot be listed at the end of the run', async () => {
    const at = await recorderStation(sample, true);
    let isDown = true;
    at.hooks.onOperation = (operation) => {
      if (isDown && (operation === 'listTree' || operation === 'examine')) throw DIED;
    };
    at.write();
    await at.recorder.closeRun(at.run);
    isDown = false;
    await at.clock.advance(1000);
    expect(await at.recorded()).toEqual([0]);
  });
});
