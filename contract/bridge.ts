import type { CommandName, QueryName, RequestInput, ResponseOf, SubscriptionName } from './index';
import type { Reply } from './errors';

/** What the preload exposes as `window.vas`, and nothing else. */
export interface VasBridge {
  query<N extends QueryName>(name: N, request: RequestInput<N>): Promise<Reply<ResponseOf<N>>>;
  command<N extends CommandName>(name: N, request: RequestInput<N>): Promise<Reply<ResponseOf<N>>>;
  /** Calls `listener` with each value until the returned function is called. */
  subscribe<N extends SubscriptionName>(
    name: N,
    request: RequestInput<N>,
    listener: (value: ResponseOf<N>) => void,
  ): () => void;
}
