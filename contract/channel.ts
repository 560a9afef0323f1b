import type { z } from 'zod';

/** How a call may act. Queries are read-only; subscriptions are lossy, the newest value wins. */
export type ChannelKind = 'query' | 'command' | 'subscription';

export interface ChannelDefinition<K extends ChannelKind, Q extends z.ZodType, R extends z.ZodType> {
  readonly kind: K;
  readonly request: Q;
  /** Of a subscription: each value that is pushed. */
  readonly response: R;
  /** The caller gives up after this many milliseconds with status 503. */
  readonly timeoutMs: number;
}

export function query<Q extends z.ZodType, R extends z.ZodType>(request: Q, response: R, timeoutMs = 5_000) {
  return { kind: 'query', request, response, timeoutMs } as const satisfies ChannelDefinition<'query', Q, R>;
}

export function command<Q extends z.ZodType, R extends z.ZodType>(
  request: Q,
  response: R,
  timeoutMs = 10_000,
) {
  return { kind: 'command', request, response, timeoutMs } as const satisfies ChannelDefinition<
    'command',
    Q,
    R
  >;
}

export function subscription<Q extends z.ZodType, R extends z.ZodType>(request: Q, response: R) {
  return { kind: 'subscription', request, response, timeoutMs: 5_000 } as const satisfies ChannelDefinition<
    'subscription',
    Q,
    R
  >;
}
