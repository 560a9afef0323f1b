import type { RunningApp } from '../app';

/**
 * Records everything the main process sends to pages: replies of calls and pushed values.
 * Installed in the main process, because the bridge in the page cannot be replaced (which is right).
 */
export async function recordRendererTraffic(app: RunningApp): Promise<{ messages(): Promise<string[]> }> {
  await app.electronApp.evaluate(({ ipcMain, webContents }) => {
    const globals = globalThis as unknown as { vasTestTraffic?: string[] };
    const traffic = (globals.vasTestTraffic = [] as string[]);
    const note = (value: unknown) => void traffic.push(JSON.stringify(value) ?? '');
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> })
      ._invokeHandlers;
    for (const [channel, handler] of handlers)
      handlers.set(channel, async (...args) => {
        const reply = await handler(...args);
        note([channel, reply]);
        return reply;
      });
    for (const contents of webContents.getAllWebContents()) {
      const send = contents.send.bind(contents);
      contents.send = (channel: string, ...args: unknown[]) => {
        note([channel, ...args]);
        send(channel, ...args);
      };
    }
  });
  return {
    messages: () =>
      app.electronApp.evaluate(() => (globalThis as unknown as { vasTestTraffic: string[] }).vasTestTraffic),
  };
}
