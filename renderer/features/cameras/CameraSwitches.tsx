import type { Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { ScheduleIcon } from '../../ui/icons';
import { Toggle } from '../../ui/Toggle';
import { toast } from '../../ui/toasts';
import { toWeek } from './schedule/week';
import { weekSummary } from './schedule/weekText';

/** Whether segments of the camera are kept. */
export function RecordingSwitch({ device }: { readonly device: Device }) {
  const { refetch } = useDevices();
  const { run, running } = useCommand('devices.update');
  const { name } = device;
  const change = async (recording: boolean) => {
    const changed = await run({ id: device.id, recording });
    if (!changed.ok)
      toast({ tone: 'bad', title: t('camera.recordingFailed', { name }), text: changed.error.message });
    else if (!recording) toast({ tone: 'warn', title: t('camera.recordingOff', { name }) });
    refetch();
  };
  const summary = device.schedule === null ? null : weekSummary(toWeek(device.schedule));
  return (
    <>
      <Toggle
        label={t('camera.recordingOf', { name })}
        labelHidden
        isSelected={device.recording}
        isDisabled={running}
        onChange={(recording) => void change(recording)}
      />
      {summary === null ? null : (
        <span className="camera-scheduled" title={summary}>
          <ScheduleIcon size={16} />
          <span className="visually-hidden">{summary}</span>
        </span>
      )}
    </>
  );
}

/** Whether the camera runs at all. */
export function StartedSwitch({ device }: { readonly device: Device }) {
  const { refetch } = useDevices();
  const start = useCommand('devices.start-stream');
  const stop = useCommand('devices.stop-stream');
  const { id, name } = device;
  const change = async (wanted: boolean) => {
    const changed = await (wanted ? start : stop).run({ id });
    if (!changed.ok)
      toast({
        tone: 'bad',
        title: t(wanted ? 'camera.startFailed' : 'camera.stopFailed', { name }),
        text: changed.error.message,
      });
    else if (!wanted) toast({ tone: 'warn', title: t('camera.stoppedToast', { name }) });
    refetch();
  };
  return (
    <Toggle
      label={t('camera.startedOf', { name })}
      labelHidden
      isSelected={device.is_active}
      isDisabled={start.running || stop.running}
      onChange={(wanted) => void change(wanted)}
    />
  );
}
