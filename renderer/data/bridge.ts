import type { VasBridge } from '../../contract/bridge';

declare global {
  interface Window {
    /** Put there by the preload; the only door to the main process. */
    readonly vas?: VasBridge;
  }
}

/** @throws Error when the page was opened outside the application */
export function bridge(): VasBridge {
  if (window.vas === undefined)
    throw new Error('This page works only inside VAS Workstation. Start the application instead.');
  return window.vas;
}
