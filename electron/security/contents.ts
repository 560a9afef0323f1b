import type { App } from 'electron';

/** Applies to every web contents that will ever exist: it stays on its page and opens nothing. */
export function hardenWebContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    // Only page-initiated navigation raises these; the shell's own loadURL and reload do not.
    contents.on('will-navigate', (event) => {
      // A page may begin anew: it does when somebody else has signed in.
      if (event.url !== contents.getURL()) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
