import type { Device } from '../../../../contract';
import { useDevices } from '../../../data/DevicesProvider';
import { mendedInForm } from '../../../data/faultText';
import { useCommand } from '../../../data/useCommand';
import { useSecondsUntil } from '../../../data/useSecondsUntil';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { EditIcon, PlayIcon } from '../../../ui/icons';
import { toast } from '../../../ui/toasts';
import { useNavigation } from '../../shell/Navigation';
import { STATE_ICONS } from './StateMark';
import type { TileState } from './tileState';
import { countdownText, shortCountdownText, statusText } from './tileText';

export interface TileStatusProps {
  readonly device: Device;
  readonly state: TileState;
}

/** The message over a picture that is not live: what is the matter, what happens next, what to do. */
export function TileStatus({ device, state }: TileStatusProps) {
  const { open } = useNavigation();
  const text = statusText(state);
  if (text === null) return null;
  const Icon = STATE_ICONS[state.kind];
  return (
    <div className={`tile-status tile-status-${state.kind}`} data-testid="tile-status">
      <Icon size={26} className="tile-status-icon" />
      <p className="tile-status-title">{text.title}</p>
      {text.text === null ? null : <p className="tile-status-text">{text.text}</p>}
      {state.kind === 'reconnecting' ||
      ((state.kind === 'offline' || state.kind === 'silent') && device.is_active) ? (
        <Countdown retryAt={state.retryAt} attempt={state.attempt} />
      ) : null}
      {state.kind === 'offline' && mendedInForm(state.fault.code) ? (
        <Button needs="cameras.configure" onPress={() => open('cameras', { editCameraId: device.id })}>
          <EditIcon size={16} />
          {t('tile.editCamera')}
        </Button>
      ) : null}
      {state.kind === 'stopped' ? <StartButton device={device} /> : null}
    </div>
  );
}

function Countdown({ retryAt, attempt }: { readonly retryAt: number | null; readonly attempt: number }) {
  const seconds = useSecondsUntil(retryAt);
  return (
    <p className="tile-status-count numeric" data-testid="countdown">
      <span className="tile-count-long">{countdownText(seconds, attempt)}</span>
      <span className="tile-count-short">{shortCountdownText(seconds)}</span>
    </p>
  );
}

function StartButton({ device }: { readonly device: Device }) {
  const { run, running } = useCommand('devices.start-stream');
  const { refetch } = useDevices();
  const start = async () => {
    const started = await run({ id: device.id });
    if (started.ok) refetch();
    else
      toast({
        tone: 'bad',
        title: t('tile.startFailed', { name: device.name }),
        text: started.error.message,
      });
  };
  return (
    <Button needs="cameras.configure" look="primary" isPending={running} onPress={() => void start()}>
      <PlayIcon size={16} />
      {t('tile.start')}
    </Button>
  );
}
