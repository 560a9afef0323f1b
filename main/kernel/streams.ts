/**
 * What the parts of the kernel say to each other about streams. Words as in the glossary:
 * a camera has a main stream and perhaps a sub-stream; a running stream has one ingest.
 */

/** `main` or `sub`: which of a camera's streams. */
export type StreamRole = 'main' | 'sub';

/**
 * Identifies a stream inside the kernel: the camera id for the main stream
 * (stream_id == camera_id, architecture "Identity and time"), the camera id plus `:sub` for the sub-stream.
 */
export type StreamId = string;

export function streamIdOf(cameraId: string, role: StreamRole): StreamId {
  return role === 'main' ? cameraId : `${cameraId}:sub`;
}

export function cameraIdOf(streamId: StreamId): string {
  return streamId.endsWith(':sub') ? streamId.slice(0, -4) : streamId;
}

export function roleOf(streamId: StreamId): StreamRole {
  return streamId.endsWith(':sub') ? 'sub' : 'main';
}

/** Where a camera's stream is found, without credentials. */
export interface StreamEndpoint {
  /** rtsp:// or rtsps:// URL that carries no user information. */
  readonly url: string;
  readonly transport: 'tcp' | 'udp';
  readonly credentials: { readonly username: string; readonly password: string } | null;
}

export interface VideoInfo {
  /** FFmpeg's codec name: h264, hevc, mpeg4, mjpeg, ... */
  readonly codec: string;
  /** FFmpeg's profile name, e.g. `High`; null when unknown. */
  readonly profile: string | null;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** FFmpeg's pixel format name, e.g. yuv420p. */
  readonly pixelFormat: string | null;
  /** Frames per second as measured, null when it could not be. */
  readonly fps: number | null;
  /** Pictures come in another order than they are shown. */
  readonly hasBFrames: boolean;
  /** Seconds between key frames as measured, null when fewer than two were seen. */
  readonly gopSeconds: number | null;
}

export interface AudioInfo {
  /** FFmpeg's codec name: aac, pcm_alaw, pcm_mulaw, opus, ... */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
}

/** What a probe of a stream found. */
export interface StreamInfo {
  readonly video: VideoInfo;
  readonly audio: AudioInfo | null;
}

/** Why WebRTC cannot play a stream unchanged; empty means it can. */
export type TranscodeReason = 'codec' | 'b_frames' | 'chroma';

/**
 * Whether WebRTC plays the stream unchanged. The test is codec, B-frames and chroma, not the profile:
 * renderers decode High although they do not list it.
 */
export function transcodeReasons(video: VideoInfo): TranscodeReason[] {
  if (video.codec !== 'h264') return ['codec'];
  const reasons: TranscodeReason[] = [];
  if (video.hasBFrames) reasons.push('b_frames');
  if (video.pixelFormat !== null && !['yuv420p', 'yuvj420p'].includes(video.pixelFormat))
    reasons.push('chroma');
  return reasons;
}

/** Why a stream does not run. Codes are stable; texts are the renderer's. */
export type StreamFaultCode =
  | 'unreachable' // no route, refused, name not found
  | 'no_answer' // connected, but nothing came in time
  | 'unauthorized' // user or password refused
  | 'not_found' // the camera does not know the path
  | 'unsupported' // the camera answered with something that is not a video stream
  | 'connection_lost' // ran, then ended
  | 'stalled' // ran, then no packets although the connection stood
  | 'storage' // recordings cannot be written
  | 'no_credentials' // the stored password cannot be read
  | 'internal';

export interface StreamFault {
  readonly code: StreamFaultCode;
  /** One line of detail for the statistics and the log, already redacted. */
  readonly detail: string;
}

/** State of a stream's supervisor (architecture "Supervision"). */
export type StreamPhase = 'stopped' | 'starting' | 'running' | 'stalled' | 'backing-off';

export interface StreamStatus {
  readonly streamId: StreamId;
  readonly phase: StreamPhase;
  /** Wall clock at which this phase began, microseconds. */
  readonly sinceUs: number;
  /** The last fault, or what is missing while it runs; null while nothing is and after a clean stop. */
  readonly fault: StreamFault | null;
  /** Wall clock of the next attempt, microseconds; null unless backing off. */
  readonly retryAtUs: number | null;
  /** Failed attempts since it last ran. */
  readonly attempts: number;
  /** How often a running stream was lost since the supervisor was started. */
  readonly reconnects: number;
  readonly info: StreamInfo | null;
  /** Process id of the ingest FFmpeg; null when none runs. */
  readonly pid: number | null;
}

/** Arrivals this far from what their time stamps say end a run, seconds: the camera's clock was set. */
export const DIVERGED_SECONDS = 10;

/** Maps a run's media time to the wall clock (architecture "Identity and time"). */
export interface StreamClock {
  /** Wall clock of a media time in seconds since the run's start, in microseconds. */
  wallUsAt(mediaSeconds: number): number;
  /**
   * Null for a media time that pictures can have, as far as is known. Otherwise the camera set its clock while it
   * sent: media times beyond the answer, in seconds, are of no time.
   */
  trueUntil?(mediaSeconds: number): number | null;
}

/** Where an ingest sends a stream's pictures for live view. */
export type LiveTarget =
  | {
      readonly mode: 'rtp';
      readonly ip: string;
      readonly rtpPort: number;
      readonly rtcpPort: number;
      readonly localRtpPort: number;
      readonly localRtcpPort: number;
      readonly ssrc: number;
      readonly payloadType: number;
      /** First RTP sequence number, so that a reconnect continues the numbering of the producer. */
      readonly firstSequence: number;
      /**
       * What RTCP's reports call media time 0, microseconds since the Unix epoch, whole milliseconds: who knows it can
       * read from a report which RTP time stamp media time 0 has. Absent: FFmpeg's own clock.
       */
      readonly zeroUs?: number;
    }
  /** Lossy MPEG-TS over UDP on loopback, for the live transcoder. */
  | { readonly mode: 'handover'; readonly ip: string; readonly port: number }
  | { readonly mode: 'none'; readonly reason: string };

/** Where an ingest sends a stream's sound for live listening; nobody need listen there. */
export type LiveAudioTarget = LiveTarget;

/** Live view, as the ingest sees it. Implemented by kernel/live. */
export interface LiveSink {
  /**
   * Called before each FFmpeg start; keeps the producer when codec and profile are those of the last run.
   * @throws VasError when the stream cannot be watched now; it is called again then. `none` is for good.
   */
  prepare(streamId: StreamId, info: StreamInfo): Promise<LiveTarget>;
  /**
   * As `prepare`, for the sound of a stream; called after it. What comes of it never holds pictures up.
   * @param audio what the probe found
   * @param leftOut why it is left out of this run all the same
   */
  prepareAudio(streamId: StreamId, audio: AudioInfo | null, leftOut?: string): Promise<LiveAudioTarget>;
  /** FFmpeg was started and its first packets have passed. */
  running(streamId: StreamId): void;
  /** The run ended; the producer stays for the next one. */
  ended(streamId: StreamId): void;
  /** The stream was stopped: producer, transports and transcoder go. Resolves when they are gone. */
  release(streamId: StreamId): Promise<void>;
}

/** A loopback UDP port that takes MPEG-TS and can never push back, whether anybody reads it or not. */
export interface HandoverTarget {
  readonly ip: string;
  readonly port: number;
}

/** Frame export, as the ingest sees it; there is none while the flag is off. Implemented by kernel/frames. */
export interface FrameSink {
  /**
   * Called before each FFmpeg start.
   * @returns where FFmpeg shall send copies of its packets from its start; null when this stream cannot be decoded
   */
  prepare(run: {
    readonly streamId: StreamId;
    readonly info: StreamInfo;
    readonly clock: StreamClock;
  }): HandoverTarget | null;
  /** Media time that has passed, seconds; called about twice a second. */
  progress(streamId: StreamId, mediaSeconds: number): void;
  /** Packets were lost between camera and ingest: pictures are damaged until the next key frame. */
  lost(streamId: StreamId): void;
  /** The run ended. */
  ended(streamId: StreamId): void;
  /** The stream was stopped; resolves when nothing of it is left. */
  release(streamId: StreamId): Promise<void>;
}

export interface RunStart {
  /** UUID of this FFmpeg run. */
  readonly runId: string;
  readonly streamId: StreamId;
  readonly cameraId: string;
  readonly info: StreamInfo;
  readonly clock: StreamClock;
}

/** A finished segment as FFmpeg's list reports it. */
export interface ClosedSegment {
  /** File name inside the run's directory. */
  readonly file: string;
  /** Media time since the run's start, seconds. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Recording, as the ingest sees it. Implemented by kernel/recording; only main streams have one. */
export interface RecordingSink {
  /**
   * Called before each FFmpeg start.
   * @returns where FFmpeg shall write: `pattern` is a full path with one %05d, segments are cut at
   *   multiples of `segmentSeconds` of the wall clock, fragments at most `fragmentSeconds` long.
   */
  openRun(run: RunStart): Promise<{ pattern: string; segmentSeconds: number; fragmentSeconds: number }>;
  /** Media time that has been handed to the muxer, seconds; called about twice a second. */
  progress(runId: string, mediaSeconds: number): void;
  segmentClosed(runId: string, segment: ClosedSegment): void;
  /** FFmpeg has ended (cleanly or not); resolves when the last segment is registered. */
  closeRun(runId: string): Promise<void>;
}
