import { expect, it } from 'vitest';
import type { ResponseOf } from '../../../contract';
import { streamIdOf } from '../../kernel/streams';
import { rules } from './rules';
import { operatorOf } from './testing';

const GATE = '00000000-0000-4000-8000-000000000001';
const YARD = '00000000-0000-4000-8000-000000000002';

const camera = (camera_id: string) => ({ camera_id, name: camera_id });
const process = (pid: number, kind: string, stream: string | null) => ({
  ...{ kind, pid, stream, cpu_percent: 1, memory_bytes: 1 },
});
const decoder = (camera_id: string, stream: 'main' | 'sub') => ({ camera_id, stream });

/** Two cameras with every process a camera can have, and processes of no camera. */
const report = {
  cameras: [camera(GATE), camera(YARD)],
  processes: [
    process(1, 'main', null),
    process(2, 'ingest', streamIdOf(GATE, 'main')),
    process(3, 'ingest', streamIdOf(YARD, 'main')),
    process(4, 'ingest', streamIdOf(YARD, 'sub')),
    process(5, 'transcoder', streamIdOf(YARD, 'main')),
    process(6, 'decoder', streamIdOf(GATE, 'sub')),
    process(7, 'decoder', streamIdOf(YARD, 'sub')),
    process(8, 'sfu-worker', null),
  ],
  frames: { is_running: true, decoders: [decoder(GATE, 'sub'), decoder(YARD, 'sub')] },
} as unknown as ResponseOf<'health.get'>;

function healthFor(operator: ReturnType<typeof operatorOf>): typeof report {
  const { filter } = rules['health.get'];
  if (filter === undefined) throw new Error('health.get is not filtered');
  return filter(report, operator, {});
}

it('health names no camera, stream or process of a camera that may not be seen', () => {
  const health = healthFor(operatorOf('viewer', { [GATE]: ['live'] }));
  expect(JSON.stringify(health)).not.toContain(YARD);
  expect(health.cameras.map(({ camera_id }) => camera_id)).toEqual([GATE]);
  expect(
    health.processes.map(({ pid }) => pid),
    'those of no camera stay',
  ).toEqual([1, 2, 6, 8]);
  expect(health.frames.decoders.map(({ camera_id }) => camera_id)).toEqual([GATE]);
});

it('who may see all cameras is told all of them', () => {
  expect(healthFor(operatorOf('viewer'))).toEqual(report);
  expect(healthFor(operatorOf('administrator'))).toEqual(report);
});
