import { expect, test } from 'vitest';
import { Emitter } from '../../base/emitter';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { CameraFaultRow, Store } from '../../store/types';
import type { StreamFaultCode, StreamPhase, StreamStatus } from '../streams';
import { CameraFaults } from './faults';

const A = '00000000-0000-4000-8000-00000000000a';

function setUp() {
  const rows = new Map<string, CameraFaultRow>();
  let writes = 0;
  const write = {
    noteFault(row: CameraFaultRow) {
      writes++;
      rows.set(row.cameraId, row);
      return Promise.resolve();
    },
    endFault(cameraId: string, untilUs: number) {
      writes++;
      const row = rows.get(cameraId);
      if (row?.untilUs === null) rows.set(cameraId, { ...row, untilUs });
      return Promise.resolve();
    },
  };
  const clock = new SimulatedClock(0);
  const emitter = new Emitter<StreamStatus>();
  const faults = new CameraFaults(
    { write } as unknown as Store,
    { onStatus: (listener) => emitter.on(listener) },
    clock,
    silentLogger(),
  );
  let phaseNow: StreamPhase = 'stopped';
  let sinceUs = 0;
  const status = (phase: StreamPhase, atUs: number, code: StreamFaultCode | null = null, streamId = A) => {
    clock.stepWall(atUs - clock.wallUs());
    if (phase !== phaseNow) sinceUs = atUs;
    phaseNow = phase;
    emitter.emit({
      ...{ streamId, phase, sinceUs, fault: code === null ? null : { code, detail: '' } },
      ...{ retryAtUs: null, attempts: 0, reconnects: 0, info: null, pid: null },
    });
  };
  return { rows, faults, status, writes: () => writes };
}

test('an outage has a beginning, its newest reason and an end', () => {
  const { rows, status } = setUp();
  status('running', 1);
  status('backing-off', 10, 'connection_lost');
  status('starting', 11, 'connection_lost');
  status('backing-off', 12, 'unreachable');
  expect(rows.get(A)).toEqual({ cameraId: A, code: 'unreachable', sinceUs: 10, untilUs: null });
  status('running', 20);
  expect(rows.get(A)).toEqual({ cameraId: A, code: 'unreachable', sinceUs: 10, untilUs: 20 });
  status('backing-off', 30, 'stalled');
  expect(rows.get(A)).toMatchObject({ code: 'stalled', sinceUs: 30, untilUs: null });
});

test('what is missing for a while has its own times, not those of the stream that runs', () => {
  const { rows, status } = setUp();
  status('running', 1);
  status('running', 50, 'storage');
  expect(rows.get(A)).toEqual({ cameraId: A, code: 'storage', sinceUs: 50, untilUs: null });
  status('running', 70);
  expect(rows.get(A)).toEqual({ cameraId: A, code: 'storage', sinceUs: 50, untilUs: 70 });
});

test('one that lasted over a restart ends with the first pictures', () => {
  const { rows, status } = setUp();
  rows.set(A, { cameraId: A, code: 'unreachable', sinceUs: 1, untilUs: null });
  status('starting', 5);
  expect(rows.get(A)?.untilUs).toBeNull();
  status('running', 6);
  expect(rows.get(A)?.untilUs).toBe(6);
});

test('nothing is written again while nothing changes; sub-streams do not count', async () => {
  const { status, writes, faults } = setUp();
  for (let n = 0; n < 50; n++) status('backing-off', n, 'unreachable');
  for (let n = 0; n < 50; n++) status('backing-off', n, 'stalled', `${A}:sub`);
  expect(writes()).toBe(1);
  status('running', 60);
  status('running', 61);
  expect(writes()).toBe(2);
  await faults.dispose();
  status('backing-off', 70, 'stalled');
  expect(writes()).toBe(2);
});
