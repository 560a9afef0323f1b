import type { CommandName, QueryName, RequestInput, ResponseOf } from '../../contract';
import type { Api } from '../../main/api/api';

/** Calls the application as its windows do, through the contract. */
export interface Caller {
  query<N extends QueryName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N>>;
  command<N extends CommandName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N>>;
}

/** @param owner what the caller opens is closed with `api.closeOwner(owner)` */
export function callerOf(api: Promise<Api>, owner: string): Caller {
  const call = async (kind: 'query' | 'command', name: string, request: unknown): Promise<never> => {
    const reply = await (await api).call(owner, kind, name, request);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.data as never;
  };
  return {
    query: (name, request) => call('query', name, request),
    command: (name, request) => call('command', name, request),
  };
}
