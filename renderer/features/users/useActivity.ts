import { useEffect } from 'react';
import type { SessionState } from '../../../contract';
import { command } from '../../data/call';

/** The main process hears of keys and mouse at most this often, milliseconds. */
const TOLD_EVERY_MS = 20_000;

/** Tells the main process that somebody is there, so that the workstation does not lock. */
export function useActivity(session: SessionState | null): void {
  const isNeeded = session?.mode === 'sign-in' && session.user !== null && !session.is_locked;
  useEffect(() => {
    if (!isNeeded) return;
    let told = 0;
    const touch = () => {
      const now = performance.now();
      if (now - told < TOLD_EVERY_MS) return;
      told = now;
      command('session.touch', {}).catch(() => undefined);
    };
    const events = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, touch, { passive: true, capture: true });
    return () => {
      for (const event of events) window.removeEventListener(event, touch, { capture: true });
    };
  }, [isNeeded]);
}
