// Runs in Electron, for icons.mjs: draws each SVG into a canvas of the wanted size and writes it as PNG.
/* global Image, document */
const { readFileSync, writeFileSync } = require('node:fs');
const { app, BrowserWindow } = require('electron');

const jobs = JSON.parse(process.argv.at(-1));

/** In the page. */
const draw = async (svg, size) => {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${svg}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  canvas.getContext('2d').drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1];
};

app
  .whenReady()
  .then(async () => {
    const window = new BrowserWindow({ show: false });
    await window.loadURL('data:text/html,<title>icons</title>');
    for (const { source, size, target } of jobs) {
      // The size stands in the SVG itself, or Chromium would scale a bitmap of its default size.
      const sized = readFileSync(source, 'utf8').replace('<svg ', `<svg width="${size}" height="${size}" `);
      const svg = Buffer.from(sized).toString('base64');
      const png = await window.webContents.executeJavaScript(`(${draw})(${JSON.stringify(svg)}, ${size})`);
      writeFileSync(target, Buffer.from(png, 'base64'));
    }
    app.exit(0);
  })
  .catch((error) => {
    console.error(error);
    app.exit(1);
  });
