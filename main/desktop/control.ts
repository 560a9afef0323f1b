import type { DesktopQuestion, DesktopState } from '../../contract/desktop';

export type DesktopAnswer = 'quit' | 'continue' | 'cancel';

/** What the shell offers to the API. The main process knows nothing else of the desktop it runs on. */
export interface DesktopControl {
  state(): Promise<DesktopState>;
  /** @throws VasError unavailable, conflict when the desktop refuses */
  update(patch: {
    readonly autostart?: boolean | undefined;
    readonly crash_restart?: boolean | undefined;
  }): Promise<DesktopState>;
  /** Ends the application, asking first when something records. */
  quit(): void;
  /** The question that waits for an answer, at once and after each change; returns how to stop. */
  subscribeQuestion(push: (value: { question: DesktopQuestion | null }) => void): () => void;
  /** An answer to a question that is gone is ignored. */
  answer(id: number, answer: DesktopAnswer | 'shown'): void;
}
