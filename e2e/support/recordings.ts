import path from 'node:path';
import { expect } from '@playwright/test';
import type { ResponseOf } from '../../contract';
import type { RunningApp } from '../app';
import { probeFile } from './ffprobe';
import type { ProbedFile } from './ffprobe';
import { filesBelow, incomingRuns, newestOfRun, recordedFiles, sizeOf } from './files';
import { until } from './wait';

export type Segment = ResponseOf<'recordings.segments'>['segments'][number];

/** Registered segments of a camera, oldest first. */
export async function segmentsOf(app: RunningApp, cameraId: string): Promise<Segment[]> {
  const { segments } = await app.vas.query('recordings.segments', {
    device_id: cameraId,
    start: new Date(Date.now() - 86_400_000).toISOString(),
    end: new Date(Date.now() + 60_000).toISOString(),
  });
  return [...segments].sort((a, b) => a.start.localeCompare(b.start));
}

/** Bytes of a camera that are on disk now. */
export function recordedBytes(app: RunningApp, cameraId: string): number {
  return recordedFiles(app.dataDir, cameraId).reduce((sum, file) => sum + sizeOf(file), 0);
}

/** Waits until footage of a camera is being written. */
export async function whenRecording(app: RunningApp, cameraId: string, timeoutMs = 30_000): Promise<void> {
  const from = recordedBytes(app, cameraId);
  await until('recorded bytes grow', () => recordedBytes(app, cameraId) > from, { timeoutMs });
}

/** Waits for footage of a run of FFmpeg that is not among `known`; resolves with the run. */
export function whenNewRun(
  app: RunningApp,
  cameraId: string,
  known: readonly string[],
  timeoutMs = 30_000,
): Promise<string> {
  return until(
    'footage of a new run',
    () =>
      incomingRuns(app.dataDir, cameraId).find((run) => {
        const file = known.includes(run) ? null : newestOfRun(app.dataDir, cameraId, run);
        // More than the header of an empty fragmented MP4.
        return file !== null && sizeOf(file) > 4_096;
      }),
    { timeoutMs, everyMs: 20 },
  );
}

/** Reads every recorded file of the data folder with ffprobe. @returns what it found by file */
export async function readEverySegment(dataDir: string, cameraId?: string): Promise<Map<string, ProbedFile>> {
  const found = new Map<string, ProbedFile>();
  expect(filesBelow(path.join(dataDir, 'recordings', 'quarantine')), 'unusable footage').toEqual([]);
  for (const file of recordedFiles(dataDir, cameraId)) found.set(file, await probeFile(file));
  for (const [file, probed] of found) {
    expect(probed.video, file).not.toBeNull();
    expect(probed.packets, file).toBeGreaterThan(0);
  }
  return found;
}

/** Asserts that registered segments of a camera are in order and do not overlap. */
export function expectNoOverlap(segments: readonly Segment[]): void {
  for (const [index, segment] of segments.entries()) {
    expect(Date.parse(segment.end), `segment ${segment.id} has a length`).toBeGreaterThan(
      Date.parse(segment.start),
    );
    const next = segments[index + 1];
    if (next) expect(Date.parse(next.start), 'no overlap').toBeGreaterThanOrEqual(Date.parse(segment.end));
  }
}
