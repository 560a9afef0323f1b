import type { Clock, Timer } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';
import type { Logger } from '../../../base/logger';
import type { MediaWorker } from '../../media/mediaWorker';
import type { FolderState } from '../../media/worker/folderIdentity';

/** A look that takes longer counts as missing, milliseconds: a disk that sleeps needs some seconds to wake up. */
export const LOOK_DEADLINE_MS = 10_000;

interface Looker {
  readonly worker: MediaWorker;
  looking: Promise<FolderState> | null;
  /** It has not answered within the deadline. */
  isLate: boolean;
}

/**
 * Looks whether folders are there, each with a thread of its own: a share on the network that hangs holds up
 * nothing but the looks at it, and nobody waits for those longer than the deadline.
 */
export class FolderLooks implements Disposable {
  readonly #createWorker: () => MediaWorker;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #lookers = new Map<string, Looker>();

  constructor(options: { createWorker: () => MediaWorker; clock: Clock; log: Logger }) {
    this.#createWorker = options.createWorker;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** @param id that the identity file must name. @throws VasError as `folderState` of the media worker */
  async look(folder: string, id: string): Promise<FolderState> {
    const looker = this.#lookerOf(folder);
    // Who asks meanwhile shares the answer; behind one that hangs nobody waits again.
    if (looker.isLate) return 'missing';
    looker.looking ??= this.#begin(looker, folder, id);
    let timer: Timer | null = null;
    const late = new Promise<FolderState>((resolve) => {
      timer = this.#clock.after(LOOK_DEADLINE_MS, () => {
        if (!looker.isLate) this.#log.error({ folder }, 'a folder does not answer; it counts as missing');
        looker.isLate = true;
        resolve('missing');
      });
    });
    try {
      return await Promise.race([looker.looking, late]);
    } finally {
      (timer as Timer | null)?.cancel();
    }
  }

  /** Does not wait for a folder that hangs. */
  async dispose(): Promise<void> {
    const ended = [...this.#lookers.values()].map(({ worker, looking }) => {
      const end = worker.dispose();
      return looking ? null : end;
    });
    await Promise.all(ended);
  }

  #lookerOf(folder: string): Looker {
    const known = this.#lookers.get(folder);
    if (known) return known;
    const looker: Looker = { worker: this.#createWorker(), looking: null, isLate: false };
    this.#lookers.set(folder, looker);
    return looker;
  }

  #begin(looker: Looker, folder: string, id: string): Promise<FolderState> {
    const looking = looker.worker.run('folderState', folder, id).finally(() => {
      looker.looking = null;
      if (looker.isLate) this.#log.info({ folder }, 'a folder answers again');
      looker.isLate = false;
    });
    // Nobody may wait for it any more when it fails.
    looking.catch(() => undefined);
    return looking;
  }
}
