import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';
import type { Tone } from './Notice';

export interface ToastText {
  readonly tone: Tone;
  readonly title: string;
  readonly text?: string;
  /** What can be done about it; closes the message. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

/** Milliseconds a message stays. Failures stay until they are closed: nobody may have looked. */
const STAYS_MS = 8_000;

export const toastQueue = new ToastQueue<ToastText>({ maxVisibleToasts: 4 });

/**
 * Tells the result of something that the user started.
 * @returns what `closeToast` needs
 */
export function toast(message: ToastText): string {
  return toastQueue.add(message, message.tone === 'bad' ? {} : { timeout: STAYS_MS });
}

export function closeToast(key: string): void {
  toastQueue.close(key);
}
