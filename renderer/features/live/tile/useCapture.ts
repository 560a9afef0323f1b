import type { Device } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { bytesText, clockText, momentBeside } from '../../../ui/timeText';
import { closeToast, toast } from '../../../ui/toasts';

/** Length of a clip that is taken from a tile. */
const CLIP_SECONDS = 30;

export interface Capture {
  readonly snapshot: () => Promise<void>;
  readonly clip: () => Promise<void>;
}

/**
 * Takes a picture or half a minute of a camera and tells the result.
 * @param replayedAt wall clock of a replayed picture, milliseconds: what is on screen is taken, not the present
 */
export function useCapture(device: Device, replayedAt: number | null): Capture {
  const { run: takeSnapshot } = useCommand('snapshots.capture-live');
  const { run: takeOldSnapshot } = useCommand('snapshots.capture-historical');
  const { run: takeClip } = useCommand('bookmarks.capture-live');
  const { run: takeOldClip } = useCommand('bookmarks.capture-historical');
  const { id, name } = device;
  const instant = replayedAt === null ? null : new Date(replayedAt).toISOString();
  return {
    async snapshot() {
      const taken =
        instant === null
          ? await takeSnapshot({ device_id: id })
          : await takeOldSnapshot({ device_id: id, timestamp: instant });
      if (!taken.ok)
        toast({ tone: 'bad', title: t('capture.snapshotFailed', { name }), text: taken.error.message });
      else
        toast({
          tone: 'ok',
          title: t('capture.snapshotSaved', { name }),
          text: t('capture.snapshotText', {
            time: clockText(Date.parse(taken.data.timestamp)),
            size: bytesText(taken.data.file_size),
          }),
        });
    },
    async clip() {
      const waiting = toast({
        tone: 'info',
        title:
          replayedAt === null
            ? t('capture.clipRunning', { name, seconds: CLIP_SECONDS })
            : t('capture.clipAround', { name, time: clockText(replayedAt) }),
      });
      const taken =
        instant === null
          ? await takeClip({ device_id: id, duration: CLIP_SECONDS })
          : await takeOldClip({ device_id: id, center_timestamp: instant, duration: CLIP_SECONDS });
      closeToast(waiting);
      if (!taken.ok)
        toast({ tone: 'bad', title: t('capture.clipFailed', { name }), text: taken.error.message });
      else
        toast({
          tone: 'ok',
          title: t('capture.clipSaved', { name }),
          text: t('capture.clipText', {
            start: clockText(Date.parse(taken.data.start_timestamp)),
            end: momentBeside(Date.parse(taken.data.end_timestamp), Date.parse(taken.data.start_timestamp)),
            size: bytesText(taken.data.file_size),
          }),
        });
    },
  };
}
