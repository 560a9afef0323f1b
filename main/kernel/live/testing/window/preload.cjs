'use strict';
const { contextBridge, ipcRenderer } = require('electron');

const listeners = new Map();
let nextId = 0;
ipcRenderer.on('value', (_event, id, value) => listeners.get(id)?.(value));
contextBridge.exposeInMainWorld('vas', {
  query: (name, request) => ipcRenderer.invoke('call', 'query', name, request),
  command: (name, request) => ipcRenderer.invoke('call', 'command', name, request),
  subscribe: (name, _request, listener) => {
    const id = nextId++;
    listeners.set(id, listener);
    ipcRenderer.send('subscribe', id, name);
    return () => listeners.delete(id);
  },
});
