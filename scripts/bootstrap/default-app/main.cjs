// Makes `electron <folder or file>` work in a runtime that came without Electron's own default app.
const { app } = require('electron');
const { existsSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const argument = process.argv.slice(1).find((value) => !value.startsWith('-')) ?? '.';
const target = path.resolve(argument);
const manifestFile = path.join(target, 'package.json');

if (existsSync(manifestFile)) {
  const manifest = require(manifestFile);
  app.setAppPath(target);
  if (manifest.version) app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name ?? 'Electron');
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  load(path.join(target, manifest.main ?? 'index.js'));
} else {
  load(target);
}

function load(file) {
  const failed = (error) => {
    // Electron would open a dialog, which nobody sees where there is no screen.
    console.error(error);
    app.exit(1);
  };
  if (file.endsWith('.mjs')) {
    import(pathToFileURL(file).href).catch(failed);
    return;
  }
  try {
    require(file); // at once: some of Electron's settings are only accepted before `ready`
  } catch (error) {
    failed(error);
  }
}
