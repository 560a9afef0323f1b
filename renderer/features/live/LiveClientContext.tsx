import { createContext, useContext } from 'react';
import type { LiveClient } from '../../live/types';

/** The window's live client; made where the application is put together. */
export const LiveClientContext = createContext<LiveClient | null>(null);

export function useLiveClient(): LiveClient {
  const client = useContext(LiveClientContext);
  if (client === null) throw new Error('LiveClientContext is missing');
  return client;
}
