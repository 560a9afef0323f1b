// Starts the application with a screen module that tells of the displays in VAS_TEST_DISPLAYS. The windows are real;
// only what the system says about monitors is not: Xvfb has one output.
const path = require('node:path');
const { app, screen } = require('electron');

const root = path.resolve(__dirname, '../../..');
const manifest = require(path.join(root, 'package.json'));
app.setAppPath(root);
app.setVersion(manifest.version);
app.setName(manifest.productName ?? manifest.name);

let displays = JSON.parse(process.env.VAS_TEST_DISPLAYS ?? '[]');

const overlap = (a, b) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

app.whenReady().then(() => {
  screen.getAllDisplays = () => displays;
  screen.getPrimaryDisplay = () => displays[0];
  screen.getDisplayMatching = (bounds) =>
    [...displays].sort((one, other) => overlap(bounds, other.bounds) - overlap(bounds, one.bounds))[0];
  globalThis.vasTestDisplays = (next) => {
    const name = next.length < displays.length ? 'display-removed' : 'display-added';
    displays = next;
    screen.emit(name, {}, displays[0]);
  };
});

require(path.join(root, manifest.main));
