import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../base/clock';
import { silentLogger } from '../base/logger';
import type { ModelContainers, ModelStatus } from '../containers/containers';
import { Trials } from './trials';

let folder: string;
/** Stands for FFmpeg: a picture of 2 x 2 pixels, whatever it is asked. */
let ffmpeg: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-trials-'));
  ffmpeg = path.join(folder, 'ffmpeg');
  const script = "#!/bin/sh\ncat > /dev/null\nprintf 'YUV4MPEG2 W2 H2\\nFRAME\\nabcdef'\n";
  await writeFile(ffmpeg, script, { mode: 0o700 });
});
afterAll(() => rm(folder, { recursive: true }));

/** Trials of one model whose container takes as long to start as the test wants, and whose picture does. */
function bench(isWanted = false) {
  let state: ModelStatus['state'] = 'stopped';
  let ready = (): void => undefined;
  let show = (): void => undefined;
  const started = new Promise<void>((resolve) => (ready = resolve));
  const picture = new Promise<{ jpeg: Uint8Array }>(
    (resolve) => (show = () => resolve({ jpeg: new Uint8Array(4) })),
  );
  const containers = {
    get: () => ({ state, manifest: { confidence_threshold: 0.5 }, device: null }) as unknown as ModelStatus,
    start: vi.fn(async () => {
      state = 'starting';
      await started;
      if (state !== 'starting') throw new Error('stopped meanwhile');
      state = 'ready';
    }),
    stop: vi.fn(() => {
      state = 'stopped';
      ready();
      return Promise.resolve();
    }),
    infer: () => Promise.resolve({ ok: false, failure: 'error', message: 'no model' }),
  };
  const livePicture = vi.fn(() => picture);
  const trials = new Trials({
    containers: containers as unknown as ModelContainers,
    isWanted: () => isWanted,
    livePicture,
    ...{ exportDir: folder, ffmpeg, clock: systemClock, log: silentLogger() },
    dialogs: { openFile: () => Promise.resolve(null) } as never,
  });
  const run = (owner: string): Promise<unknown> => {
    const ran = trials.run(owner, { model_id: 'people', source: { camera_id: 'c' } });
    // Looked at later.
    ran.catch(() => undefined);
    return ran;
  };
  return { trials, containers, run, show, state: () => state };
}

describe('a trial', () => {
  it.each([
    ['its dialog', (trials: Trials) => trials.close('w', 'people')],
    ['its window', (trials: Trials) => Promise.resolve(trials.closeOwner('w'))],
  ])('starts nothing when %s was closed while the picture was read', async (_name, close) => {
    const { trials, containers, run, show } = bench();
    const ran = run('w');
    await close(trials);
    show();
    await expect(ran).rejects.toThrow('The trial was closed');
    expect(containers.start).not.toHaveBeenCalled();
    expect(containers.stop).not.toHaveBeenCalled();
  });

  it('stops a container that still starts when its dialog is closed', async () => {
    const { trials, containers, run, show, state } = bench();
    const ran = run('w');
    show();
    await expect.poll(() => containers.start.mock.calls.length).toBe(1);
    await trials.close('w', 'people');
    await expect(ran).rejects.toThrow();
    expect(state()).toBe('stopped');
  });

  it('keeps a container while another window still tries the model, and one that cameras use', async () => {
    const { trials, containers, run, show } = bench();
    const ran = run('w');
    void run('v');
    show();
    await expect.poll(() => containers.start.mock.calls.length).toBe(2);
    await trials.close('w', 'people');
    expect(containers.stop).not.toHaveBeenCalled();
    await trials.close('v', 'people');
    expect(containers.stop).toHaveBeenCalledTimes(1);
    await expect(ran).rejects.toThrow();

    const used = bench(true);
    void used.run('w');
    used.show();
    await expect.poll(() => used.containers.start.mock.calls.length).toBe(1);
    await used.trials.close('w', 'people');
    expect(used.containers.stop).not.toHaveBeenCalled();
  });
});
