'use strict';
// A window with the live client and nothing else. Its signalling goes over standard input and output to the
// test, one JSON object a line: {call, id, kind, name, request} and {reply, id}; {value, id}; {evaluate, id, code}.
const { app, BrowserWindow, ipcMain } = require('electron');
const readline = require('node:readline');
const path = require('node:path');

const say = (message) => process.stdout.write(`@@${JSON.stringify(message)}\n`);
app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
app.commandLine.appendSwitch('allow-loopback-in-peer-connection');

app.whenReady().then(async () => {
  const waiting = new Map();
  let nextCall = 0;
  const window = new BrowserWindow({
    width: 700,
    height: 500,
    webPreferences: { preload: path.join(__dirname, 'preload.cjs'), backgroundThrottling: false },
  });
  ipcMain.handle('call', (_event, kind, name, request) => {
    const id = nextCall++;
    say({ call: true, id, kind, name, request });
    return new Promise((resolve) => waiting.set(id, resolve));
  });
  ipcMain.on('subscribe', (_event, id, name) => say({ subscribe: true, id, name }));
  window.webContents.on('console-message', (_event, level, text) => {
    if (level >= 2) say({ console: text });
  });
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('close', () => app.exit(0));
  lines.on('line', async (line) => {
    const message = JSON.parse(line);
    if (message.reply) {
      waiting.get(message.id)?.(message.reply);
      waiting.delete(message.id);
    } else if (message.value) window.webContents.send('value', message.id, message.value);
    else if (message.evaluate) {
      const result = await window.webContents
        .executeJavaScript(message.evaluate)
        .catch((e) => ({ error: String(e) }));
      say({ evaluated: true, id: message.id, result: result ?? null });
    }
  });
  await window.loadFile(process.env.VAS_HARNESS_PAGE);
  say({ ready: true });
});
