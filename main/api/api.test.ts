import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { channels } from '../../contract';
import { VasError } from '../base/errors';
import { silentLogger } from '../base/logger';
import type { Handlers, Subscriptions } from './api';
import { createApi } from './api';
import { guardFor } from './access/testing';

const ID = '0b8f5a4e-6d1f-4f6e-9a58-0d2d6f6f0a11';

function apiWith(handlers: Partial<Handlers>) {
  const closed: string[] = [];
  const api = createApi({
    handlers: handlers as Handlers,
    subscriptions: {
      'streams.states': (_request, push) => {
        push({ streams: [] });
        return () => closed.push('states');
      },
      'devices.revision': () => () => closed.push('revision'),
      'alerts.active': () => () => closed.push('alerts'),
      'preferences.changes': () => () => closed.push('preferences'),
      detections: () => () => 0,
      'model-containers.changed': () => () => 0,
      'ai-events.stored': () => () => 0,
      'ai-events.exports': () => () => 0,
      'ai-events.store': () => () => 0,
      'ai-events.expiry': () => () => 0,
      'layouts.revision': () => () => undefined,
      'windows.state': () => () => undefined,
      'windows.requests': () => () => undefined,
      'settings.changed': () => () => closed.push('settings'),
      'archive.check-state': () => () => closed.push('archive'),
      'desktop.question': () => () => undefined,
      'session.state': () => () => undefined,
      'audit.revision': () => () => undefined,
      'evidence.exports': () => () => undefined,
      'captures.revision': () => () => undefined,
      'support.state': () => () => undefined,
      'motion.search-state': () => () => undefined,
    } satisfies Subscriptions,
    ...guardFor(),
    closeOwner: (owner) => closed.push(owner),
    log: silentLogger(),
  });
  return { api, closed };
}

describe('api', () => {
  it('answers a call whose request and response fit the contract', async () => {
    const { api } = apiWith({ 'devices.list': (request) => ({ devices: [], total: request.limit }) });
    expect(await api.call('1', 'query', 'devices.list', {})).toEqual({
      ok: true,
      data: { devices: [], total: 1000 },
    });
  });

  it.each([
    ['unknown channel', 'query', 'devices.drop-all', {}, 400],
    ['a property of Object', 'query', 'constructor', {}, 400],
    ['a command called as a query', 'query', 'devices.delete', { id: ID }, 400],
    ['a subscription that is called', 'query', 'streams.states', {}, 400],
    ['a request that does not fit', 'query', 'devices.get', { id: 'x' }, 422],
    ['an extra key where none is allowed', 'query', 'system.info', { x: 1 }, 422],
  ])('refuses %s', async (_what, kind, name, request, status) => {
    const { api } = apiWith({});
    expect(await api.call('1', kind, name, request)).toMatchObject({
      ok: false,
      error: { status, path: name },
    });
  });

  it.each([
    ['bad_request', 400],
    ['not_found', 404],
    ['conflict', 409],
    ['invalid', 422],
    ['unavailable', 503],
    ['timeout', 503],
    ['internal', 500],
  ] as const)('maps %s to %i', async (kind, status) => {
    const { api } = apiWith({
      'devices.get': () => {
        throw new VasError(kind, 'because', { details: { code: 'x' } });
      },
    });
    expect(await api.call('1', 'query', 'devices.get', { id: ID })).toEqual({
      ok: false,
      error: { status, message: 'because', path: 'devices.get', details: { code: 'x' } },
    });
  });

  it('hides the text of unexpected errors and credentials in expected ones', async () => {
    const { api } = apiWith({
      'devices.get': () => {
        throw new Error('secret inside');
      },
      'devices.delete': () => {
        throw new VasError('unavailable', 'cannot reach rtsp://u:p@ss@host/x');
      },
    });
    const hidden = JSON.stringify(await api.call('1', 'query', 'devices.get', { id: ID }));
    expect(hidden).toContain('"status":500');
    expect(hidden).not.toContain('secret inside');
    const redacted = JSON.stringify(await api.call('1', 'command', 'devices.delete', { id: ID }));
    expect(redacted).toContain('rtsp://[redacted]@host/x');
  });

  it('reports a response that breaks the contract as an internal error', async () => {
    const { api } = apiWith({ 'devices.list': () => ({ devices: 'none', total: 0 }) as never });
    expect(await api.call('1', 'query', 'devices.list', {})).toMatchObject({
      ok: false,
      error: { status: 500 },
    });
  });

  it('answers garbage on every channel with an envelope and never throws', async () => {
    const { api } = apiWith({});
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(channels)), fc.anything(), async (name, request) => {
        for (const kind of ['query', 'command', request]) {
          const reply = await api.call('1', kind, name, request);
          if (!reply.ok) expect([400, 422, 500]).toContain(reply.error.status);
        }
      }),
    );
  });

  it('subscribes, pushes and stops', () => {
    const { api, closed } = apiWith({});
    const values: unknown[] = [];
    const stop = api.subscribe('streams.states', {}, (value) => values.push(value));
    expect(values).toEqual([{ streams: [] }]);
    stop();
    expect(closed).toEqual(['states']);
    expect(() => api.subscribe('devices.list', {}, () => undefined)).toThrow(VasError);
  });
});
