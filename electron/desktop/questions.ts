import type { DesktopQuestion } from '../../contract/desktop';
import type { DesktopAnswer } from '../../main/desktop/control';
import type { Clock } from '../../main/base/clock';

/** A page that does not put a question on screen within this time does not answer it either, milliseconds. */
const PAGE_PATIENCE_MS = 3_000;

export type NewQuestion = Omit<DesktopQuestion, 'id'>;
/** A message box of the platform; the signal takes it away when the page has answered after all. */
export type MessageBox = (question: DesktopQuestion, gone: AbortSignal) => Promise<DesktopAnswer>;

/**
 * Asks the user in the window; where its page is dead or hung, with a message box of the platform. There is one
 * question at a time: a second request waits for the same answer, and one that weighs more takes its place.
 */
export class Questions {
  #pending: {
    question: DesktopQuestion;
    answered: Promise<DesktopAnswer>;
    settle: (answer: DesktopAnswer) => void;
    shown: () => void;
  } | null = null;
  #nextId = 1;
  readonly #listeners = new Set<(value: { question: DesktopQuestion | null }) => void>();

  constructor(
    private readonly clock: Clock,
    private readonly messageBox: MessageBox,
  ) {}

  ask(question: NewQuestion): Promise<DesktopAnswer> {
    if (this.#pending?.question.kind === question.kind) return this.#pending.answered;
    this.#pending?.settle('cancel');
    const asked: DesktopQuestion = { ...question, id: this.#nextId++ };
    const gone = new AbortController();
    const fallback = this.clock.after(PAGE_PATIENCE_MS, () => {
      this.messageBox(asked, gone.signal).then(
        (answer) => this.answer(asked.id, answer),
        () => this.answer(asked.id, 'cancel'),
      );
    });
    let settle: (answer: DesktopAnswer) => void = () => undefined;
    const answered = new Promise<DesktopAnswer>((resolve) => (settle = resolve));
    this.#pending = {
      question: asked,
      answered,
      settle: (answer) => {
        fallback.cancel();
        this.#pending = null;
        this.#tell();
        settle(answer);
        gone.abort();
      },
      shown: () => fallback.cancel(),
    };
    this.#tell();
    return answered;
  }

  answer(id: number, answer: DesktopAnswer | 'shown'): void {
    if (this.#pending?.question.id !== id) return;
    if (answer === 'shown') this.#pending.shown();
    else this.#pending.settle(answer);
  }

  subscribe(listener: (value: { question: DesktopQuestion | null }) => void): () => void {
    this.#listeners.add(listener);
    listener({ question: this.#pending?.question ?? null });
    return () => void this.#listeners.delete(listener);
  }

  #tell(): void {
    const value = { question: this.#pending?.question ?? null };
    for (const listener of this.#listeners) listener(value);
  }
}
