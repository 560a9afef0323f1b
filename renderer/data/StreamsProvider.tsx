import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useState, useSyncExternalStore } from 'react';
import type { Role, TimedStreamState } from './StreamStore';
import { StreamStore } from './StreamStore';
import { useSubscription } from './useSubscription';

const StreamsContext = createContext<StreamStore | null>(null);

/** Subscribes once to the state of every stream, for all screens. */
export function StreamsProvider({ children }: { readonly children: ReactNode }) {
  const [store] = useState(() => new StreamStore());
  useSubscription('streams.states', {}, store.update);
  return <StreamsContext value={store}>{children}</StreamsContext>;
}

function useStore(): StreamStore {
  const store = useContext(StreamsContext);
  if (store === null) throw new Error('StreamsProvider is missing');
  return store;
}

/** The state of one stream; null while none was reported. Renders again only when that stream changes. */
export function useStream(cameraId: string | null, role: Role): TimedStreamState | null {
  const store = useStore();
  const read = useCallback(
    () => (cameraId === null ? null : store.get(cameraId, role)),
    [store, cameraId, role],
  );
  return useSyncExternalStore(store.subscribe, read);
}

const NO_STREAMS: ReadonlyMap<string, TimedStreamState> = new Map();
const never = () => () => undefined;
const noStreams = () => NO_STREAMS;

/** Every stream. `isWanted` false: none, and no rendering when they change. */
export function useStreams(isWanted = true): ReadonlyMap<string, TimedStreamState> {
  const store = useStore();
  return useSyncExternalStore(isWanted ? store.subscribe : never, isWanted ? store.all : noStreams);
}

/** Whether the main process has reported any stream states yet. */
export function useStreamsReported(): boolean {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.received);
}
