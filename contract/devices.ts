import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, text, uuid } from './common';
import { groupName } from './groups';
import { weekSchedule } from './schedule';

/** An RTSP address without user information: user and password have fields of their own. */
export const rtspUrl = text(512)
  .min(1, 'Enter the address of the camera, for example rtsp://192.0.2.10/stream1.')
  .superRefine((value, context) => {
    let url: URL;
    try {
      url = new URL(value);
    } catch {
      context.addIssue('This is not an address. It looks like rtsp://192.0.2.10:554/stream1.');
      return;
    }
    if (url.protocol !== 'rtsp:' && url.protocol !== 'rtsps:')
      context.addIssue('The address must start with rtsp:// or rtsps://.');
    else if (
      url.username !== '' ||
      url.password !== '' ||
      value.slice(0, value.indexOf('/', 8) >>> 0).includes('@')
    )
      context.addIssue('Take user and password out of the address; they have fields of their own.');
    else if (url.hostname === '') context.addIssue('The address has no host.');
    else if (/[\s'"\\]/.test(value))
      context.addIssue('The address must not contain spaces, quotes or backslashes.');
  });

export const transport = z.enum(['tcp', 'udp']);

const username = text(128);
const password = z
  .string()
  .max(256)
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not contain control characters');

export const videoInfo = z.object({
  codec: z.string(),
  profile: z.string().nullable(),
  width: z.number().int(),
  height: z.number().int(),
  pixelFormat: z.string().nullable(),
  fps: z.number().nullable(),
  hasBFrames: z.boolean(),
  gopSeconds: z.number().nullable(),
});
export const audioInfo = z.object({ codec: z.string(), sampleRate: z.number(), channels: z.number() });
export const transcodeReason = z.enum(['codec', 'b_frames', 'chroma']);
export const streamInfo = z.object({ video: videoInfo, audio: audioInfo.nullable() });

export const device = z.object({
  id: uuid,
  name: z.string(),
  description: z.string().nullable(),
  location: z.string().nullable(),
  /** Never carries credentials. */
  rtsp_url: z.string(),
  sub_rtsp_url: z.string().nullable(),
  username: z.string().nullable(),
  has_password: z.boolean(),
  transport,
  /** The operator wants it to run. */
  is_active: z.boolean(),
  recording: z.boolean(),
  main_info: streamInfo.nullable(),
  sub_info: streamInfo.nullable(),
  /** Names of the groups it belongs to, in alphabetical order. */
  groups: z.array(z.string()),
  /** When it is recorded while its switch is on; null: always. */
  schedule: weekSchedule.nullable(),
  created_at: instant,
  updated_at: instant,
});
export type Device = z.infer<typeof device>;

const fields = {
  name: text(255).min(1, 'Give the camera a name.'),
  description: text(2000).nullable().optional(),
  location: text(255).nullable().optional(),
  rtsp_url: rtspUrl,
  sub_rtsp_url: rtspUrl.nullable().optional(),
  username: username.nullable().optional(),
  transport: transport.optional(),
  recording: z.boolean().optional(),
  /** Names of all its groups; the ones that do not exist yet are made. */
  groups: z.array(groupName).max(50).optional(),
  /** When it is recorded while its switch is on; null: always. */
  schedule: weekSchedule.nullable().optional(),
};

export const deviceCreate = z.object({
  ...fields,
  password: password.nullable().optional(),
  /** Without a password of its own it takes over the stored one of this camera, which does not leave the main process. */
  copy_password_from: uuid.optional(),
  /** Start it at once; default true. */
  start: z.boolean().optional(),
});
export type DeviceCreate = z.infer<typeof deviceCreate>;

/** Absent fields stay as they are; `password: null` forgets it, absent keeps it. */
export const deviceUpdate = z.object({
  id: uuid,
  ...z.object(fields).partial().shape,
  password: password.nullable().optional(),
});
export type DeviceUpdate = z.infer<typeof deviceUpdate>;

export const streamFaultCode = z.enum([
  'unreachable',
  'no_answer',
  'unauthorized',
  'not_found',
  'unsupported',
  'connection_lost',
  'stalled',
  'storage',
  'no_credentials',
  'internal',
]);

/** What connecting to one address found. `valid: false` is an answer, not an error. */
export const probeReport = z.discriminatedUnion('valid', [
  z.object({
    valid: z.literal(true),
    rtsp_url: z.string(),
    info: streamInfo,
    /** Empty: WebRTC plays it unchanged. Otherwise live view needs the transcoder. */
    transcode_reasons: z.array(transcodeReason),
    /** Milliseconds from connecting to the verdict. */
    elapsed_ms: z.number(),
  }),
  z.object({
    valid: z.literal(false),
    rtsp_url: z.string(),
    code: streamFaultCode,
    /** For people. */
    error: z.string(),
    elapsed_ms: z.number(),
  }),
]);
export type ProbeReport = z.infer<typeof probeReport>;

export const deviceChannels = {
  /** A number that changes when the list of cameras or anything in it did; sent at once and on each change. */
  'devices.revision': subscription(nothing, z.object({ revision: z.number().int() })),
  'devices.list': query(
    z.object({
      skip: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1000).default(1000),
    }),
    z.object({ devices: z.array(device), total: z.number().int() }),
  ),
  'devices.get': query(z.object({ id: uuid }), device),
  /** The last time that its main stream could not be had; null: not since it was added. `until` is null while it lasts. */
  'devices.last-fault': query(
    z.object({ id: uuid }),
    z.object({
      fault: z.object({ code: streamFaultCode, since: instant, until: instant.nullable() }).nullable(),
    }),
  ),
  'devices.create': command(deviceCreate, device),
  /** Adds cameras in their order; each has an answer of its own, and one that fails keeps no other from it. */
  'devices.create-many': command(
    z.object({ cameras: z.array(deviceCreate).min(1).max(50) }),
    z.object({
      results: z.array(
        z.discriminatedUnion('ok', [
          z.object({ ok: z.literal(true), device }),
          /** `code` as in an error's details, such as `consent_required`. */
          z.object({ ok: z.literal(false), message: z.string(), code: z.string().nullable() }),
        ]),
      ),
    }),
    60_000,
  ),
  /** Asks where to keep an example of a list of cameras and writes it; `file` is null after Cancel. */
  'devices.save-template': command(nothing, z.object({ file: z.string().nullable() }), 600_000),
  /** Does one thing to many cameras; `error` is for people, null where it worked. */
  'devices.bulk': command(
    z.object({
      ids: z.array(uuid).min(1).max(1000),
      action: z.enum(['start', 'stop', 'record', 'stop-recording', 'schedule', 'delete']),
      /** For `schedule`; null or absent: always. */
      schedule: weekSchedule.nullable().optional(),
    }),
    z.object({ results: z.array(z.object({ id: uuid, error: z.string().nullable() })) }),
    120_000,
  ),
  'devices.update': command(deviceUpdate, device, 15_000),
  'devices.delete': command(z.object({ id: uuid }), nothing, 15_000),
  /** Connects to main and sub address. With `id` the stored password is used when none is given. */
  'devices.validate': command(
    z.object({
      id: uuid.optional(),
      rtsp_url: rtspUrl,
      sub_rtsp_url: rtspUrl.nullable().optional(),
      username: username.nullable().optional(),
      password: password.nullable().optional(),
      transport: transport.optional(),
    }),
    z.object({ main: probeReport, sub: probeReport.nullable() }),
    30_000,
  ),
  'devices.start-stream': command(z.object({ id: uuid }), device),
  'devices.stop-stream': command(z.object({ id: uuid }), device, 15_000),
} as const;
