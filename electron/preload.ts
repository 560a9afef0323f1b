import { contextBridge, ipcRenderer } from 'electron';
import type { VasBridge } from '../contract/bridge';

type Listener = (value: never) => void;

const listeners = new Map<number, Listener>();
let nextSubscription = 1;

ipcRenderer.on('vas:value', (_event, subscription: number, value: never) =>
  listeners.get(subscription)?.(value),
);

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
