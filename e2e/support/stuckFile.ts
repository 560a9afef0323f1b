import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';

export interface StuckFile {
  /** From now on everything is taken. */
  goOn(): void;
  /** After the writer has let go of it. */
  close(): void;
}

/** Stands where a program will write a file, and takes no more than a pipe holds (64 KiB), as a disk that hangs. */
export function stuckFile(file: string): StuckFile {
  execFileSync('mkfifo', ['-m', '600', file]);
  // Both ends: whoever opens it to write does not wait for a reader.
  const descriptor = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(65_536);
  let timer: NodeJS.Timeout | null = null;
  const drain = () => {
    try {
      while (readSync(descriptor, buffer) > 0);
    } catch {
      // Empty for now.
    }
  };
  return {
    goOn() {
      timer ??= setInterval(drain, 20);
    },
    close() {
      if (timer !== null) clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
