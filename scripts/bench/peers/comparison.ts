import { cameraCounts } from '../lib/cameraCounts';
import { startFleet } from '../lib/fleet';
import type { Cleanup } from '../lib/setup';
import type { Run } from '../measure';
import type { NotRun, Row } from './table';
import { reportRows } from './table';

/** A run of one suite in which ours and other programs get the same cameras, in rising numbers. */
export class Comparison {
  readonly #rows = new Map<string, Row[]>();
  readonly #notRun: NotRun[] = [];

  private constructor(
    readonly run: Run,
    readonly cleanup: Cleanup,
    /** Numbers of cameras, rising. */
    readonly counts: readonly number[],
    /** Of all cameras; with fewer, the first ones. */
    readonly urls: readonly string[],
  ) {}

  /** @param most no more cameras than so many */
  static async open(run: Run, cleanup: Cleanup, most = Infinity): Promise<Comparison> {
    const counts = cameraCounts().filter((count) => count <= most);
    const cameras = Math.max(...counts);
    const server = await startFleet(cleanup, cameras);
    const urls = Array.from({ length: cameras }, (_, n) => server.url(n));
    return new Comparison(run, cleanup, counts, urls);
  }

  get rows(): ReadonlyMap<string, readonly Row[]> {
    return this.#rows;
  }

  /** What a program needs with a number of cameras. */
  add(program: string, row: Row): void {
    const own = this.#rows.get(program) ?? [];
    own.push(row);
    this.#rows.set(program, own);
    this.run.note(`${program}: ${JSON.stringify(row)}`);
  }

  /** A program that cannot take part, or not with more cameras: no figure, but a line in the report. */
  leaveOut(program: string, reason: string): void {
    this.#notRun.push({ peer: program, reason });
    this.run.note(`${program}: not run: ${reason}`);
  }

  report(suite: string, method: string): void {
    reportRows(this.run, suite, this.#rows, this.#notRun, method);
  }
}
