import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Api } from '../../main/api/api';
import type { Logger } from '../../main/base/logger';
import { APP_ORIGIN } from '../protocols/app';

/** Only the main frame of a window that shows our own page may call (anchors F1). */
function ownPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}

/**
 * Connects the API to Electron's IPC. Calls that arrive before the application has started wait for it.
 * A window's subscriptions, transports and consumers end with the window or with its page.
 */
export function registerIpc(ipcMain: IpcMain, api: Promise<Api>, log: Logger): void {
  const known = new WeakSet<WebContents>();
  const subscriptions = new Map<string, () => void>();

  const adopt = (contents: WebContents) => {
    if (known.has(contents)) return;
    known.add(contents);
    const owner = String(contents.id);
    const release = () => {
      for (const [key, stop] of subscriptions) {
        if (!key.startsWith(`${owner}/`)) continue;
        stop();
        subscriptions.delete(key);
      }
      void api.then((ready) => ready.closeOwner(owner)).catch(() => undefined);
    };
    contents.on('destroyed', release);
    contents.on('render-process-gone', release);
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) release();
    });
  };

  ipcMain.handle('vas:call', async (event, kind: unknown, name: unknown, request: unknown) => {
    if (!ownPage(event)) {
      log.warn({ channel: name, frame: event.senderFrame?.url ?? null }, 'call from a foreign frame refused');
      return {
        ok: false,
        error: { status: 403, message: 'Not allowed from this page.', path: String(name) },
      };
    }
    adopt(event.sender);
    return (await api).call(String(event.sender.id), kind, name, request);
  });

  ipcMain.on('vas:subscribe', (event, id: unknown, name: unknown, request: unknown) => {
    if (!ownPage(event) || typeof id !== 'number') return;
    const contents = event.sender;
    adopt(contents);
    const key = `${String(contents.id)}/${String(id)}`;
    let cancelled = false;
    subscriptions.set(key, () => (cancelled = true));
    void api
      .then((ready) => {
        if (cancelled) return;
        const stop = ready.subscribe(name, request, (value) => {
          if (!contents.isDestroyed()) contents.send('vas:value', id, value);
        });
        subscriptions.set(key, stop);
      })
      .catch((error: unknown) => log.warn({ err: error, channel: name }, 'subscription refused'));
  });

  ipcMain.on('vas:unsubscribe', (event, id: unknown) => {
    const key = `${String(event.sender.id)}/${String(id)}`;
    subscriptions.get(key)?.();
    subscriptions.delete(key);
  });
}
