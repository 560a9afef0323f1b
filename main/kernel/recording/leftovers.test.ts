import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { incomingFolder, noteFileName, segmentFileName } from './layout';
import type { RecorderStation } from './testing/recorderStation';
import { CAMERA, recorderStation, ROOT, SECONDS } from './testing/recorderStation';
import { segmentSample } from './testing/segmentFile';

let sample: Buffer;

beforeAll(async () => {
  sample = await segmentSample();
});

/** Some whole segments. */
async function record(at: RecorderStation, segments: number): Promise<void> {
  for (let index = 0; index < segments; index++) {
    at.write();
    await at.close();
    await at.recorder.pieces();
  }
}

const failure = (code: string) => Object.assign(new Error(code), { code });

/** The disk fails, so that what is closed waits for its row. */
function failToRegister(at: RecorderStation): void {
  at.hooks.onOperation = (operation) => {
    if (operation === 'moveDurably') throw failure('EIO');
  };
}

describe('what a crash left', () => {
  it('is kept although recording was switched off before it had its row', async () => {
    const at = await recorderStation(sample, true);
    failToRegister(at);
    await record(at, 2);
    at.recorder.setRecording(false);
    at.write();
    expect(await at.heal()).toEqual({ registered: 2, discarded: 1, quarantined: 0 });
    expect(await at.recorded()).toEqual([0, 2]);
    expect(await at.left()).toEqual([]);
  });

  it('is kept up to where recording was switched off', async () => {
    const at = await recorderStation(sample, true);
    at.write();
    at.recorder.progress(at.run, 1);
    at.recorder.setRecording(false);
    await at.recorder.pieces();
    expect(await at.heal()).toEqual({ registered: 1, discarded: 0, quarantined: 0 });
    const [row] = await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
    expect(((row?.endUs ?? 0) - (row?.startUs ?? 0)) / 1e6).toBe(1);
  });

  it('is kept up to there also when FFmpeg had gone on to the next file', async () => {
    const at = await recorderStation(sample, true);
    failToRegister(at);
    at.write();
    at.recorder.progress(at.run, 1);
    at.recorder.setRecording(false);
    await at.close();
    at.write();
    expect(await at.heal()).toEqual({ registered: 1, discarded: 1, quarantined: 0 });
    const [row] = await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
    expect(((row?.endUs ?? 0) - (row?.startUs ?? 0)) / 1e6).toBe(1);
  });

  it('is not kept when it was of the buffer, although recording was switched on afterwards', async () => {
    const at = await recorderStation(sample, false);
    await record(at, 2);
    at.recorder.setRecording(true);
    await at.close();
    at.write();
    await at.recorder.pieces();
    // The third file has none of its own: FFmpeg had only just begun it.
    expect(await at.heal()).toEqual({ registered: 1, discarded: 2, quarantined: 0 });
    expect(await at.recorded()).toEqual([3 * SECONDS]);
  });

  it('is all kept or not by notes of earlier versions, which have one switch', async () => {
    for (const recording of [true, false]) {
      const at = await recorderStation(sample, true);
      failToRegister(at);
      await record(at, 2);
      const note = at.run.note(recording);
      at.disk.write(
        path.join(incomingFolder(ROOT, CAMERA), noteFileName(at.run.start.runId)),
        Buffer.from(
          JSON.stringify({
            ...{ ...note, version: 1, cutSeconds: undefined },
            waiting: [
              [0, 0],
              [1, SECONDS],
            ],
          }),
        ),
        0,
      );
      const kept = recording ? 2 : 0;
      expect(await at.heal()).toEqual({ registered: kept, discarded: 2 - kept, quarantined: 0 });
      expect(await at.recorded()).toEqual([0, SECONDS].slice(0, kept));
    }
  });

  it('is healed file by file: one that cannot be read costs none of the others', async () => {
    const at = await recorderStation(sample, true);
    failToRegister(at);
    await record(at, 3);
    const damaged = path.join(incomingFolder(ROOT, CAMERA), segmentFileName(at.run.start.runId, 1));
    const report = await at.heal((operation, [file]) => {
      if (operation === 'examine' && file === damaged) throw failure('EIO');
    });
    expect(report).toEqual({ registered: 2, discarded: 0, quarantined: 0 });
    expect(await at.recorded()).toEqual([0, 2 * SECONDS]);
    expect(await at.left()).toEqual(['00001']);
    expect(await at.heal(), 'it has its note as long as it is there').toMatchObject({ registered: 1 });
    expect(await at.recorded()).toEqual([0, SECONDS, 2 * SECONDS]);
  });
});

describe('the buffer of a camera that does not record', () => {
  it('goes with the application, and with it the note', async () => {
    const at = await recorderStation(sample, false);
    await record(at, 2);
    at.write();
    await at.recorder.closeRun(at.run);
    expect(at.recorder.bufferedCount).toBe(3);
    await at.recorder.dispose();
    expect(await at.left()).toEqual([]);
    expect(await at.heal()).toEqual({ registered: 0, discarded: 0, quarantined: 0 });
    expect(at.disk.files.readdirSync(incomingFolder(ROOT, CAMERA))).toEqual([]);
  });

  it('is never taken for footage to keep: its note stays as long as it does', async () => {
    const at = await recorderStation(sample, false);
    await record(at, 2);
    at.write();
    await at.recorder.closeRun(at.run);
    // Killed before the buffer was dropped; the operator's switch is on, only the schedule said no.
    expect((await at.store.read.getDevice(CAMERA))?.recording).toBe(true);
    expect(await at.heal()).toEqual({ registered: 0, discarded: 3, quarantined: 0 });
    expect(await at.recorded()).toEqual([]);
  });

  it('leaves no note behind once it has expired', async () => {
    const at = await recorderStation(sample, false);
    await record(at, 1);
    at.write();
    await at.recorder.closeRun(at.run);
    await at.clock.advance(120_000);
    await at.recorder.expireBuffer();
    await at.clock.advance(0);
    expect(at.disk.files.readdirSync(incomingFolder(ROOT, CAMERA))).toEqual([]);
    expect(at.recorder.run(at.run.start.runId)).toBeNull();
  });
});
