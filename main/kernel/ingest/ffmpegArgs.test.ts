import { describe, expect, it } from 'vitest';
import type { LiveTarget, VideoInfo } from '../streams';
import { planAudio } from './audioPlan';
import { ingestArgs, type IngestPlan } from './ffmpegArgs';

const video: VideoInfo = {
  codec: 'h264',
  profile: 'High',
  width: 1920,
  height: 1080,
  pixelFormat: 'yuv420p',
  fps: 25,
  hasBFrames: false,
  gopSeconds: 2,
};
const rtp: LiveTarget = {
  mode: 'rtp',
  ip: '127.0.0.1',
  rtpPort: 40001,
  rtcpPort: 40002,
  localRtpPort: 50001,
  localRtcpPort: 50002,
  ssrc: 0xf000_0001,
  payloadType: 102,
  firstSequence: 4711,
};
const recording = { pattern: '/data/rec/cam/run/%05d.mp4', segmentSeconds: 60, fragmentSeconds: 0.5 };
const plan = (more: Partial<IngestPlan> = {}): IngestPlan => ({
  video,
  audio: { mode: 'none', reason: '' },
  askAudio: false,
  live: rtp,
  recording,
  ...more,
});
/** One option with its values a line, so that a difference can be read. */
const show = (args: readonly string[]): string => args.join(' ').replaceAll(/ (?=-[a-z])/g, '\n');

describe('ingestArgs', () => {
  it('copies to RTP and to segments', () => {
    expect(show(ingestArgs(plan({ audio: planAudio({ codec: 'pcm_alaw', sampleRate: 8000, channels: 1 }) }))))
      .toMatchInlineSnapshot(`
        "-nostdin
        -hide_banner
        -nostats
        -loglevel repeat+level+info
        -progress pipe:4
        -stats_period 0.5
        -copytb 1
        -protocol_whitelist file,pipe,rtp,rtsp,udp,tcp,tls,crypto
        -fpsprobesize 0
        -analyzeduration 0
        -probesize 32
        -f concat
        -safe 0
        -i pipe:0
        -map 0:v:0
        -c:v copy
        -bsf:v dump_extra=freq=keyframe
        -f rtp
        -payload_type 102
        -ssrc -268435455
        -seq 4711 rtp://127.0.0.1:40001?rtcpport=40002&localrtpport=50001&localrtcpport=50002&localaddr=127.0.0.1&pkt_size=1200
        -map 0:v:0
        -c:v copy
        -map 0:a:0?
        -c:a aac
        -b:a 48k
        -af aresample=async=1
        -max_interleave_delta 500000
        -max_muxing_queue_size 75
        -muxing_queue_data_threshold 0
        -f fifo
        -fifo_format segment
        -queue_size 1024
        -drop_pkts_on_overflow 1
        -restart_with_keyframe 1
        -format_opts segment_format=mp4:segment_format_options=movflags=frag_keyframe+empty_moov+default_base_moof+frag_discont\\:avoid_negative_ts=make_non_negative\\:use_editlist=0\\:frag_duration=500000\\:flush_packets=1\\:video_track_timescale=90000:segment_time=60:segment_atclocktime=1:reset_timestamps=1:segment_list=pipe\\:3:segment_list_type=csv /data/rec/cam/run/%05d.mp4"
      `);
  });

  it('sends sound for listening behind a queue of its own, after everything else', () => {
    const audio = planAudio({ codec: 'pcm_alaw', sampleRate: 8000, channels: 1 });
    const liveAudio: LiveTarget = { ...rtp, rtpPort: 41001, payloadType: 8 };
    const lines = show(ingestArgs(plan({ audio, liveAudio }))).split('\n');
    const without = show(ingestArgs(plan({ audio }))).split('\n');
    // What goes to live view and to disk is the same, whether there is sound to listen to or not.
    expect(lines.slice(0, without.length)).toEqual(without);
    expect(lines.slice(without.length).join('\n')).toMatchInlineSnapshot(`
      "-map 0:a:0
      -c:a copy
      -f fifo
      -fifo_format rtp
      -queue_size 64
      -drop_pkts_on_overflow 1
      -attempt_recovery 1
      -recover_any_error 1
      -recovery_wait_time 1
      -format_opts payload_type=8:ssrc=-268435455:seq=4711 rtp://127.0.0.1:41001?rtcpport=40002&localrtpport=50001&localrtcpport=50002&localaddr=127.0.0.1&pkt_size=1200"
    `);
    const converted: LiveTarget = { mode: 'handover', ip: '127.0.0.1', port: 41002 };
    const aac = planAudio({ codec: 'aac', sampleRate: 48000, channels: 1 });
    expect(ingestArgs(plan({ audio: aac, liveAudio: converted })).slice(-2)).toMatchInlineSnapshot(`
      [
        "mpegts_flags=+resend_headers:pat_period=0.2:pes_payload_size=0:flush_packets=1",
        "udp://127.0.0.1:41002?pkt_size=1316",
      ]
    `);
    const silent: LiveTarget = { mode: 'none', reason: 'Nothing to hear.' };
    expect(ingestArgs(plan({ liveAudio: silent }))).toEqual(ingestArgs(plan()));
    // A full disk takes no sound away, and without any output the pictures are still the first.
    for (const live of [rtp, silent]) {
      const unrecorded = { recording: null, live };
      const args = ingestArgs(plan({ ...unrecorded, liveAudio }));
      expect(args.slice(0, ingestArgs(plan(unrecorded)).length)).toEqual(ingestArgs(plan(unrecorded)));
      expect(args.slice(-1)).toEqual([expect.stringContaining('41001')]);
    }
  });

  it('hands H.265 over for the transcoder and records it as players expect it', () => {
    const hevc = { ...video, codec: 'hevc', profile: 'Main' };
    const live: LiveTarget = { mode: 'handover', ip: '127.0.0.1', port: 51000 };
    expect(
      show(
        ingestArgs(
          plan({ video: hevc, live, audio: planAudio({ codec: 'aac', sampleRate: 48000, channels: 2 }) }),
        ),
      ),
    ).toMatchInlineSnapshot(`
      "-nostdin
      -hide_banner
      -nostats
      -loglevel repeat+level+info
      -progress pipe:4
      -stats_period 0.5
      -copytb 1
      -protocol_whitelist file,pipe,rtp,rtsp,udp,tcp,tls,crypto
      -fpsprobesize 0
      -analyzeduration 0
      -probesize 32
      -f concat
      -safe 0
      -i pipe:0
      -map 0:v:0
      -c:v copy
      -bsf:v dump_extra=freq=keyframe
      -f mpegts
      -mpegts_flags +resend_headers
      -pat_period 0.2
      -muxdelay 0
      -muxpreload 0
      -flush_packets 1
      -omit_video_pes_length 0 udp://127.0.0.1:51000?pkt_size=1316
      -map 0:v:0
      -c:v copy
      -tag:v hvc1
      -map 0:a:0?
      -c:a copy
      -max_interleave_delta 500000
      -max_muxing_queue_size 75
      -muxing_queue_data_threshold 0
      -f fifo
      -fifo_format segment
      -queue_size 1024
      -drop_pkts_on_overflow 1
      -restart_with_keyframe 1
      -format_opts segment_format=mp4:segment_format_options=movflags=frag_keyframe+empty_moov+default_base_moof+frag_discont\\:avoid_negative_ts=make_non_negative\\:use_editlist=0\\:frag_duration=500000\\:flush_packets=1\\:video_track_timescale=90000:segment_time=60:segment_atclocktime=1:reset_timestamps=1:segment_list=pipe\\:3:segment_list_type=csv /data/rec/cam/run/%05d.mp4"
    `);
  });

  it('records a sub-stream nowhere, and watches a stream that goes nowhere', () => {
    const args = ingestArgs(plan({ recording: null }));
    expect(args).toContain('rtp');
    expect(args).not.toContain('segment');
    const none = ingestArgs(plan({ recording: null, live: { mode: 'none', reason: 'x' } }));
    expect(none.slice(-2)).toEqual(['null', '-']);
  });

  it('never decodes, filters or encodes video', () => {
    for (const codec of ['h264', 'hevc', 'mpeg4', 'mjpeg'])
      for (const live of [rtp, { mode: 'handover', ip: '::1', port: 1 } as const]) {
        const args = ingestArgs(plan({ video: { ...video, codec }, live }));
        const codecs = args.filter((_, index) => args[index - 1] === '-c:v');
        expect(codecs).toEqual(['copy', 'copy']);
        expect(args).not.toContain('-vf');
        expect(args).not.toContain('-filter_complex');
      }
  });

  it.each([
    ['aac', 'copy'],
    ['opus', 'copy'],
    ['mp3', 'copy'],
    ['pcm_mulaw', 'aac'],
    ['pcm_s16be', 'aac'],
    ['adpcm_g726le', 'aac'],
    ['adpcm_g722', 'aac'],
    ['aac_latm', 'aac'],
    ['g723_1', 'aac'],
    ['qdm2', 'none'],
    ['unknown', 'none'],
  ])('plans %s audio as %s', (codec, mode) => {
    expect(planAudio({ codec, sampleRate: 8000, channels: 1 }).mode).toBe(mode);
  });

  it.each<[string, Partial<IngestPlan>]>([
    ['a pattern that is an option', { recording: { ...recording, pattern: '-f%05d' } }],
    ['a pattern with another directive', { recording: { ...recording, pattern: '/a/%s/%05d.mp4' } }],
    ['a pattern without a number', { recording: { ...recording, pattern: '/a/b.mp4' } }],
    ['a duration that is none', { recording: { ...recording, segmentSeconds: 0 } }],
    ['a host name', { live: { ...rtp, ip: 'localhost?x=1' } as LiveTarget }],
    ['a port that is none', { live: { ...rtp, rtpPort: 70000 } as LiveTarget }],
    ['a payload type that is none', { live: { ...rtp, payloadType: 200 } as LiveTarget }],
    ['a sequence number that is none', { live: { ...rtp, firstSequence: -1 } as LiveTarget }],
    ['an SSRC that is none', { live: { ...rtp, ssrc: 1.5 } as LiveTarget }],
  ])('refuses %s', (_, more) => {
    expect(() => ingestArgs(plan(more))).toThrow(RangeError);
  });

  it('INV-02: with the flag off the arguments are those without a frame export; with it on, copies come last', () => {
    const off = ingestArgs(plan({}));
    expect(ingestArgs(plan({ frames: null }))).toEqual(off);
    const on = ingestArgs(plan({ frames: { ip: '127.0.0.1', port: 40000 } }));
    expect(on.slice(0, off.length)).toEqual(off);
    const more = on.slice(off.length);
    expect(more.slice(0, 4)).toEqual(['-map', '0:v:0', '-c:v', 'copy']);
    expect(more.at(-1)).toBe('udp://127.0.0.1:40000?pkt_size=21056');
    expect(() => ingestArgs(plan({ frames: { ip: 'x', port: 1 } }))).toThrow(RangeError);
  });

  it('accepts a folder with a per cent sign, doubled', () => {
    expect(ingestArgs(plan({ recording: { ...recording, pattern: '/a%%b/%05d.mp4' } })).at(-1)).toBe(
      '/a%%b/%05d.mp4',
    );
  });
});
