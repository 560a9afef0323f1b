import type { Readable } from 'node:stream';

/** Longest line that is kept, characters; what exceeds it is dropped up to the next line end. */
const LONGEST_LINE = 64 * 1024;

/**
 * Calls `onLine` for each line of a text stream, without its line end. CR, LF and CRLF end a line;
 * empty lines are left out; a last line without an end counts. Memory is bounded by LONGEST_LINE.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let pending = '';
  let overlong = false;
  const take = (text: string, ended: boolean): void => {
    if (!overlong) pending += text.slice(0, LONGEST_LINE - pending.length);
    if (pending.length >= LONGEST_LINE) overlong = true;
    if (!ended) return;
    if (pending !== '') onLine(pending);
    pending = '';
    overlong = false;
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = chunk.split(/\r\n|\n|\r/);
    parts.forEach((part, index) => take(part, index < parts.length - 1));
  });
  stream.on('close', () => take('', true));
  // A broken pipe ends the stream; the exit of the child tells the owner.
  stream.on('error', () => undefined);
}
