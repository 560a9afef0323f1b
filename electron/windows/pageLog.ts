import type { WebContents } from 'electron';
import type { Logger } from '../../main/base/logger';

/** A page that complains without end must not fill the disk: this many lines a minute are kept. */
const LINES_PER_MINUTE = 60;
const LONGEST = 2_000;

/** Electron 35 and newer put these on the event; older ones pass level (3 is error) and message as arguments. */
interface NewEvent {
  readonly level?: string;
  readonly message?: string;
}

/** Writes the page's errors into the application's log; everything else the page says stays in the page. */
export function logPageErrors(contents: WebContents, log: Logger): void {
  let minute = 0;
  let lines = 0;
  contents.on('console-message', (event, ...rest: unknown[]) => {
    const modern = event as unknown as NewEvent;
    const isError = typeof modern.level === 'string' ? modern.level === 'error' : rest[0] === 3;
    const text = typeof modern.message === 'string' ? modern.message : rest[1];
    if (!isError || typeof text !== 'string' || isNotice(text)) return;
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) [minute, lines] = [now, 0];
    if (++lines > LINES_PER_MINUTE) return;
    log.error({ page: text.slice(0, LONGEST) }, 'the page reported an error');
  });
}

/** Chromium reports observers that run again in the next frame like an error; nothing went wrong. */
function isNotice(text: string): boolean {
  return text.startsWith('ResizeObserver loop');
}
