import type { z } from 'zod';
import { channels } from '../../contract';
import type { ChannelName, Reply, RequestOf, ResponseOf, SubscriptionName } from '../../contract';
import { onBehalfOf } from '../base/caller';
import type { Logger } from '../base/logger';
import { VasError } from '../base/errors';
import type { Session } from '../users/session';
import type { Guard, Permit } from './access/guard';
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
  /** For the shell's own calls: the application asks itself, whoever is signed in. */
  readonly trusted: Api;
}

export interface ApiOptions {
  readonly handlers: Handlers;
  readonly subscriptions: Subscriptions;
  readonly guard: Guard;
  readonly session: Session;
  readonly closeOwner: (owner: OwnerId) => void;
  readonly log: Logger;
}

/** What the application may do when it asks itself: everything. */
const OWN_PERMIT: Permit = {
  operator: null,
  narrow: (request) => request,
  filter: (value) => value,
  done: () => Promise.resolve(),
  failed: () => Promise.resolve(),
};

export function createApi(options: ApiOptions): Api {
  const own = apiOf(options, null);
  const owners = new Set<OwnerId>();
  let operatorId = options.session.operator?.id ?? null;
  options.session.onChanged(() => {
    const { operator, isLocked, isWallVisible } = options.session;
    const isSame = operatorId === (operator?.id ?? null);
    operatorId = operator?.id ?? null;
    if (isSame && (!isLocked || isWallVisible)) return;
    // What somebody had open does not stay open for the next one.
    for (const owner of owners) options.closeOwner(owner);
  });
  const api = apiOf(options, options.guard);
  return {
    ...api,
    call: (owner, kind, name, request) => {
      owners.add(owner);
      return api.call(owner, kind, name, request);
    },
    closeOwner: (owner) => {
      owners.delete(owner);
      api.closeOwner(owner);
    },
    trusted: { ...own, trusted: own as Api },
  };
}

function apiOf(options: ApiOptions, guard: Guard | null): Omit<Api, 'trusted'> {
  const { handlers, subscriptions, session, log } = options;
  return {
    async call(owner, kind, name, request) {
      const path = typeof name === 'string' ? name : 'unknown';
      try {
        const definition = definitionOf(name);
        if (definition.kind === 'subscription' || definition.kind !== kind)
          throw new VasError('bad_request', `${path} is a ${definition.kind}, not a ${String(kind)}.`);
        const read = definition.request.safeParse(request);
        // Who may not do it hears that, whether the request fits or not.
        const permit =
          guard === null
            ? OWN_PERMIT
            : await guard.permit(name as ChannelName, definition.kind, read.success ? read.data : undefined);
        const parsed = fitting(read);
        const handler = handlers[name as CallName] as (r: unknown, o: OwnerId) => unknown;
        const run = () => handler(permit.narrow(parsed), owner);
        const work = async () => (permit.operator === null ? run() : onBehalfOf(permit.operator, run));
        let data: unknown;
        try {
          data = await within(definition.timeoutMs, path, Promise.resolve(work()));
        } catch (error) {
          await permit.failed(error);
          throw error;
        }
        await permit.done(data);
        // A response that does not fit is our defect: found here, not in the page.
        return { ok: true, data: definition.response.parse(permit.filter(data)) };
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
      const parsed = fitting(definition.request.safeParse(request));
      if (guard === null) return start(parsed, (value) => push(definition.response.parse(value)));
      const begin = (): (() => void) => {
        const permit = guard.mayHave(name as ChannelName, parsed);
        if (permit === null) return () => undefined;
        const run = () =>
          start(permit.narrow(parsed), (value) => push(definition.response.parse(permit.filter(value))));
        return permit.operator === null ? run() : onBehalfOf(permit.operator, run);
      };
      let stop = begin();
      // Somebody else works now: the same subscription with what that one may see, or silence until one may.
      const following = session.onChanged(() => {
        stop();
        stop = begin();
      });
      return () => {
        void following.dispose();
        stop();
      };
    },
    closeOwner: options.closeOwner,
  };
}

function definitionOf(name: unknown) {
  if (typeof name !== 'string' || !Object.hasOwn(channels, name))
    throw new VasError('bad_request', 'There is no such channel.');
  return channels[name as ChannelName];
}

function fitting(result: z.ZodSafeParseResult<unknown>): unknown {
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
