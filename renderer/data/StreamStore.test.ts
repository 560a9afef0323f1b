import { expect, test } from 'vitest';
import type { StreamState } from '../../contract';
import { StreamStore } from './StreamStore';
import { streamStateOf } from '../dev/samples';

const A = '00000000-0000-4000-8000-00000000000a';
const B = '00000000-0000-4000-8000-00000000000b';

function store(...streams: StreamState[]) {
  const made = new StreamStore();
  made.update({ streams }, 1000);
  return made;
}

test('keeps the object of a stream that did not change', () => {
  const streams = store(streamStateOf(A), streamStateOf(B));
  const before = streams.get(A, 'main');
  streams.update({ streams: [streamStateOf(A), streamStateOf(B, { phase: 'stalled' })] }, 2000);
  expect(streams.get(A, 'main')).toBe(before);
  expect(streams.get(B, 'main')).toEqual({ state: streamStateOf(B, { phase: 'stalled' }), receivedAt: 2000 });
});

test('tells its listeners of changes only', () => {
  const streams = store(streamStateOf(A));
  let calls = 0;
  const stop = streams.subscribe(() => calls++);
  streams.update({ streams: [streamStateOf(A)] });
  expect(calls).toBe(0);
  streams.update({ streams: [] });
  expect(calls).toBe(1);
  expect(streams.get(A, 'main')).toBeNull();
  stop();
  streams.update({ streams: [streamStateOf(A)] });
  expect(calls).toBe(1);
});

test('an empty first report counts as a report', () => {
  const streams = new StreamStore();
  expect(streams.received()).toBe(false);
  let calls = 0;
  streams.subscribe(() => calls++);
  streams.update({ streams: [] });
  expect(streams.received()).toBe(true);
  expect(calls).toBe(1);
});

test('main and sub-stream of one camera are two streams', () => {
  const streams = store(streamStateOf(A), streamStateOf(A, { role: 'sub', phase: 'stopped' }));
  expect(streams.get(A, 'main')?.state.phase).toBe('running');
  expect(streams.get(A, 'sub')?.state.phase).toBe('stopped');
});
