import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../base/logger';
import { createMediaJobs } from '../media/jobs';
import { createMediaWorker } from '../media/mediaWorker';
import { run } from '../media/testing/run';
import { record } from '../recording/testing/camera';
import { CAMERA, MEDIA_WORKER, workstation } from '../recording/testing/workstation';
import { Playback } from './playback';

/** A tone is heard from here to there, seconds. */
const [BEGINS, ENDS, LENGTH] = [5, 8, 12];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-sound-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function video(codec: string | null): Promise<string> {
  const file = path.join(folder, `${codec ?? 'silent'}.mp4`);
  const tone = `aevalsrc='if(between(t,${String(BEGINS)},${String(ENDS)}),0.4*sin(2*PI*440*t),0)':s=48000:d=${String(LENGTH)}`;
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=s=160x96:r=10:d=${String(LENGTH)}`],
    ...(codec === null ? [] : ['-f', 'lavfi', '-i', tone, '-c:a', codec]),
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '10',
      '-keyint_min',
      '10',
      '-strict',
      '-2',
      '-y',
      file,
    ],
  ]);
  return file;
}

async function heard(codec: string | null) {
  const at = await workstation();
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log);
  const jobs = createMediaJobs({ ffmpeg: 'ffmpeg', log });
  onTestFinished(async () => {
    await jobs.dispose();
    await worker.dispose();
  });
  const playback = new Playback({ read: at.store.read, footage: at.recording, worker, jobs, log });
  const camera = await record(at.recording, {
    ...{ cameraId: CAMERA, video: await video(codec), shiftUs: -60e6, paced: false },
  });
  await camera.ended();
  const session = await playback.open('window', CAMERA, camera.startUs + 1e6, []);
  const ask = async (from: number, to: number) => {
    const [fromUs, toUs] = [from, to].map((seconds) => String(Math.round(camera.startUs + seconds * 1e6)));
    const { body } = await playback.answer([session.id, 'sound', fromUs ?? '', toUs ?? '']);
    const bytes = Buffer.from(body as Uint8Array);
    const length = bytes.readUInt32BE(0);
    const head = JSON.parse(bytes.toString('utf8', 4, 4 + length)) as { rate: number; has_sound: boolean };
    return { head, samples: bytes.subarray(4 + length) };
  };
  return { ask, playback, session };
}

describe('recorded sound', () => {
  it.each(['aac', 'libopus', 'libmp3lame'])(
    '%s is answered sample by sample, over the seams of files too',
    async (codec) => {
      const { ask } = await heard(codec);
      const { head, samples } = await ask(1, 11);
      expect(head).toMatchObject({ rate: 24_000, has_sound: true });
      expect(samples.length).toBe(10 * 24_000 * 2);
      const loud: number[] = [];
      for (let tenth = 0; tenth < 100; tenth++) {
        let peak = 0;
        for (let n = 0; n < 2400; n++)
          peak = Math.max(peak, Math.abs(samples.readInt16LE(2 * (tenth * 2400 + n))));
        if (peak > 3000) loud.push(1 + tenth / 10);
      }
      expect(Math.abs((loud[0] ?? 0) - BEGINS)).toBeLessThan(0.25);
      expect(Math.abs((loud.at(-1) ?? 0) + 0.1 - ENDS)).toBeLessThan(0.25);
      // Files are two seconds long: at their seams nothing is left out.
      expect(loud.length).toBeGreaterThanOrEqual(28);
    },
    60_000,
  );

  it('says that there is none, and refuses stretches without an end', async () => {
    const { ask, playback, session } = await heard(null);
    const { head, samples } = await ask(1, 4);
    expect(head.has_sound).toBe(false);
    expect(samples.every((byte) => byte === 0)).toBe(true);
    await expect(playback.answer([session.id, 'sound', '5', '5'])).rejects.toThrow('20 seconds');
    await expect(playback.answer([session.id, 'sound', '0', '30000000'])).rejects.toThrow('20 seconds');
  }, 60_000);
});
