import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AiEvent, ResponseOf } from '../../../contract';
import type { NativeDialogs } from '../../settings/dialogs';
import type { EventExport } from './eventExports';
import { EventExports } from './eventExports';

const CAMERA = '00000000-0000-4000-8000-00000000000a';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-export-'));
});
afterEach(() => rm(folder, { recursive: true }));

function eventOf(n: number): AiEvent {
  const at = new Date(Date.UTC(2026, 10, 21) + n * 1000).toISOString();
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const none = { snapshot_id: null, clip_id: null, reviewed_at: null, frame_id: null };
  return {
    ...{ ...none, id, camera_id: CAMERA, model_id: 'm', timestamp: at, created_at: at },
    ...{ detections: {}, confidence: 0.5, event_metadata: {} },
  };
}

function exportsOf(count: number, chosen: string, between: () => Promise<void> | void = () => undefined) {
  const list = async ({ cursor, limit }: { cursor?: string | undefined; limit: number }) => {
    const from = Number((cursor ?? '0.0').split('.')[0]);
    const end = Math.min(count, from + limit);
    if (from > 0) await between();
    return {
      events: Array.from({ length: end - from }, (_, index) => eventOf(from + index)),
      ...{ total: count, total_is_exact: true, limit, offset: 0, scanned_to: null },
      next_cursor: end < count ? `${String(end)}.0` : null,
    } satisfies ResponseOf<'ai-events.list'>;
  };
  const dialogs = { saveFile: () => Promise.resolve(chosen) } as Partial<NativeDialogs> as NativeDialogs;
  const states: EventExport[] = [];
  const service = new EventExports({
    queries: () => Promise.resolve({ list }),
    dialogs,
    cameraNames: () => Promise.resolve(new Map([[CAMERA, 'Gate']])),
    log: pino({ level: 'silent' }),
  });
  service.subscribe(({ exports: [state] }) => {
    if (state !== undefined) states.push(state);
  });
  return { service, states };
}

const ended = (states: readonly EventExport[]) =>
  expect.poll(() => states.at(-1)?.state, { timeout: 10_000 }).not.toBe('running');

test('several pages become one file of JSON, with progress', async () => {
  const file = path.join(folder, 'events.json');
  const { service, states } = exportsOf(1_201, file);
  await service.start({}, 'json');
  await ended(states);
  expect(states.at(-1)).toMatchObject({ state: 'done', written: 1_201, total: 1_201 });
  const events = JSON.parse(await readFile(file, 'utf8')) as AiEvent[];
  expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 1_201 }, (_, n) => eventOf(n).id));
  expect(await readdir(folder)).toEqual(['events.json']);
  await service.dispose();
});

test('no events make an empty list', async () => {
  const file = path.join(folder, 'none.json');
  const { service, states } = exportsOf(0, file);
  await service.start({}, 'json');
  await ended(states);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([]);
});

test('a cancelled export leaves what was there before; a second one waits for its turn', async () => {
  const file = path.join(folder, 'events.csv');
  await writeFile(file, 'before');
  let second: unknown = null;
  const { service, states } = exportsOf(5_000, file, async () => {
    second ??= await service.start({}, 'csv').catch((error: unknown) => error);
    service.cancel(states.at(-1)?.id ?? '');
  });
  await service.start({}, 'csv');
  await ended(states);
  expect(states.at(-1)?.state).toBe('cancelled');
  expect(second).toMatchObject({ kind: 'conflict' });
  await expect.poll(() => readdir(folder)).toEqual(['events.csv']);
  expect(await readFile(file, 'utf8')).toBe('before');
});

test('a file that cannot be written is told in words', async () => {
  const { service, states } = exportsOf(3, path.join(folder, 'missing', 'events.csv'));
  await service.start({}, 'csv');
  await ended(states);
  expect(states.at(-1)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('Choose another folder') as unknown,
  });
});
