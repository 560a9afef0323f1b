import { startCodedClock } from '../../cameras/codedClock';
import { addCamera, launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { churn } from './liveChurn';
import { firstPictures } from './liveFirst';
import { glassToGlass } from './liveGlass';

/** Latency, joining and churn of live view, from a 720p30 camera with a burnt-in clock. */
export function live(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const clock = await startCodedClock();
    cleanup.add(() => clock.stop());
    const app = await launch(cleanup, await temporaryFolder(cleanup, 'live'));
    const cameraId = await addCamera(app.vas, 'Clock', clock.url);
    await glassToGlass(run, app, clock, cameraId);
    await firstPictures(run, app, cameraId);
    await churn(run, app, cameraId);
  });
}
