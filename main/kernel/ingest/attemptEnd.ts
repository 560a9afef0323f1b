import type { StreamFault } from '../streams';

/** How an attempt to run a stream ended, and with it what follows. */
export type AttemptEnd =
  /** Start anew at once: somebody asked for it, or something that was missing is back. */
  | { readonly kind: 'again'; readonly reason: string }
  /** The camera sends something else than before: look at it anew, at once. */
  | {
      readonly kind: 'changed';
      readonly changes: readonly string[];
      /** Its packets showed B-frames, whatever a short look at it will say. */
      readonly reordered?: true;
    }
  | {
      readonly kind: 'fault';
      readonly fault: StreamFault;
      /** Milliseconds that it ran; null when it never did. */
      readonly ranMs: number | null;
      readonly blamesAudio: boolean;
    };

/** An attempt that failed before anything ran. */
export function failedToStart(fault: StreamFault): AttemptEnd {
  return { kind: 'fault', fault, ranMs: null, blamesAudio: false };
}
