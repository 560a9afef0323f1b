import type { Device } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { bytesText, clockText } from '../../../ui/timeText';
import { closeToast, toast } from '../../../ui/toasts';

/** Length of a clip that is taken from a tile. */
const CLIP_SECONDS = 30;

export interface Capture {
  readonly snapshot: () => Promise<void>;
  readonly clip: () => Promise<void>;
}

/** Takes a picture or the last half minute of a camera and tells the result. */
export function useCapture(device: Device): Capture {
  const { run: takeSnapshot } = useCommand('snapshots.capture-live');
  const { run: takeClip } = useCommand('bookmarks.capture-live');
  const { id, name } = device;
  return {
    async snapshot() {
      const taken = await takeSnapshot({ device_id: id });
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
        title: t('capture.clipRunning', { name, seconds: CLIP_SECONDS }),
      });
      const taken = await takeClip({ device_id: id, duration: CLIP_SECONDS });
      closeToast(waiting);
      if (!taken.ok)
        toast({ tone: 'bad', title: t('capture.clipFailed', { name }), text: taken.error.message });
      else
        toast({
          tone: 'ok',
          title: t('capture.clipSaved', { name }),
          text: t('capture.clipText', {
            start: clockText(Date.parse(taken.data.start_timestamp)),
            end: clockText(Date.parse(taken.data.end_timestamp)),
            size: bytesText(taken.data.file_size),
          }),
        });
    },
  };
}
