import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DoneSlice, PackageOrder } from './order';
import { doneSlice, packageOrder } from './order';

/** A package that was not finished, as its journal has it. */
export interface Unfinished {
  readonly order: PackageOrder;
  readonly done: readonly DoneSlice[];
}

/**
 * What has to be known to go on with a package after the application has ended: the order, and the hashes of what
 * is complete. It lies in the data folder and never in the package, whose disk may have been in other hands.
 */
export class Journal {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Synced before it returns, so that no package is begun which nobody would find. */
  async begin(order: PackageOrder): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#write(order.id, order, 'wx');
  }

  async done(id: string, slice: DoneSlice): Promise<void> {
    await this.#write(id, slice, 'a');
  }

  /** The package is complete, or was deleted. */
  async end(id: string): Promise<void> {
    await rm(this.#fileOf(id), { force: true });
  }

  /** Those that an end of the application has interrupted. What cannot be read is left out. */
  async unfinished(): Promise<Unfinished[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const texts = await Promise.all(
      names
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => readFile(path.join(this.#folder, name), 'utf8')),
    );
    return texts.map(parse).filter((one) => one !== null);
  }

  async #write(id: string, value: object, flags: 'wx' | 'a'): Promise<void> {
    const file = await open(this.#fileOf(id), flags, 0o600);
    try {
      await file.appendFile(`${JSON.stringify(value)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  #fileOf(id: string): string {
    return path.join(this.#folder, `${id}.jsonl`);
  }
}

/** A line that was cut off by the end of the application is none, and its slice is made again. */
function parse(text: string): Unfinished | null {
  const [first, ...rest] = text.split('\n').map(json);
  const order = packageOrder.safeParse(first);
  if (!order.success) return null;
  return { order: order.data, done: rest.map((line) => doneSlice.safeParse(line).data).filter(isThere) };
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

function json(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
