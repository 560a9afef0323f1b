import { channels } from '../../contract';
import type {
  Device,
  DeviceCreate,
  DeviceUpdate,
  Preferences,
  ProbeReport,
  Reply,
  StreamState,
} from '../../contract';
import type { VasBridge } from '../../contract/bridge';
import { infoOf } from './samples';
import type { Behaviour, Scenario } from './scenarios';
import { CHANGE_AFTER_MS, stateAt } from './scenarios';

type Answer = Reply<unknown>;
type Handler = (request: never) => Answer | Promise<Answer>;

const ok = (data: unknown): Answer => ({ ok: true, data });
const refuse = (status: number, message: string, path: string, details?: unknown): Answer => ({
  ok: false,
  error: { status, message, path, ...(details === undefined ? {} : { details }) },
});
const later = <T>(value: T, ms: number) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

/** Plays the main process with data in memory. */
export function fakeBridge(scenario: Scenario): VasBridge {
  const started = Date.now();
  let cameras: readonly Behaviour[] = scenario.cameras;
  let agreed = !scenario.needsConsent;
  let preferences: Preferences = {};
  const listeners = new Set<(value: { streams: StreamState[] }) => void>();

  const push = () => {
    const streams = cameras.map((behaviour) => stateAt(behaviour, Date.now() - started));
    for (const listener of listeners) listener({ streams });
  };
  setTimeout(push, CHANGE_AFTER_MS + 20);

  const change = (id: string, next: (behaviour: Behaviour) => Behaviour): Answer => {
    cameras = cameras.map((behaviour) => (behaviour.device.id === id ? next(behaviour) : behaviour));
    push();
    const found = cameras.find(({ device }) => device.id === id);
    return found === undefined ? refuse(404, 'There is no such camera.', 'devices') : ok(found.device);
  };
  const store = (path: string, request: DeviceCreate | DeviceUpdate, save: () => Answer): Answer => {
    if (agreed || request.password == null) return save();
    return refuse(409, 'The password cannot be kept safely here.', path, { code: 'consent_required' });
  };

  const handlers: Readonly<Record<string, Handler>> = {
    'devices.list': () => {
      if (scenario.list === 'waits') return new Promise<Answer>(() => undefined);
      if (scenario.list === 'fails')
        return refuse(503, 'The database is busy. Try again in a moment.', 'devices.list');
      return ok({ devices: cameras.map(({ device }) => device), total: cameras.length });
    },
    'groups.list': () => {
      const names = [...new Set(cameras.flatMap(({ device }) => device.groups))];
      return ok({
        groups: names.map((name) => ({
          id: crypto.randomUUID(),
          name,
          camera_ids: cameras
            .filter(({ device }) => device.groups.includes(name))
            .map(({ device }) => device.id),
        })),
      });
    },
    'devices.create': (request: DeviceCreate) =>
      store('devices.create', request, () => {
        const device = created(request);
        cameras = [...cameras, { device, first: {}, feed: 'live' }];
        push();
        return ok(device);
      }),
    'devices.update': (request: DeviceUpdate) =>
      store('devices.update', request, () =>
        change(request.id, (behaviour) => ({ ...behaviour, device: updated(behaviour.device, request) })),
      ),
    'devices.delete': ({ id }: { id: string }) => {
      cameras = cameras.filter(({ device }) => device.id !== id);
      push();
      return ok({});
    },
    'devices.start-stream': ({ id }: { id: string }) =>
      change(id, (behaviour) => ({
        device: { ...behaviour.device, is_active: true },
        first: {},
        feed: 'live',
      })),
    'devices.stop-stream': ({ id }: { id: string }) =>
      change(id, (behaviour) => ({
        device: { ...behaviour.device, is_active: false },
        first: { phase: 'stopped', recording: false },
        feed: 'none',
      })),
    'devices.validate': (request: { rtsp_url: string; sub_rtsp_url?: string | null }) =>
      later(ok(validated(scenario, request.rtsp_url, request.sub_rtsp_url ?? null)), 700),
    'secrets.status': () => ok({ backend: 'basic_text', protection: 'obfuscation', accepted: agreed }),
    'secrets.accept-obfuscation': () => {
      agreed = true;
      return ok({});
    },
    'preferences.get': () => ok(preferences),
    'preferences.set': (request: Preferences) => {
      preferences = { ...preferences, ...request };
      return ok(preferences);
    },
    'snapshots.capture-live': () =>
      later(ok({ timestamp: new Date().toISOString(), file_size: 412_345 }), 300),
    'bookmarks.capture-live': () =>
      later(
        refuse(503, 'The camera has been recorded for 4 s only. Try again later.', 'bookmarks.capture-live'),
        800,
      ),
  };

  const call = async (name: string, request: unknown): Promise<Answer> => {
    const parsed = channels[name as keyof typeof channels].request.safeParse(request);
    if (!parsed.success) return refuse(422, 'The request does not fit.', name, parsed.error.issues);
    const handler = handlers[name];
    if (handler === undefined) return refuse(404, `The harness has no ${name}.`, name);
    await later(undefined, 20);
    return handler(parsed.data as never);
  };
  return {
    query: call as VasBridge['query'],
    command: call as VasBridge['command'],
    subscribe: (name, _request, listener) => {
      // The others say nothing here: their screens show what they show before the first value.
      if (name !== 'streams.states') return () => undefined;
      const streams = listener as (value: { streams: StreamState[] }) => void;
      listeners.add(streams);
      setTimeout(push, 10);
      return () => listeners.delete(streams);
    },
  };
}

function created({ password, ...request }: DeviceCreate): Device {
  const now = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    name: request.name,
    description: null,
    location: request.location ?? null,
    rtsp_url: request.rtsp_url,
    sub_rtsp_url: request.sub_rtsp_url ?? null,
    username: request.username ?? null,
    has_password: password != null,
    transport: request.transport ?? 'tcp',
    is_active: true,
    recording: request.recording ?? true,
    main_info: null,
    sub_info: null,
    groups: request.groups ?? [],
    schedule: request.schedule ?? null,
    created_at: now,
    updated_at: now,
  };
}

function updated(device: Device, { password, ...request }: DeviceUpdate): Device {
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  const has_password = password === undefined ? device.has_password : password !== null;
  return { ...device, ...given, has_password };
}

function validated({ probe }: Scenario, main: string, sub: string | null) {
  const report = (rtsp_url: string): ProbeReport => {
    switch (probe) {
      case 'refused':
        return {
          valid: false,
          rtsp_url,
          code: 'unauthorized',
          error: 'The camera refused user or password. Check both.',
          elapsed_ms: 312,
        };
      case 'converted':
        return {
          valid: true,
          rtsp_url,
          info: infoOf(
            { codec: 'hevc', profile: 'Main', gopSeconds: 4 },
            { codec: 'aac', sampleRate: 16_000, channels: 1 },
          ),
          transcode_reasons: ['codec'],
          elapsed_ms: 1_840,
        };
      case 'plays':
        return { valid: true, rtsp_url, info: infoOf(), transcode_reasons: [], elapsed_ms: 1_240 };
    }
  };
  return { main: report(main), sub: sub === null ? null : report(sub) };
}
