import type { z } from 'zod';
import { channels } from '../../contract';
import type { ChannelName, Reply, RequestOf, ResponseOf, SubscriptionName } from '../../contract';
import type { Logger } from '../base/logger';
import { VasError } from '../base/errors';
import { toEnvelope } from './envelope';

type CallName = Exclude<ChannelName, SubscriptionName>;

/** Identifies the window that calls, so that what it opened can be closed with it. */
export type OwnerId = string;

export type Handlers = {
  readonly [N in CallName]: (request: RequestOf<N>, owner: OwnerId) => Promise<ResponseOf<N>> | ResponseOf<N>;
};

export type Subscriptions = {
  readonly [N in SubscriptionName]: (
    request: RequestOf<N>,
    push: (value: ResponseOf<N>) => void,
  ) => () => void;
};

/** The application as the shell's IPC sees it: channels of the contract, and windows that come and go. */
export interface Api {
  /** Never rejects: failures come as the error envelope. Request and response are checked by the contract. */
  call(owner: OwnerId, kind: unknown, name: unknown, request: unknown): Promise<Reply<unknown>>;
  /** @throws VasError bad_request for an unknown channel or a request that does not fit */
  subscribe(name: unknown, request: unknown, push: (value: unknown) => void): () => void;
  closeOwner(owner: OwnerId): void;
}

export function createApi(options: {
  handlers: Handlers;
  subscriptions: Subscriptions;
  closeOwner: (owner: OwnerId) => void;
  log: Logger;
}): Api {
  const { handlers, subscriptions, log } = options;
  return {
    async call(owner, kind, name, request) {
      const path = typeof name === 'string' ? name : 'unknown';
      try {
        const definition = definitionOf(name);
        if (definition.kind === 'subscription' || definition.kind !== kind)
          throw new VasError('bad_request', `${path} is a ${definition.kind}, not a ${String(kind)}.`);
        const parsed = parse(definition.request, request);
        const handler = handlers[name as CallName] as (r: unknown, o: OwnerId) => unknown;
        const data = await within(definition.timeoutMs, path, Promise.resolve(handler(parsed, owner)));
        // A response that does not fit is our defect: found here, not in the page.
        return { ok: true, data: definition.response.parse(data) };
      } catch (error) {
        const envelope = toEnvelope(error, path);
        if (envelope.error.status >= 500 && !(error instanceof VasError))
          log.error({ err: error, channel: path }, 'call failed');
        else
          log.debug(
            { channel: path, status: envelope.error.status, reason: envelope.error.message },
            'call refused',
          );
        return { ok: false, ...envelope };
      }
    },
    subscribe(name, request, push) {
      const definition = definitionOf(name);
      if (definition.kind !== 'subscription')
        throw new VasError('bad_request', `${String(name)} is a ${definition.kind}, not a subscription.`);
      const start = subscriptions[name as SubscriptionName] as (
        r: unknown,
        p: (v: unknown) => void,
      ) => () => void;
      return start(parse(definition.request, request), (value) => push(definition.response.parse(value)));
    },
    closeOwner: options.closeOwner,
  };
}

function definitionOf(name: unknown) {
  if (typeof name !== 'string' || !Object.hasOwn(channels, name))
    throw new VasError('bad_request', 'There is no such channel.');
  return channels[name as ChannelName];
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new VasError('invalid', result.error.issues[0]?.message ?? 'The request does not fit.', {
    details: result.error.issues.map((issue) => ({ path: issue.path.map(String), message: issue.message })),
  });
}

async function within<T>(timeoutMs: number, path: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(new VasError('timeout', `${path} took longer than ${String(timeoutMs / 1000)} s. Try again.`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
