import type { SortDescriptor } from 'react-aria-components';
import type { Device } from '../../../contract';
import type { StreamCondition } from '../../data/streamCondition';
import { conditionOf } from '../../data/streamCondition';
import type { TimedStreamState } from '../../data/StreamStore';
import { streamKey } from '../../data/StreamStore';
import type { CameraArchive } from './archive/archiveText';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const TEXT_OF: Readonly<Record<string, (device: Device) => string>> = {
  name: (device) => device.name,
  location: (device) => device.location ?? '',
  address: (device) => device.rtsp_url,
  // Largest pictures last, unknown ones first.
  video: ({ main_info }) =>
    main_info === null ? '' : `${String(main_info.video.width)} ${main_info.video.codec}`,
  recording: (device) => (device.recording ? 'a' : 'b'),
  started: (device) => (device.is_active ? 'a' : 'b'),
};

/** What needs attention first. */
const CONDITIONS: readonly StreamCondition['kind'][] = [
  'offline',
  'silent',
  'reconnecting',
  'connecting',
  'running',
  'stopped',
];

type Streams = ReadonlyMap<string, TimedStreamState>;

/** What is not part of a camera itself. */
export interface SortFacts {
  /** For the column `state`. */
  readonly streams?: Streams;
  /** For the column `archive`. */
  readonly archive?: ReadonlyMap<string, CameraArchive>;
}

function rankOf(device: Device, streams: Streams): string {
  const { kind } = conditionOf(streams.get(streamKey(device.id, 'main')) ?? null, device.is_active);
  return String(CONDITIONS.indexOf(kind));
}

/** Cameras in the order of a column; `Camera 2` before `Camera 10`. */
export function sortCameras(
  devices: readonly Device[],
  { column, direction }: SortDescriptor,
  { streams = new Map(), archive = new Map() }: SortFacts = {},
): Device[] {
  const textOf =
    column === 'state'
      ? (device: Device) => rankOf(device, streams)
      : column === 'archive'
        ? // The shortest archive first.
          (device: Device) => String(1e15 - Date.parse(archive.get(device.id)?.oldest ?? '9999-01-01'))
        : (TEXT_OF[String(column)] ?? ((device: Device) => device.name));
  const sign = direction === 'descending' ? -1 : 1;
  const keyed = devices.map((device) => ({ device, text: textOf(device) }));
  keyed.sort(
    (a, b) => sign * collator.compare(a.text, b.text) || collator.compare(a.device.name, b.device.name),
  );
  return keyed.map(({ device }) => device);
}
