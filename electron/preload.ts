import { contextBridge, ipcRenderer } from 'electron';
import type { VasBridge } from '../contract/bridge';

const listeners = new Map<number, (value: never) => void>();
let nextSubscription = 1;

ipcRenderer.on('vas:value', (_event, subscription: unknown, value: unknown) => {
  listeners.get(subscription as number)?.(value as never);
});

const bridge: VasBridge = {
  query: (name, request) => ipcRenderer.invoke('vas:call', 'query', name, request),
  command: (name, request) => ipcRenderer.invoke('vas:call', 'command', name, request),
  subscribe(name, request, listener) {
    const subscription = nextSubscription++;
    listeners.set(subscription, listener);
    ipcRenderer.send('vas:subscribe', subscription, name, request);
    return () => {
      listeners.delete(subscription);
      ipcRenderer.send('vas:unsubscribe', subscription);
    };
  },
};

contextBridge.exposeInMainWorld('vas', bridge);
