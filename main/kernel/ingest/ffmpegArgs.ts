import { isIP } from 'node:net';
import type { HandoverTarget, LiveAudioTarget, LiveTarget, VideoInfo } from '../streams';
import type { AudioPlan } from './audioPlan';
import { INPUT_ARGS } from './concatScript';

/** Where and how FFmpeg writes the recording. */
export interface RecordingTarget {
  /** Absolute path with one %05d. */
  readonly pattern: string;
  /** Segments are cut at multiples of this of the wall clock, seconds. */
  readonly segmentSeconds: number;
  /** Longest fragment, seconds: what a crash can cost. */
  readonly fragmentSeconds: number;
}

export interface IngestPlan {
  readonly video: VideoInfo;
  readonly audio: AudioPlan;
  /** The camera is asked for its sound too, be it only to notice that it has some now. */
  readonly askAudio: boolean;
  readonly live: LiveTarget;
  /** Absent: nobody can listen to it. */
  readonly liveAudio?: LiveAudioTarget;
  readonly recording: RecordingTarget | null;
  /** Copies for the frame export; absent while the flag is off. */
  readonly frames?: HandoverTarget | null;
}

/** Descriptors on which FFmpeg reports, see runner.ts. */
export const SEGMENT_LIST_DESCRIPTOR = 3;
export const PROGRESS_DESCRIPTOR = 4;

/** Video that MP4 holds. */
const RECORDABLE = new Set(['h264', 'hevc', 'mpeg4', 'mjpeg', 'mpeg2video', 'mpeg1video', 'av1', 'vp9']);
/** Codecs whose parameter sets must come with each key frame for receivers that join later. */
const WITH_PARAMETER_SETS = new Set(['h264', 'hevc', 'mpeg4']);

export function canRecord(video: VideoInfo): boolean {
  return RECORDABLE.has(video.codec);
}

function whole(value: number, low: number, high: number): string {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`not a whole number from ${low} to ${high}: ${value}`);
  return String(value);
}

function seconds(value: number): number {
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(`not a duration: ${value}`);
  return value;
}

function address(ip: string): string {
  const version = isIP(ip);
  if (version === 0) throw new RangeError('not an IP address');
  return version === 6 ? `[${ip}]` : ip;
}

const port = (value: number): string => whole(value, 1, 65535);

/** Parameter sets repeated before each key frame. */
const PARAMETER_SETS = 'dump_extra=freq=keyframe';
/**
 * FFmpeg gives the first picture no presentation time, which MPEG-TS refuses where pictures are reordered. The filter
 * holds one picture back, so it is left out where it is not needed.
 */
const FIRST_TIME = String.raw`setts=pts=if(eq(PTS\,NOPTS)\,DTS\,PTS)`;

function filters(...names: string[]): string[] {
  return names.length > 0 ? ['-bsf:v', names.join(',')] : [];
}

/** MPEG-TS over UDP, which takes packets whether anybody reads them or not. */
function handoverOutput(target: HandoverTarget, video: VideoInfo, packetSize: number): string[] {
  const parameterSets = WITH_PARAMETER_SETS.has(video.codec) ? [PARAMETER_SETS] : [];
  return [
    ...['-map', '0:v:0', '-c:v', 'copy'],
    ...filters(...parameterSets, ...(video.hasBFrames ? [FIRST_TIME] : [])),
    // Tables often, so that a decoder that joins or lost packets finds its way at once.
    ...['-f', 'mpegts', '-mpegts_flags', '+resend_headers', '-pat_period', '0.2'],
    // No delay for the sake of a steady bit rate.
    ...['-muxdelay', '0', '-muxpreload', '0', '-flush_packets', '1'],
    // Pictures below 64 KiB say how long they are, so that readers need not wait for the next one.
    ...['-omit_video_pes_length', '0'],
    `udp://${address(target.ip)}:${port(target.port)}?pkt_size=${packetSize}`,
  ];
}

/** Motion JPEG as it is, which MPEG-TS does not know: one picture after the other over UDP. */
function pictureOutput(target: HandoverTarget): string[] {
  return [
    ...['-map', '0:v:0', '-c:v', 'copy', '-f', 'mjpeg', '-flush_packets', '1'],
    `udp://${address(target.ip)}:${port(target.port)}?pkt_size=1316`,
  ];
}

/** Datagrams that loopback carries whole: a large key frame then needs few places in the receiver's buffer. */
const FRAMES_PACKET_SIZE = 112 * 188;

function liveOutput(live: LiveTarget, video: VideoInfo): string[] {
  if (live.mode === 'none') return [];
  const copy = ['-map', '0:v:0', '-c:v', 'copy'];
  const parameterSets = WITH_PARAMETER_SETS.has(video.codec) ? [PARAMETER_SETS] : [];
  if (live.mode === 'handover')
    return video.codec === 'mjpeg' ? pictureOutput(live) : handoverOutput(live, video, 1316);
  return [
    ...copy,
    ...filters(...parameterSets),
    ...['-f', 'rtp', '-payload_type', whole(live.payloadType, 96, 127)],
    ...['-ssrc', signed(live.ssrc)],
    ...['-seq', whole(live.firstSequence, 0, 65535)],
    ...mediaZero(live.zeroUs),
    rtpAddress(live),
  ];
}

/** Reports say which RTP time stamp media time 0 has (LiveTarget.zeroUs). */
function mediaZero(us: number | undefined): string[] {
  return us === undefined ? [] : ['-start_time_realtime', whole(us, 1, Number.MAX_SAFE_INTEGER)];
}

/** FFmpeg reads the 32 bits as a signed number. */
const signed = (ssrc: number): string => String(Number(whole(ssrc, 0, 0xffff_ffff)) | 0);

function rtpAddress(target: LiveTarget & { mode: 'rtp' }): string {
  const query = [
    `rtcpport=${port(target.rtcpPort)}`,
    `localrtpport=${port(target.localRtpPort)}`,
    `localrtcpport=${port(target.localRtcpPort)}`,
    // Without it FFmpeg's own ports listen on every interface.
    `localaddr=${address(target.ip)}`,
    'pkt_size=1200',
  ].join('&');
  return `rtp://${address(target.ip)}:${port(target.rtpPort)}?${query}`;
}

/**
 * Sound for live listening, as the camera sends it. FFmpeg ends all outputs when one fails to take a packet, so
 * this one stands behind a queue with a thread of its own that swallows every failure and tries again: sound
 * can never end or delay pictures.
 */
function liveAudioOutput(target: LiveAudioTarget): string[] {
  if (target.mode === 'none') return [];
  const muxer =
    target.mode === 'rtp'
      ? {
          name: 'rtp',
          options: {
            payload_type: whole(target.payloadType, 0, 127),
            ssrc: signed(target.ssrc),
            seq: whole(target.firstSequence, 0, 65535),
          },
          url: rtpAddress(target),
        }
      : {
          name: 'mpegts',
          // Each packet at once, and tables often: for a transcoder that joins in the middle.
          options: {
            mpegts_flags: '+resend_headers',
            pat_period: 0.2,
            pes_payload_size: 0,
            flush_packets: 1,
          },
          url: `udp://${address(target.ip)}:${port(target.port)}?pkt_size=1316`,
        };
  return [
    ...['-map', '0:a:0', '-c:a', 'copy'],
    ...['-f', 'fifo', '-fifo_format', muxer.name, '-queue_size', '64', '-drop_pkts_on_overflow', '1'],
    ...['-attempt_recovery', '1', '-recover_any_error', '1', '-recovery_wait_time', '1'],
    ...['-format_opts', optionList(muxer.options)],
    muxer.url,
  ];
}

function audioOptions(audio: AudioPlan): string[] {
  switch (audio.mode) {
    case 'none':
      return ['-an'];
    case 'copy':
      return ['-map', '0:a:0?', '-c:a', 'copy'];
    case 'aac':
      // Lost packets become silence, so that sound and picture stay together.
      return ['-map', '0:a:0?', '-c:a', 'aac', '-b:a', '48k', '-af', 'aresample=async=1'];
  }
}

/** Pictures that are held back for sound that has not begun: about three seconds of them. */
function patience(video: VideoInfo): number {
  return Math.min(400, Math.max(32, Math.ceil(3 * (video.fps ?? 30))));
}

function recordingOutput(target: RecordingTarget, plan: IngestPlan): string[] {
  const { pattern } = target;
  if (
    !pattern.startsWith('/') ||
    pattern.replaceAll('%%', '').match(/%/g)?.length !== 1 ||
    !pattern.includes('%05d')
  )
    throw new RangeError('the recording pattern must be an absolute path with one %05d');
  const fragmentUs = Math.round(seconds(target.fragmentSeconds) * 1e6);
  const mp4 = {
    // Readable to the last fragment whatever happens: plain MP4 is lost after SIGKILL.
    // Discontinuous: each track begins in the file when it does, not with the other's first packet. A camera is
    // joined within a group of pictures, so that its sound comes up to seconds before its first picture.
    movflags: 'frag_keyframe+empty_moov+default_base_moof+frag_discont',
    // The first file of a run then tells how long after the run's beginning its first picture is.
    avoid_negative_ts: 'make_non_negative',
    use_editlist: 0,
    frag_duration: fragmentUs,
    flush_packets: 1,
    // RTP's clock, so that no time stamp is rounded.
    video_track_timescale: 90000,
  };
  const segments = {
    segment_format: 'mp4',
    segment_format_options: optionList(mp4),
    segment_time: seconds(target.segmentSeconds),
    segment_atclocktime: 1,
    reset_timestamps: 1,
    segment_list: `pipe:${SEGMENT_LIST_DESCRIPTOR}`,
    segment_list_type: 'csv',
  };
  return [
    ...['-map', '0:v:0', '-c:v', 'copy'],
    ...(plan.video.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
    ...audioOptions(plan.audio),
    // Sound that pauses must not hold pictures back for the default of ten seconds.
    ...['-max_interleave_delta', '500000'],
    // Sound that was announced but never comes ends FFmpeg after this many packets, and the supervisor goes
    // on without it, instead of waiting with the recording for ever.
    ...['-max_muxing_queue_size', String(patience(plan.video)), '-muxing_queue_data_threshold', '0'],
    // A disk that hangs would freeze live view: FFmpeg's own queue between an output and the rest holds eight
    // packets. This one has a thread of its own, holds about half a minute, and loses footage rather than time.
    ...['-f', 'fifo', '-fifo_format', 'segment', '-queue_size', '1024'],
    ...['-drop_pkts_on_overflow', '1', '-restart_with_keyframe', '1'],
    ...['-format_opts', optionList(segments)],
    pattern,
  ];
}

/** FFmpeg's `name=value:name=value`; what means something in it is escaped, so that lists can be nested. */
function optionList(options: Readonly<Record<string, string | number>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${String(value).replaceAll(/[\\:']/g, String.raw`\$&`)}`)
    .join(':');
}

/**
 * The arguments of a stream's ingest FFmpeg. It copies video and never decodes it (W-13). No text of a user is
 * in them: the address comes on standard input. Live view is the first output, so that progress counts its
 * pictures.
 * @throws RangeError for numbers, addresses or paths that are none
 */
export function ingestArgs(plan: IngestPlan): string[] {
  const pictures = [
    ...liveOutput(plan.live, plan.video),
    ...(plan.recording ? recordingOutput(plan.recording, plan) : []),
    ...(plan.frames ? handoverOutput(plan.frames, plan.video, FRAMES_PACKET_SIZE) : []),
  ];
  return [
    ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'repeat+level+info'],
    ...['-progress', `pipe:${PROGRESS_DESCRIPTOR}`, '-stats_period', '0.5'],
    // Time stamps are copied in the clock of RTP, not rounded to the frame rate.
    ...['-copytb', '1'],
    ...INPUT_ARGS,
    // Without any output the connection is still watched.
    ...(pictures.length > 0 ? pictures : ['-map', '0:v:0', '-c:v', 'copy', '-f', 'null', '-']),
    // After the pictures: progress counts those of the first output.
    ...(plan.liveAudio ? liveAudioOutput(plan.liveAudio) : []),
  ];
}
