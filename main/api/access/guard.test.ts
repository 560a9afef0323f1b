import { describe, expect, it } from 'vitest';
import type { ChannelName, ResponseOf } from '../../../contract';
import { channels } from '../../../contract';
import { silentLogger } from '../../base/logger';
import { callerNow } from '../../base/caller';
import { VasError } from '../../base/errors';
import type { Handlers, Subscriptions } from '../api';
import { createApi } from '../api';
import { ROLE_RIGHTS } from '../../users/operator';
import type { Rule } from './rule';
import { rules } from './rules';
import { guardFor, operatorOf } from './testing';

const GATE = '00000000-0000-4000-8000-000000000001';
const YARD = '00000000-0000-4000-8000-000000000002';
const SNAPSHOT = '00000000-0000-4000-8000-000000000005';

function apiFor(
  handlers: Partial<Handlers>,
  operator = operatorOf('administrator') as ReturnType<typeof operatorOf> | null,
) {
  const access = guardFor(operator, {
    snapshot: (id) => Promise.resolve(id === SNAPSHOT ? YARD : null),
  });
  const pushes: ((value: never) => void)[] = [];
  const api = createApi({
    handlers: handlers as Handlers,
    subscriptions: {
      'streams.states': (_request: unknown, push: (value: never) => void) => {
        pushes.push(push);
        return () => pushes.splice(pushes.indexOf(push), 1);
      },
    } as unknown as Subscriptions,
    ...access,
    closeOwner: () => undefined,
    log: silentLogger(),
  });
  return { ...access, api, pushes };
}

const snapshotOf = (device_id: string) => ({
  ...{ id: device_id, device_id, device_name: 'x', timestamp: '2026-01-01T00:00:00.000Z' },
  ...{ source: 'live' as const, file_size: 1, url: '', created_at: '2026-01-01T00:00:00.000Z' },
});

const list = (...ids: string[]) => ({ devices: ids.map((id) => ({ id })), total: ids.length });

describe('rights', () => {
  it('every channel declares what it needs, and nothing else does', () => {
    expect(Object.keys(rules).sort()).toEqual(Object.keys(channels).sort());
    for (const rule of Object.values(rules)) expect(rule.needs).toBeDefined();
  });

  it('no command is open to everybody unless it must be', () => {
    const open = Object.entries(rules as unknown as Record<string, Rule>)
      .filter(([name, { needs }]) => needs === 'anyone' && channels[name as ChannelName].kind === 'command')
      .map(([name]) => name)
      .sort();
    expect(open).toEqual([
      ...['desktop.answer', 'session.sign-in', 'session.sign-out', 'session.unlock'],
      ...['windows.set-full-screen', 'windows.show-main'],
    ]);
  });

  it.each(
    Object.entries(rules as unknown as Record<string, Rule>)
      .filter(([, { needs }]) => typeof needs === 'string' && needs !== 'anyone' && needs !== 'user')
      .filter(([, { needs }]) => !ROLE_RIGHTS.viewer.includes(needs as never))
      .map(([name]) => name),
  )('a viewer is refused %s before its handler, whatever the request', async (name) => {
    const { api, notes } = apiFor({}, operatorOf('viewer'));
    const { kind } = channels[name as ChannelName];
    if (kind === 'subscription') return;
    const reply = await api.call('1', kind, name, { garbage: true });
    expect(reply).toMatchObject({
      ok: false,
      error: { status: 403, path: name, details: { code: 'right' } },
    });
    expect(notes).toMatchObject([{ action: name, outcome: 'refused', by: { name: 'Alex' } }]);
  });

  it('nobody signed in: everything but what anyone may is refused and written', async () => {
    const { api, notes } = apiFor({ 'devices.list': () => list() as never }, null);
    expect(await api.call('1', 'query', 'devices.list', {})).toMatchObject({
      error: { status: 403, details: { code: 'sign_in' } },
    });
    expect(notes).toMatchObject([{ action: 'devices.list', outcome: 'refused', by: { id: null } }]);
  });

  it('a locked session does nothing but show the wall, where that is wanted', async () => {
    const { api, session } = apiFor({ 'devices.list': () => list() as never, 'devices.delete': () => ({}) });
    session.isLocked = true;
    const status = async (kind: string, name: string, request: unknown) => {
      const reply = await api.call('1', kind, name, request);
      return reply.ok ? 200 : reply.error.status;
    };
    expect(await status('query', 'devices.list', {})).toBe(403);
    session.isWallVisible = true;
    expect(await status('query', 'devices.list', {})).toBe(200);
    expect(await status('command', 'devices.delete', { id: GATE })).toBe(403);
    session.isLocked = false;
    expect(await status('command', 'devices.delete', { id: GATE })).toBe(200);
  });

  it('is judged by the camera of the object', async () => {
    const { api, notes } = apiFor(
      { 'snapshots.delete': () => ({}), 'recordings.dates': () => ({ device_id: GATE, dates: [] }) },
      operatorOf('operator', { [GATE]: ['live', 'playback'], [YARD]: [] }),
    );
    expect(await api.call('1', 'command', 'snapshots.delete', { id: SNAPSHOT })).toMatchObject({
      error: { status: 403, details: { code: 'camera', cameras: [YARD] } },
    });
    expect(notes).toMatchObject([{ action: 'snapshots.delete', outcome: 'refused', cameras: [YARD] }]);
    expect((await api.call('1', 'query', 'recordings.dates', { device_id: GATE })).ok).toBe(true);
    expect((await api.call('1', 'query', 'recordings.dates', { device_id: YARD })).ok).toBe(false);
  });

  it('lists are as if the other cameras did not exist, page by page', async () => {
    const all = Array.from({ length: 10 }, (_, n) => `00000000-0000-4000-8000-00000000000${String(n)}`);
    const { api } = apiFor(
      {
        'snapshots.list': ({ skip, limit }) => ({
          snapshots: all.slice(skip, skip + limit).map(snapshotOf),
          count: Math.min(limit, all.length - skip),
          total: all.length,
        }),
      },
      operatorOf('viewer', Object.fromEntries(all.slice(5).map((id) => [id, ['live'] as const]))),
    );
    const page = async (skip: number) => {
      const reply = await api.call('1', 'query', 'snapshots.list', { skip, limit: 2 });
      if (!reply.ok) throw new Error(reply.error.message);
      const { snapshots, ...rest } = reply.data as ResponseOf<'snapshots.list'>;
      return { of: snapshots.map(({ device_id }) => device_id), ...rest };
    };
    expect(await page(0)).toEqual({ of: all.slice(5, 7), count: 2, total: 5 });
    expect(await page(4)).toEqual({ of: all.slice(9), count: 1, total: 5 });
  });

  it('writes what was done, by whom, with which cameras; and what failed', async () => {
    const { api, notes } = apiFor({
      'devices.delete': ({ id }) => {
        expect(callerNow()?.name).toBe('Alex');
        if (id === YARD) throw new VasError('not_found', 'There is no such camera.');
        return {};
      },
    });
    await api.call('1', 'command', 'devices.delete', { id: GATE });
    await api.call('1', 'command', 'devices.delete', { id: YARD });
    expect(notes).toMatchObject([
      { action: 'devices.delete', cameras: [GATE], outcome: 'done', by: { name: 'Alex' } },
      {
        action: 'devices.delete',
        cameras: [YARD],
        outcome: 'failed',
        detail: { reason: 'There is no such camera.' },
      },
    ]);
  });

  it('a layout that was saved names no camera that may not be seen; what its handler refuses is a refusal', async () => {
    const layout = {
      ...{ id: SNAPSHOT, name: 'Night', created_at: '2026-01-01T00:00:00.000Z' },
      ...{ updated_at: '2026-01-01T00:00:00.000Z' },
      content: { kind: '1' as const, tiles: [{ device_id: YARD, place: null }] },
    };
    const { api, notes } = apiFor(
      {
        'layouts.update': () => layout,
        'layouts.delete': () => {
          throw new VasError('forbidden', 'It has cameras of others.');
        },
      },
      operatorOf('operator', { [GATE]: ['live'] }),
    );
    const saved = await api.call('1', 'command', 'layouts.update', { id: SNAPSHOT, name: 'Night' });
    expect(saved).toMatchObject({ ok: true, data: { content: { tiles: [{ device_id: null }] } } });
    await api.call('1', 'command', 'layouts.delete', { id: SNAPSHOT });
    expect(notes).toMatchObject([{ outcome: 'done' }, { action: 'layouts.delete', outcome: 'refused' }]);
  });

  it('a subscription follows who works', () => {
    const { api, session, pushes } = apiFor({}, null);
    const got: unknown[] = [];
    const stop = api.subscribe('streams.states', {}, (value) => got.push(value));
    expect(pushes).toHaveLength(0);
    session.become(operatorOf('viewer', { [GATE]: ['live'] }));
    expect(pushes).toHaveLength(1);
    pushes[0]?.({ streams: [] } as never);
    expect(got).toEqual([{ streams: [] }]);
    session.become(null);
    expect(pushes).toHaveLength(0);
    session.become(operatorOf('administrator'));
    stop();
    expect(pushes).toHaveLength(0);
  });

  it('the application itself is not asked', async () => {
    const { api, notes } = apiFor({ 'devices.delete': () => ({}) }, null);
    expect((await api.trusted.call('desktop', 'command', 'devices.delete', { id: GATE })).ok).toBe(true);
    expect(notes).toEqual([]);
  });
});
