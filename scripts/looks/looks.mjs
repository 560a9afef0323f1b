// @ts-check
// npm run looks -- --out FOLDER [--sizes 1280x800,1920x1080,3840x2160]: pictures of every layout and of the main
// screens, in each size, light and dark, with moving pictures from real cameras. For people to look at.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { openDisplay } from '../bootstrap/display.mjs';
import { foreground } from '../bootstrap/foreground.mjs';
import { inRoot } from '../bootstrap/paths.mjs';
import { commandLine } from '../lib/commandLine.mjs';

const SIZES = '1280x800,1920x1080,3840x2160';
const usage = `npm run looks -- --out FOLDER [--sizes ${SIZES}] [-g NAME]`;

process.exitCode = await main();

async function main() {
  const { values } = commandLine(usage, {
    options: {
      out: { type: 'string' },
      sizes: { type: 'string', default: SIZES },
      grep: { type: 'string', short: 'g' },
    },
  });
  const sizes = values.sizes.split(',').map((size) => /^(\d{3,4})x(\d{3,4})$/.exec(size));
  if (values.out === undefined || sizes.includes(null)) {
    console.error(usage);
    return 2;
  }
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  // A little larger than the largest window: one as large as the display would be kept below it.
  const most = (/** @type {1 | 2} */ side) => Math.max(...sizes.map((size) => Number(size?.[side])));
  const display = await openDisplay({ width: most(1) + 64, height: most(2) + 64 });
  try {
    return await foreground(
      process.execPath,
      [
        inRoot('node_modules/@playwright/test/cli.js'),
        ...['test', `--config=${inRoot('e2e/looks/playwright.config.ts')}`],
        ...(values.grep === undefined ? [] : ['-g', values.grep]),
      ],
      { ...process.env, ...display.env, VAS_LOOKS_OUT: out, VAS_LOOKS_SIZES: values.sizes },
    );
  } finally {
    display.stop();
  }
}
