// Every channel, one after the other, against garbage and requests that nearly fit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChannelName } from '../../contract';
import { channels } from '../../contract';
import { silentLogger } from '../base/logger';
import { guardFor } from './access/testing';
import type { Handlers, Subscriptions } from './api';
import { createApi } from './api';

/** What once broke a parser somewhere, and what any program can send. */
const NASTY = [
  ...[
    '',
    ' ',
    '\u0000',
    '../../etc/passwd',
    '/dev/zero',
    'file:///etc/shadow',
    '__proto__',
    'constructor',
    '$(reboot)',
  ],
  ..."' OR 1=1 --|%00|\u202e|\ud800|-1|1e309|NaN|00000000-0000-0000-0000-000000000000|2026-13-45T99:99:99Z".split(
    '|',
  ),
  'x'.repeat(70_000),
];
const garbage = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...NASTY) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, undefined, NaN, -0, 1e308, 2 ** 53, -1, 0, true, [], {}),
  },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) },
);

/** An object with the keys of the channel's request, some of them left out, and values that may be anything. */
function nearly(name: ChannelName): fc.Arbitrary<unknown> {
  const { request } = channels[name];
  const keys = request instanceof z.ZodObject ? Object.keys(request.shape) : [];
  const fields = Object.fromEntries(
    keys.map((key) => [key, fc.oneof(garbage, fc.array(garbage, { maxLength: 3 }))]),
  );
  return fc.oneof(garbage, fc.record(fields, { requiredKeys: [] }), fc.record({ ...fields, more: garbage }));
}

function watchedApi() {
  const reached: [string, unknown][] = [];
  const catching = new Proxy(
    {},
    {
      get: (_target, name) => (request: unknown) => {
        reached.push([String(name), request]);
        return () => undefined;
      },
    },
  );
  const api = createApi({
    handlers: catching as Handlers,
    subscriptions: catching as Subscriptions,
    ...guardFor(),
    closeOwner: () => undefined,
    log: silentLogger(),
  });
  return { api, reached };
}

describe('requests that do not fit', () => {
  it.each(Object.keys(channels) as ChannelName[])(
    '%s: the schema answers, and no handler sees them',
    async (name) => {
      const { api, reached } = watchedApi();
      const { kind, request: schema } = channels[name];
      await fc.assert(
        fc.asyncProperty(nearly(name), async (request) => {
          reached.length = 0;
          const fits = schema.safeParse(request);
          if (kind === 'subscription') {
            if (!fits.success) expect(() => api.subscribe(name, request, () => undefined)).toThrow();
          } else {
            const reply = await api.call('1', kind, name, request);
            if (!fits.success) {
              expect(reply).toMatchObject({ ok: false, error: { status: 422, path: name } });
              if (!reply.ok) expect(reply.error.message.length).toBeGreaterThan(3);
            }
          }
          if (fits.success) for (const [, seen] of reached) expect(seen).toEqual(fits.data);
          else expect(reached).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );
});
