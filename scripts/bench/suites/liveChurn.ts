import type { RunningApp } from '../../../e2e/app';
import { PageViewers } from '../../../e2e/viewer/install';
import { summarise } from '../lib/result';
import type { Run } from '../measure';

const VIEWERS = 50;
/** Decoders at the same moment, the tile of the live screen not counted. */
const TOGETHER = 7;
/** A picture comes within a GOP; this is for a machine that is busy with something else. */
const PATIENCE_MS = 20_000;

/** live.churn: viewers join and leave; neither the producer nor the ingest may notice. */
export async function churn(run: Run, app: RunningApp, cameraId: string): Promise<void> {
  const state = async () => ({
    producer: (await app.vas.streamState(cameraId))?.producer_id ?? null,
    pid: await app.vas.pidOf('ingest', cameraId),
    reconnects: (await app.vas.streamState(cameraId))?.reconnects ?? -1,
  });
  const viewers = await PageViewers.install(app.page);
  const first = await state();
  if (first.producer === null || first.pid === null)
    throw new Error('the stream has no producer or no ingest');
  let last = first;
  let changes = 0;
  const watch = async () => {
    const now = await state();
    if (JSON.stringify(now) !== JSON.stringify(last)) changes++;
    last = now;
  };
  const joined: number[] = [];
  const pictures: number[] = [];
  for (let index = 0; index < VIEWERS; index++) {
    run.signal.throwIfAborted();
    if (joined.length === TOGETHER) await viewers.leave(joined.shift() ?? 0);
    const { viewer, producerId, firstPictureMs } = await within(
      `viewer ${String(index)} sees a picture`,
      viewers.join(cameraId),
    );
    if (producerId !== first.producer) changes++;
    joined.push(viewer);
    pictures.push(firstPictureMs);
    await watch();
  }
  while (joined.length > 0) await viewers.leave(joined.shift() ?? 0);
  await viewers.close();
  await watch();
  run.note(`${String(VIEWERS)} viewers, ${String(changes)} changes`);
  run.result({
    id: 'live.churn',
    value: changes,
    unit: 'changes',
    samples: {
      viewers: VIEWERS,
      together: TOGETHER + 1,
      join_to_picture_ms: summarise(pictures),
      first,
      last,
    },
    method:
      `${String(VIEWERS)} viewers join one after the other until each shows a picture, and leave, at most ` +
      `${String(TOGETHER + 1)} decoding at once (the tile of the live screen among them): real consumers in the page ` +
      'of the application. Counted: changes of producer id, pid of the ingest FFmpeg or its reconnects, after each join.',
  });
}

/** @throws Error naming `what` when it takes longer than PATIENCE_MS */
async function within<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`waited ${String(PATIENCE_MS)} ms until ${what}`)),
      PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
