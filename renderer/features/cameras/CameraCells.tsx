import type { Device } from '../../../contract';
import { scheduledOffText } from '../../data/scheduleText';
import { conditionOf } from '../../data/streamCondition';
import { useStream } from '../../data/StreamsProvider';
import { codecName, fpsText, reasonNames, sizeText } from '../../data/videoText';
import type { CameraArchive } from './archive/archiveText';
import { archiveLines } from './archive/archiveText';
import { addressParts } from './addressParts';
import { t } from '../../strings';
import { CheckIcon, ConnectingIcon, OfflineIcon, StopIcon, WarningIcon } from '../../ui/icons';
import { cameraStateText } from './cameraState';

const ICONS = { ok: CheckIcon, warn: WarningIcon, bad: OfflineIcon } as const;

/** The camera's state as icon and words; renders by itself when the stream's state changes. */
export function StateCell({ device }: { readonly device: Device }) {
  const stream = useStream(device.id, 'main');
  const condition = conditionOf(stream, device.is_active);
  const { word, reason: fault, tone } = cameraStateText(condition);
  const scheduled = device.recording ? scheduledOffText(stream?.state.schedule ?? null) : null;
  const reason = fault ?? (condition.kind === 'running' ? scheduled : null);
  const Icon = tone === 'quiet' ? (condition.kind === 'stopped' ? StopIcon : ConnectingIcon) : ICONS[tone];
  return (
    <span
      className={`camera-state camera-state-${tone}`}
      data-testid="camera-state"
      data-state={condition.kind}
    >
      <Icon size={16} />
      <span className="two-lines">
        <span className="camera-state-word">{word}</span>
        {reason === null ? null : <span className="second-line">{reason}</span>}
      </span>
    </span>
  );
}

/** Codec and size, frame rate and conversion of the main stream; the last known ones while it does not run. */
export function VideoCell({ device }: { readonly device: Device }) {
  const state = useStream(device.id, 'main')?.state;
  const video = (state?.info ?? device.main_info)?.video;
  if (video === undefined) return <span className="second-line">{t('camera.videoUnknown')}</span>;
  const reasons = state?.transcode_reasons ?? [];
  const converted =
    reasons.length === 0 ? null : t('convert.badge', { reasons: reasonNames(reasons, video) });
  return (
    <TwoLines
      first={joined([codecName(video.codec), sizeText(video)])}
      second={joined([fpsText(video.fps), converted])}
    />
  );
}

/** What the camera is called, and its groups. */
export function NameCell({ device }: { readonly device: Device }) {
  const groups = device.groups.join(', ');
  return (
    <span className="two-lines">
      <span className="camera-name one-line" title={device.name}>
        {device.name}
      </span>
      {groups === '' ? null : (
        <span className="second-line" title={groups}>
          {groups}
        </span>
      )}
    </span>
  );
}

/** Where the camera is found: host, then what follows. */
export function AddressCell({ device }: { readonly device: Device }) {
  const { host, rest } = addressParts(device.rtsp_url);
  const sub = device.sub_rtsp_url === null ? null : t('camera.withSub');
  return <TwoLines title={device.rtsp_url} first={host} second={joined([rest, sub])} />;
}

/** How far back the recordings of a camera reach, and what they take a day. */
export function ArchiveCell({ archive }: { readonly archive: CameraArchive | null }) {
  return <TwoLines {...archiveLines(archive)} />;
}

interface TwoLinesProps {
  readonly first: string;
  readonly second: string;
  /** The whole text, where the lines may be cut. */
  readonly title?: string;
}

function TwoLines({ first, second, title }: TwoLinesProps) {
  return (
    <span className="two-lines numeric" title={title}>
      <span className="one-line">{first}</span>
      {second === '' ? null : <span className="second-line">{second}</span>}
    </span>
  );
}

const joined = (parts: readonly (string | null)[]) =>
  parts.filter((part) => part !== null && part !== '').join(' \u00b7 ');
