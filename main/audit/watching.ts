import type { Caller } from '../base/caller';
import { callerNow } from '../base/caller';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import type { Audit } from './audit';

/** Who looks again within this time has never stopped: tours, layouts and reconnects make no entries. */
const GRACE_MS = 60_000;

type Kind = 'live' | 'playback';

interface Watch {
  readonly by: Caller;
  readonly kind: Kind;
  readonly cameraId: string;
  readonly fromUs: number;
  /** What is open. */
  readonly views: Set<string>;
  ending: { readonly timer: Timer; readonly atUs: number } | null;
}

/** Who watched which camera, from when to when: an entry for the begin and one for the end. */
export class Watching implements Disposable {
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #watches = new Map<string, Watch>();
  /** By the view's name, which begins with its owner. */
  readonly #views = new Map<string, Watch>();

  constructor(audit: Audit, clock: Clock) {
    this.#audit = audit;
    this.#clock = clock;
  }

  /**
   * A picture of a camera is shown to who calls.
   * @param owner the window
   * @param view names it within the window, for `closed`
   */
  opened(owner: string, view: string, cameraId: string, kind: Kind): void {
    const by = callerNow();
    if (by === null) return;
    const key = `${by.id} ${kind} ${cameraId}`;
    let watch = this.#watches.get(key);
    if (watch === undefined) {
      watch = { by, kind, cameraId, fromUs: this.#clock.wallUs(), views: new Set(), ending: null };
      this.#watches.set(key, watch);
      this.#record(watch, { state: 'begin' });
    }
    watch.ending?.timer.cancel();
    watch.ending = null;
    watch.views.add(nameOf(owner, view));
    this.#views.set(nameOf(owner, view), watch);
  }

  /** Harmless for what was never opened. */
  closed(owner: string, view: string): void {
    this.#close(nameOf(owner, view));
  }

  /** Everything of a window, or what it shows of one kind. */
  closeOwner(owner: string, kind?: Kind): void {
    for (const [name, watch] of [...this.#views])
      if (name.startsWith(nameOf(owner, '')) && (kind === undefined || watch.kind === kind))
        this.#close(name);
  }

  /** Nobody watches any more: ends that wait for their time are written now. */
  end(): void {
    const nowUs = this.#clock.wallUs();
    for (const [key, watch] of this.#watches) this.#end(key, watch, watch.ending?.atUs ?? nowUs);
    this.#views.clear();
  }

  dispose(): void {
    this.end();
  }

  #close(name: string): void {
    const watch = this.#views.get(name);
    this.#views.delete(name);
    if (watch === undefined) return;
    watch.views.delete(name);
    if (watch.views.size > 0) return;
    const key = `${watch.by.id} ${watch.kind} ${watch.cameraId}`;
    const atUs = this.#clock.wallUs();
    watch.ending?.timer.cancel();
    const timer = this.#clock.after(GRACE_MS, () => this.#end(key, watch, atUs));
    watch.ending = { timer, atUs };
  }

  #end(key: string, watch: Watch, atUs: number): void {
    watch.ending?.timer.cancel();
    this.#watches.delete(key);
    const iso = (us: number): string => new Date(us / 1000).toISOString();
    const seconds = Math.max(0, Math.round((atUs - watch.fromUs) / 1e6));
    this.#record(watch, { state: 'end', from: iso(watch.fromUs), to: iso(atUs), seconds });
  }

  #record({ by, kind, cameraId }: Watch, detail: Readonly<Record<string, unknown>>): void {
    void this.#audit.record({ action: `${kind}.watch`, cameras: [cameraId], detail, by });
  }
}

const nameOf = (owner: string, view: string): string => `${owner} ${view}`;
