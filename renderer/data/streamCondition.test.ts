import { describe, expect, test } from 'vitest';
import type { StreamState } from '../../contract';
import { streamStateOf } from '../dev/samples';
import type { Fault } from './streamCondition';
import { conditionOf, conditionOfWatched } from './streamCondition';

const CAMERA = '00000000-0000-4000-8000-00000000000a';
const fault = (code: Fault['code']): Fault => ({ code, detail: 'a line of the log' });
const timed = (change: Partial<StreamState> = {}) => ({
  state: streamStateOf(CAMERA, change),
  receivedAt: 50_000,
});

describe('conditionOf', () => {
  test('follows the wish of the operator while nothing was reported', () => {
    expect(conditionOf(null, true)).toEqual({ kind: 'connecting' });
    expect(conditionOf(null, false)).toEqual({ kind: 'stopped' });
  });

  test('running, silent and stopped', () => {
    expect(conditionOf(timed(), true)).toEqual({ kind: 'running' });
    expect(conditionOf(timed({ phase: 'stopped' }), false)).toEqual({ kind: 'stopped' });
    const since = '2026-01-02T03:04:05.000Z';
    expect(conditionOf(timed({ phase: 'stalled', since }), true)).toEqual({
      kind: 'silent',
      since: Date.parse(since),
    });
  });

  test('a lost camera is reconnecting, with the moment of the next attempt', () => {
    const state = timed({
      phase: 'backing-off',
      fault: fault('connection_lost'),
      attempts: 1,
      reconnects: 1,
      retry_in_ms: 900,
    });
    expect(conditionOf(state, true)).toEqual({
      kind: 'reconnecting',
      fault: fault('connection_lost'),
      attempt: 1,
      retryAt: 50_900,
    });
  });

  test('a lost camera is offline after more attempts', () => {
    const at = (attempts: number) =>
      conditionOf(
        timed({ phase: 'backing-off', fault: fault('unreachable'), attempts, reconnects: 1, retry_in_ms: 1 }),
        true,
      ).kind;
    expect([1, 2, 3, 4, 40].map(at)).toEqual([
      'reconnecting',
      'reconnecting',
      'reconnecting',
      'offline',
      'offline',
    ]);
  });

  test('a camera that never ran is offline at once', () => {
    const state = timed({
      phase: 'backing-off',
      fault: fault('unreachable'),
      attempts: 1,
      reconnects: 0,
      info: null,
      retry_in_ms: 1_000,
    });
    expect(conditionOf(state, true).kind).toBe('offline');
  });

  test.each(['unauthorized', 'not_found', 'unsupported', 'storage', 'no_credentials'] as const)(
    '%s needs a person, so it is offline at once',
    (code) => {
      const state = timed({
        phase: 'backing-off',
        fault: fault(code),
        attempts: 1,
        reconnects: 3,
        retry_in_ms: 9,
      });
      expect(conditionOf(state, true).kind).toBe('offline');
    },
  );

  test('while an attempt runs, the reason of the last one stays', () => {
    const state = timed({ phase: 'starting', fault: fault('unreachable'), attempts: 5, reconnects: 1 });
    expect(conditionOf(state, true)).toEqual({
      kind: 'offline',
      fault: fault('unreachable'),
      attempt: 5,
      retryAt: null,
    });
    expect(conditionOf(timed({ phase: 'starting', info: null }), true)).toEqual({ kind: 'connecting' });
  });

  test('stopped by a fault is offline, not stopped', () => {
    expect(conditionOf(timed({ phase: 'stopped', fault: fault('no_credentials') }), true)).toMatchObject({
      kind: 'offline',
      retryAt: null,
    });
  });
});

describe('conditionOfWatched', () => {
  const stoppedSub = timed({ role: 'sub', phase: 'stopped' });

  test('a sub-stream that is not open yet is connecting', () => {
    expect(conditionOfWatched('sub', timed(), stoppedSub, true)).toEqual({ kind: 'connecting' });
    expect(conditionOfWatched('sub', timed(), null, true)).toEqual({ kind: 'connecting' });
  });

  test('a stopped camera is stopped whatever is watched', () => {
    const main = timed({ phase: 'stopped' });
    expect(conditionOfWatched('sub', main, timed({ role: 'sub' }), false)).toEqual({ kind: 'stopped' });
  });

  test('the reason of the main stream shows while the sub-stream is closed', () => {
    const main = timed({ phase: 'backing-off', fault: fault('unauthorized'), attempts: 1, retry_in_ms: 1 });
    expect(conditionOfWatched('sub', main, stoppedSub, true).kind).toBe('offline');
  });

  test('an own fault of the sub-stream is its own', () => {
    const sub = timed({ role: 'sub', phase: 'backing-off', fault: fault('not_found'), attempts: 1 });
    expect(conditionOfWatched('sub', timed(), sub, true)).toMatchObject({ kind: 'offline' });
    expect(conditionOfWatched('main', timed(), sub, true)).toEqual({ kind: 'running' });
  });
});
