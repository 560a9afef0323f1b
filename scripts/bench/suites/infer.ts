import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { electronExecutable, repositoryRoot, sandboxArguments } from '../../../e2e/support/runtime';
import type { OverheadFigures } from '../../../electron/containers/testing/infer/overhead';
import type { RateFigures } from '../../../electron/containers/testing/infer/rate';
import type { Setup } from '../../../electron/containers/testing/infer/world';
import { externals } from '../../package/externals.mjs';
import { footageClip, rawPictures } from '../lib/clips';
import { median } from '../lib/nativePrograms';
import { percentile, rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

const MODEL = 'nanodet-g-416x256';

interface Figures {
  readonly spread: OverheadFigures;
  readonly inPhase: OverheadFigures;
  readonly rate: RateFigures;
}

/** From frame to event beside the model's own time, and how much of the model's speed is left, inside Electron. */
export function infer(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const figures = await measured(run, cleanup);
    overhead(run, 'infer.overhead_p95_ms', figures.spread, 'each a quarter of the interval after the last');
    overhead(run, 'infer.overhead_in_phase_p95_ms', figures.inPhase, 'all packets sent in the same moment');
    const { ours, alone, ...rest } = figures.rate;
    run.result({
      id: 'infer.rate_ratio',
      value: rounded(median(ours) / median(alone)),
      unit: 'x',
      samples: { ours_per_s: ours.map(rounded), alone_per_s: alone.map(rounded), ...rest },
      method:
        `Answers a second of ${MODEL} in its utility process with ${String(rest.subscriptions)} subscriptions on footage replayed into rings ` +
        '(640x360, 30 pictures a second each), through core, client, socket, frame ring, pre- and post-processing, tracker, rules and ' +
        'event persistence ("persist every result"), against onnxruntime alone in a loop in a utility process of its own: same model, ' +
        'threads, options (spinning off) and niceness. By turns, median by median; what a frame took inside the container in the samples, ms.',
    });
  });
}

function overhead(run: Run, id: string, figures: OverheadFigures, phases: string): void {
  const { passages } = figures;
  const of = (part: (one: (typeof passages)[number]) => number) => summarise(passages.map(part));
  const times = passages.map(({ total, model, wait }) => total - model - wait);
  run.note(`${id}: ${String(passages.length)} events, phases ${figures.phases.join(', ')} ms`);
  run.result({
    id,
    value: percentile(times, 95),
    unit: 'ms',
    samples: {
      overhead: summarise(times),
      model: of(({ model }) => model),
      wait: of(({ wait }) => wait),
      total: of(({ total }) => total),
      preprocess: of(({ preprocess }) => preprocess),
      postprocess: of(({ postprocess }) => postprocess),
      phases_ms: figures.phases,
      published: figures.published,
      dropped: figures.dropped,
    },
    method:
      `4 cameras at 5 pictures a second, ${phases}: packets of footage replayed in real time to the product's frame export ` +
      `(decoders, tap, rings), core, client, ${MODEL} in its utility process, event policy "persist every result", event store. From the ` +
      "frame's publication by the tap's thread (its own time stamp) to the main thread being told of the commit, minus the time in the " +
      'model and the wait inside the container, which are in the samples; pre- and post-processing count as overhead.',
  });
}

async function measured(run: Run, cleanup: Cleanup): Promise<Figures> {
  const folder = await temporaryFolder(cleanup, 'ai');
  const ffmpeg = ffmpegPath();
  const setup: Setup = {
    ...{ folder, root: repositoryRoot, modelId: MODEL, ffmpeg },
    clip: await footageClip(ffmpeg),
    pictures: await rawPictures(ffmpeg, path.join(folder, 'pictures.nv12')),
    loop: await bundled('onnxLoop'),
    ...{ overheadSeconds: 30, rateRounds: 5, rateSeconds: 4 },
  };
  const env: NodeJS.ProcessEnv = { ...process.env, VAS_BENCH_INFER: JSON.stringify(setup) };
  delete env['ELECTRON_RUN_AS_NODE'];
  const child = spawn(electronExecutable(), [...sandboxArguments(), await bundled('program')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  cleanup.add(() => {
    child.kill('SIGTERM');
    return Promise.resolve();
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
  await once(child, 'exit');
  const file = path.join(folder, 'figures.json');
  if (!existsSync(file)) throw new Error(`the program measured nothing: ${errors}`);
  run.note('measured');
  return JSON.parse(await readFile(file, 'utf8')) as Figures;
}

/** In dist, where bundles find native addon and packages. */
async function bundled(name: string): Promise<string> {
  const outfile = path.join(repositoryRoot, `dist/bench/infer-${name}.cjs`);
  await build({
    entryPoints: [path.join(repositoryRoot, `electron/containers/testing/infer/${name}.ts`)],
    outfile,
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'cjs' },
    external: ['electron', ...externals, '*.node'],
    // In one piece the name would be replaced in this very file (scripts/lib/loadTs.mjs).
    define: { [['import.meta', 'url'].join('.')]: 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}
