import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, uuid } from './common';
import { streamFaultCode, streamInfo, transcodeReason } from './devices';

/** Objects that mediasoup and mediasoup-client exchange; their insides are theirs. */
const opaque = z.record(z.string(), z.unknown());

export const streamRole = z.enum(['main', 'sub']);

/** A temporary clip; `url` is served by the application's media protocol. */
const replay = z.object({
  id: uuid,
  url: z.string(),
  /** What it really holds. */
  start: instant,
  end: instant,
  /** How long it plays, seconds; less than from start to end where footage is missing in between. */
  seconds: z.number(),
  video_codec: z.string(),
});

const mediaKind = z.enum(['video', 'audio']);

export const streamState = z.object({
  camera_id: uuid,
  role: streamRole,
  phase: z.enum(['stopped', 'starting', 'running', 'stalled', 'backing-off']),
  since: instant,
  fault: z.object({ code: streamFaultCode, detail: z.string() }).nullable(),
  /** Milliseconds until the next attempt when this was sent; null unless backing off. */
  retry_in_ms: z.number().nullable(),
  attempts: z.number().int(),
  reconnects: z.number().int(),
  info: streamInfo.nullable(),
  /** Changes when tiles must consume anew; null when there is nothing to consume. */
  producer_id: z.string().nullable(),
  /** Empty: played unchanged. Otherwise a live transcoder runs while someone watches. */
  transcode_reasons: z.array(transcodeReason),
  /** Segments of this stream are kept. */
  recording: z.boolean(),
  /**
   * What the camera's schedule says now: whether it keeps recording off, and until when that is so (null: for
   * good). Null: it has no schedule, or this is a sub-stream.
   */
  schedule: z.object({ off: z.boolean(), until: instant.nullable() }).nullable(),
});
export type StreamState = z.infer<typeof streamState>;

export const liveChannels = {
  'live.capabilities': query(nothing, z.object({ rtpCapabilities: opaque })),
  /** One receiving transport a window; closed with the window. */
  'live.open-transport': command(
    nothing,
    z.object({
      id: z.string(),
      iceParameters: opaque,
      iceCandidates: z.array(opaque),
      dtlsParameters: opaque,
    }),
  ),
  'live.connect-transport': command(z.object({ transport_id: z.string(), dtlsParameters: opaque }), nothing),
  'live.close-transport': command(z.object({ transport_id: z.string() }), nothing),
  /** Starts paused; resume when the renderer is ready. 503 while the stream does not run. */
  'live.consume': command(
    z.object({
      transport_id: z.string(),
      camera_id: uuid,
      role: streamRole,
      /** Sound is that of the main stream, whatever the role. */
      kind: mediaKind.default('video'),
      rtpCapabilities: opaque,
    }),
    z.object({
      id: z.string(),
      producer_id: z.string(),
      kind: mediaKind,
      rtpParameters: opaque,
    }),
  ),
  'live.resume-consumer': command(z.object({ consumer_id: z.string() }), nothing),
  'live.close-consumer': command(z.object({ consumer_id: z.string() }), nothing),
  /**
   * The last `seconds` of a camera as a temporary clip for instant replay; it is gone when it is closed, at the
   * latest with the window.
   */
  'live.open-replay': command(
    z.object({ camera_id: uuid, seconds: z.number().min(5).max(300).default(30) }),
    replay,
    15_000,
  ),
  /**
   * Footage of a camera from any time, at most 5 minutes, the same way: around an event, for example. It need not
   * run. 404 when nothing of that time is kept.
   */
  'live.open-footage': command(z.object({ camera_id: uuid, start: instant, end: instant }), replay, 15_000),
  'live.close-replay': command(z.object({ id: uuid }), nothing),
  /** Every stream's state at once, then on each change, at most ten times a second. */
  'streams.states': subscription(nothing, z.object({ streams: z.array(streamState) })),
} as const;
