import type { Page } from '@playwright/test';
import type {
  CommandName,
  QueryName,
  Reply,
  RequestInput,
  ResponseOf,
  StreamState,
  VasBridge,
} from '../../contract';
import { until } from './wait';

interface PageGlobals {
  readonly vas: VasBridge;
  /** Kept by the tests in the page: the newest value of `streams.states`. */
  vasTestStates?: { readonly streams: StreamState[] } | null;
}

/** `window.vas` of the running page, called from the test. */
export class Bridge {
  constructor(private readonly page: Page) {}

  /** The raw reply, failures included. */
  call(kind: 'query' | 'command', name: string, request: unknown): Promise<Reply<unknown>> {
    return this.page.evaluate(
      ([callKind, channel, body]) => {
        const { vas } = globalThis as unknown as PageGlobals;
        const call = (callKind === 'query' ? vas.query : vas.command) as (
          n: string,
          r: unknown,
        ) => Promise<Reply<unknown>>;
        return call(channel, body);
      },
      [kind, name, request] as const,
    );
  }

  /** @throws Error with the envelope when the call fails */
  async query<N extends QueryName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N>> {
    return unwrap(name, await this.call('query', name, request)) as ResponseOf<N>;
  }

  /** @throws Error with the envelope when the call fails */
  async command<N extends CommandName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N>> {
    return unwrap(name, await this.call('command', name, request)) as ResponseOf<N>;
  }

  /** The newest pushed state of a stream, null when there is none. Subscribes on first use. */
  streamState(cameraId: string, role: 'main' | 'sub' = 'main'): Promise<StreamState | null> {
    return this.page.evaluate(
      async ([id, wanted]) => {
        const globals = globalThis as unknown as PageGlobals;
        globals.vasTestStates ??= await new Promise((resolve) => {
          globals.vas.subscribe('streams.states', {}, (value) => {
            globals.vasTestStates = value;
            resolve(value);
          });
        });
        return (
          globals.vasTestStates?.streams.find((state) => state.camera_id === id && state.role === wanted) ??
          null
        );
      },
      [cameraId, role] as const,
    );
  }

  /** Waits for a stream's state. */
  whenStream(
    cameraId: string,
    what: string,
    accept: (state: StreamState) => boolean,
    timeoutMs = 30_000,
  ): Promise<StreamState> {
    return until(
      `stream ${cameraId}: ${what}`,
      async () => {
        const state = await this.streamState(cameraId);
        return state && accept(state) ? state : null;
      },
      { timeoutMs },
    );
  }

  /** Pid of the only process of this kind that serves the stream, null when there is none. */
  async pidOf(kind: string, streamId: string): Promise<number | null> {
    const { processes } = await this.query('health.get', {});
    return processes.find((one) => one.kind === kind && one.stream === streamId)?.pid ?? null;
  }
}

function unwrap(name: string, reply: Reply<unknown>): unknown {
  if (reply.ok) return reply.data;
  throw new Error(`${name}: ${String(reply.error.status)} ${reply.error.message}`);
}
