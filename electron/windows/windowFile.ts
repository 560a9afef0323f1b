import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { uuid } from '../../contract/common';
import { messageOf } from '../../main/base/errors';
import type { Logger } from '../../main/base/logger';
import type { KeptPlace } from './placement';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
const place = z.object({
  bounds: rectangle,
  monitor: z.object({ id: z.string(), bounds: rectangle }),
  isFullScreen: z.boolean(),
  isMaximized: z.boolean(),
});
const wall = z.object({
  id: uuid,
  /** The named layout that it was opened with. */
  layoutId: uuid.nullable(),
  place: place.nullable(),
});
const stored = z.object({ main: place.nullable(), walls: z.array(wall) });

export interface KeptWall {
  readonly id: string;
  readonly layoutId: string | null;
  readonly place: KeptPlace | null;
}

/** The windows of the last time. */
export interface KeptWindows {
  readonly main: KeptPlace | null;
  readonly walls: readonly KeptWall[];
}

/**
 * A file of its own, not the database: the windows are there before that is open. Small and read once, so
 * reading and writing wait for the disk.
 */
export class WindowFile {
  constructor(
    private readonly file: string,
    private readonly log: Logger,
  ) {}

  /** What was kept; nothing when that is missing or damaged. */
  read(): KeptWindows {
    try {
      return stored.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.log.warn({ reason: messageOf(error) }, 'the places of the windows could not be read');
      return { main: null, walls: [] };
    }
  }

  /** Replaces the file whole. A full disk costs only the places of the windows. */
  write(windows: KeptWindows): void {
    try {
      writeFileSync(`${this.file}.new`, JSON.stringify(windows), { mode: 0o600 });
      renameSync(`${this.file}.new`, this.file);
    } catch (error) {
      this.log.warn({ reason: messageOf(error) }, 'the places of the windows could not be kept');
    }
  }
}
