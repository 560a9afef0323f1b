import type { OverlaySettings, Preferences } from '../../../contract';
import { overlaySettings } from '../../../contract/preferences';

export const OVERLAY_DEFAULTS: OverlaySettings = overlaySettings.parse({});
/** Class names that are remembered to choose from. */
const MOST_LABELS = 100;

export interface OverlayPort {
  /** Tells the stored preferences at once and on each change. @returns stops */
  connect(adopt: (stored: Preferences) => void): () => void;
  /** @throws when it was not saved */
  save(settings: OverlaySettings): Promise<void>;
  onFailure(error: unknown): void;
}

/**
 * The user's overlay settings in this window: what is chosen counts at once, is saved in order, and is what it was
 * before when it cannot be saved. Connected while somebody listens.
 */
export class OverlayStore {
  #settings = OVERLAY_DEFAULTS;
  #stored = OVERLAY_DEFAULTS;
  #isSaving = false;
  #isDirty = false;
  #disconnect: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();
  #labels: readonly string[] = [];

  constructor(private readonly port: OverlayPort) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#disconnect ??= this.port.connect((stored) => this.#adopt(stored));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#disconnect?.();
      this.#disconnect = null;
    };
  };

  /** The same object until something changes. */
  readonly settings = (): OverlaySettings => this.#settings;

  /** Class names that were seen in this window, sorted. */
  readonly labels = (): readonly string[] => this.#labels;

  /** Nothing is asked of any camera or model (INV-92). */
  readonly change = (patch: Partial<OverlaySettings>): void => {
    this.#set({ ...this.#settings, ...patch });
    this.#isDirty = true;
    if (!this.#isSaving) void this.#save();
  };

  /** Remembers a class name for the filter. */
  sawLabel(label: string): void {
    if (label === '' || this.#labels.includes(label) || this.#labels.length >= MOST_LABELS) return;
    this.#labels = [...this.#labels, label].sort();
    this.#notify();
  }

  async #save(): Promise<void> {
    this.#isSaving = true;
    try {
      while (this.#isDirty) {
        this.#isDirty = false;
        const settings = this.#settings;
        await this.port.save(settings);
        this.#stored = settings;
      }
    } catch (error) {
      this.#isDirty = false;
      this.#set(this.#stored);
      this.port.onFailure(error);
    } finally {
      this.#isSaving = false;
    }
  }

  #adopt({ overlay }: Preferences): void {
    this.#stored = overlay ?? OVERLAY_DEFAULTS;
    // While something is saved, what comes is older than what was chosen.
    if (!this.#isSaving) this.#set(this.#stored);
  }

  #set(next: OverlaySettings): void {
    if (JSON.stringify(next) === JSON.stringify(this.#settings)) return;
    this.#settings = next;
    this.#notify();
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
