import type { Device, StreamState } from '../../contract';
import { deviceOf, infoOf, streamStateOf } from './samples';

/** How a camera behaves in the harness. */
export interface Behaviour {
  readonly device: Device;
  /** State of its main stream from the start. */
  readonly first: Partial<StreamState>;
  /** State after `changeAfterMs`; none: it stays. */
  readonly later?: Partial<StreamState>;
  /** `freezes`: pictures stop after a while. */
  readonly feed: 'live' | 'freezes' | 'none';
}

export interface Scenario {
  readonly cameras: readonly Behaviour[];
  readonly list: 'answers' | 'waits' | 'fails';
  /** What `devices.validate` finds, and whether saving asks for consent first. */
  readonly probe: 'plays' | 'converted' | 'refused';
  readonly needsConsent: boolean;
}

/** Milliseconds until `later` comes and freezing feeds freeze. */
export const CHANGE_AFTER_MS = 2_500;

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const PLACES = [
  ['Main gate', 'Gatehouse'],
  ['Loading dock 1', 'Warehouse, south'],
  ['Reception', 'Building A, ground floor'],
  ['Car park west', 'Outside'],
  ['Server room', 'Building A, basement'],
  ['Stairwell B', 'Building B'],
] as const;

function camera(number: number, change: Partial<Device> = {}): Device {
  const [name, location] = PLACES[(number - 1) % PLACES.length] ?? PLACES[0];
  const copy = Math.floor((number - 1) / PLACES.length);
  return deviceOf(idOf(number), {
    name: copy === 0 ? name : `${name} (${String(copy + 1)})`,
    location,
    rtsp_url: `rtsp://192.0.2.${String(10 + (number % 240))}:554/Streaming/Channels/101`,
    ...change,
  });
}

const running = (number: number, change: Partial<Device> = {}): Behaviour => ({
  device: camera(number, change),
  first: { camera_id: idOf(number) },
  feed: 'live',
});

const lost = {
  phase: 'backing-off',
  producer_id: null,
  recording: false,
} as const;

const states: readonly Behaviour[] = [
  {
    ...running(1),
    first: { transcode_reasons: ['codec'], info: infoOf({ codec: 'hevc', width: 2560, height: 1440 }) },
  },
  { ...running(2), feed: 'freezes' },
  {
    ...running(3),
    later: {
      ...lost,
      fault: { code: 'connection_lost', detail: 'end of file' },
      retry_in_ms: 60_000,
      attempts: 2,
      reconnects: 1,
    },
  },
  {
    ...running(4),
    feed: 'none',
    first: {
      ...lost,
      info: null,
      fault: { code: 'unauthorized', detail: '401 Unauthorized' },
      retry_in_ms: 30_000,
      attempts: 7,
    },
  },
];

const more: readonly Behaviour[] = [
  { ...running(1), feed: 'none', first: { phase: 'starting', info: null, producer_id: null } },
  {
    ...running(2, { is_active: false }),
    feed: 'none',
    first: { phase: 'stopped', info: null, recording: false },
  },
  {
    ...running(3),
    feed: 'none',
    first: {
      ...lost,
      info: null,
      fault: { code: 'unreachable', detail: 'no route to host' },
      retry_in_ms: 45_000,
      attempts: 12,
    },
  },
  { ...running(4), feed: 'freezes', later: { phase: 'stalled' } },
];

const many: readonly Behaviour[] = Array.from({ length: 300 }, (_none, index) => {
  const sample = states[index % states.length] ?? running(1);
  const device = camera(index + 1, index % 3 === 0 ? { sub_rtsp_url: 'rtsp://192.0.2.9/2' } : {});
  return { ...sample, device };
});

const DEFAULT: Scenario = { cameras: [], list: 'answers', probe: 'plays', needsConsent: false };

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  empty: DEFAULT,
  waiting: { ...DEFAULT, list: 'waits' },
  failing: { ...DEFAULT, list: 'fails' },
  one: { ...DEFAULT, cameras: [running(1)] },
  four: { ...DEFAULT, cameras: [1, 2, 3, 4].map((number) => running(number)) },
  sub: {
    ...DEFAULT,
    cameras: [1, 2].map((number) => running(number, { sub_rtsp_url: 'rtsp://192.0.2.9/2' })),
  },
  states: {
    ...DEFAULT,
    cameras: [
      ...states,
      running(5),
      { ...running(6, { is_active: false }), feed: 'none', first: { phase: 'stopped', recording: false } },
    ],
  },
  more: { ...DEFAULT, cameras: more },
  many: { ...DEFAULT, cameras: many },
  converted: { ...DEFAULT, cameras: [running(1)], probe: 'converted' },
  refused: { ...DEFAULT, cameras: [running(1)], probe: 'refused' },
  consent: { ...DEFAULT, needsConsent: true },
};

export function scenarioOf(name: string | null): Scenario {
  return SCENARIOS[name ?? ''] ?? DEFAULT;
}

/** The state of a camera's main stream at a time since the start of the page, milliseconds. */
export function stateAt(behaviour: Behaviour, elapsedMs: number): StreamState {
  const { device, first, later } = behaviour;
  const change = later !== undefined && elapsedMs >= CHANGE_AFTER_MS ? { ...first, ...later } : first;
  return streamStateOf(device.id, { since: device.created_at, ...change, camera_id: device.id });
}
