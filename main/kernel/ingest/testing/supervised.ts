import { afterEach, beforeEach, expect } from 'vitest';
import { silentLogger } from '../../../base/logger';
import { SimulatedClock } from '../../../base/simulatedClock';
import type { StreamSpec } from '../../cameras/ports';
import type { StreamEndpoint, StreamInfo, StreamStatus } from '../../streams';
import { createIngest, type Ingest } from '../ingest';
import type { ProbeResult } from '../probe';
import { FakeLive, FakeRecording, fakeRunner, INFO } from './fakes';

export const CAMERA = '00000000-0000-4000-8000-000000000001';
export const endpoint: StreamEndpoint = {
  url: 'rtsp://192.0.2.1/x',
  transport: 'tcp',
  credentials: null,
};
export const refused = ['[tcp @ 0x1] [error] Connection to tcp://192.0.2.1:554 failed: Connection refused'];
export const other: StreamInfo = {
  ...INFO,
  video: { ...INFO.video, width: 1280, height: 720 },
};

/** Made anew for each test. */
export let clock: SimulatedClock;
export let ffmpeg: ReturnType<typeof fakeRunner>;
export let live: FakeLive;
export let recording: FakeRecording;
export let ingest: Ingest;
export let probes: number;
let probeResult: ProbeResult;
export let infos: StreamInfo[];
export let history: StreamStatus[];

export const spec = (more: Partial<StreamSpec> = {}): StreamSpec => ({
  streamId: CAMERA,
  cameraId: CAMERA,
  endpoint: () => Promise.resolve(endpoint),
  info: INFO,
  ...more,
});
export const status = (): StreamStatus => {
  const now = ingest.status(CAMERA);
  if (!now) throw new Error('the stream is stopped');
  return now;
};
export const seen = (): string[] =>
  history.map((entry) => entry.phase).filter((phase, i, all) => phase !== all[i - 1]);
export async function start(more: Partial<StreamSpec> = {}): Promise<void> {
  ingest.start(spec(more));
  await clock.advance(0);
}

/** Each test has a camera of its own; nothing of it is left after the test. */
beforeEach(() => {
  clock = new SimulatedClock();
  ffmpeg = fakeRunner(clock);
  live = new FakeLive();
  recording = new FakeRecording();
  probes = 0;
  probeResult = { ok: true, info: INFO, elapsedMs: 1 };
  infos = [];
  history = [];
  ingest = createIngest({
    ffmpegPath: 'ffmpeg',
    clock,
    log: silentLogger(),
    live,
    recording,
    onInfo: (_, info) => infos.push(info),
    runner: ffmpeg.runner,
    probe: () => {
      probes++;
      return Promise.resolve(probeResult);
    },
    random: () => 0,
  });
  ingest.onStatus((entry) => history.push(entry));
});

afterEach(async () => {
  await ingest.dispose();
  expect(clock.pendingTimers).toBe(0);
  expect(ffmpeg.runs.filter((run) => run.alive)).toEqual([]);
  expect(recording.closed.sort()).toEqual(recording.open.map((run) => run.runId).sort());
  expect(ingest.statuses()).toEqual([]);
});

/** What the next probes find. */
export function answerProbe(result: ProbeResult): void {
  probeResult = result;
}
