import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { startCodedClock } from '../../cameras/codedClock';
import { percentile, rounded, summarise } from '../lib/result';
import { startPlainApp } from '../lib/plainApp';
import { addCamera, launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

const STARTS = 20;
const GOP_MS = 1000;

/** Start of the process to the window and to the first live picture, with one stored camera. */
export function startup(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const dataDir = await temporaryFolder(cleanup, 'startup');
    const clock = await startCodedClock();
    cleanup.add(() => clock.stop());
    const first = await launch(cleanup, dataDir);
    await addCamera(first.vas, 'Clock', clock.url);
    await first.close();

    const window: number[] = [];
    const picture: number[] = [];
    for (let start = 0; start <= STARTS; start++) {
      // Otherwise the time that quitting takes would always meet the same moment of the camera's GOP.
      await delay(randomInt(GOP_MS), undefined, { signal: run.signal });
      const app = startPlainApp({ dataDir, env: { VAS_REPORT_FIRST_PICTURE: '1' } });
      cleanup.add(() => app.quit());
      const windowMs = (await app.printed('window shown', 30_000)) - app.startedAtMs;
      const pictureMs = (await app.printed('first live picture', 30_000)) - app.startedAtMs;
      await app.quit();
      run.note(`start ${String(start)}: window ${String(windowMs)} ms, picture ${String(pictureMs)} ms`);
      if (start === 0) continue; // fills the page cache
      window.push(windowMs);
      picture.push(pictureMs);
    }
    const common =
      `${String(STARTS)} starts one after the other, warm page cache, one stored camera (720p30, key frame every ` +
      'second, its encoder running on the same cores all the time, so that starts fall anywhere in a GOP), no debugger. ';
    run.result({
      id: 'startup.window_p95_ms',
      value: percentile(window, 95),
      unit: 'ms',
      samples: { raw: window, ...summarise(window) },
      method: `${common}From creating the process to the line it prints when its window is shown.`,
    });
    const beyond = picture.map((ms) => ms - GOP_MS);
    run.result({
      id: 'startup.live_p95_ms',
      value: rounded(percentile(beyond, 95)),
      unit: 'ms',
      samples: { raw: picture, raw_summary: summarise(picture), ...summarise(beyond) },
      method:
        `${common}From creating the process to the line it prints when the first live picture was presented, ` +
        `minus one GOP (${String(GOP_MS)} ms); raw holds the times with it.`,
    });
  });
}
