import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useState } from 'react';
import type { SessionState } from '../../contract';
import { useSubscription } from './useSubscription';

/** Until the main process has told it: nobody has to sign in, as on most workstations. */
const UNKNOWN: SessionState | null = null;

const SessionContext = createContext<SessionState | null>(UNKNOWN);

/** Who works here, the same in every window. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<SessionState | null>(UNKNOWN);
  useSubscription('session.state', {}, setState);
  return <SessionContext value={state}>{children}</SessionContext>;
}

/** Null until the main process has told it. */
export function useSession(): SessionState | null {
  return useContext(SessionContext);
}

/**
 * Whether the user has a right, so that what would be refused is not offered. The main process decides; until it
 * has told, everything is offered.
 */
export function useMay(right: string | undefined): boolean {
  return isAllowed(useSession(), right);
}

/** @param right undefined: nothing special is needed */
export function isAllowed(session: SessionState | null, right: string | undefined): boolean {
  return right === undefined || session === null || session.rights.includes(right);
}

/** What somebody may do with a camera. */
export type CameraRight = keyof SessionState['cameras'];

/** Whether the user may do this with a camera; as `useMay`, the main process decides. */
export function useMayCamera(right: CameraRight): (cameraId: string) => boolean {
  const ids = useSession()?.cameras[right] ?? null;
  return useCallback((cameraId) => ids === null || ids.includes(cameraId), [ids]);
}
