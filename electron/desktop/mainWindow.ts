import type { BrowserWindow } from 'electron';

/** The application's main window, which comes and goes while the application runs. */
export class MainWindow {
  #window: BrowserWindow | null = null;
  #dismissed = false;
  /** Called when somebody wants to close it; false keeps it open. */
  mayClose: () => boolean = () => true;

  constructor(private readonly open: () => BrowserWindow) {}

  get current(): BrowserWindow | null {
    return this.#window;
  }

  /** Brings it to the front; opens it when it was closed. */
  show(): BrowserWindow {
    if (this.#window) {
      if (this.#window.isMinimized()) this.#window.restore();
      // One that is still being painted shows itself.
      if (!this.#window.webContents.isLoading()) this.#window.show();
      this.#window.focus();
      return this.#window;
    }
    const window = this.open();
    this.#window = window;
    window.on('close', (event) => {
      if (!this.#dismissed && !this.mayClose()) event.preventDefault();
    });
    window.on('closed', () => {
      this.#window = null;
      this.#dismissed = false;
    });
    return window;
  }

  /** Closes it without asking `mayClose`. */
  dismiss(): void {
    if (this.#window === null) return;
    this.#dismissed = true;
    this.#window.close();
  }
}
