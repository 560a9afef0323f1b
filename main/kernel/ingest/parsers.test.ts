import { describe, expect, it } from 'vitest';
import { changesIn, createInputReportParser, type InputReport } from './inputReport';
import { createProgressParser, type Progress } from './progress';
import { parseSegmentLine } from './segmentList';
import { INFO, reportOf } from './testing/fakes';

describe('the progress parser', () => {
  it('reads what FFmpeg 5.1 writes', () => {
    const parse = createProgressParser();
    const reports: Progress[] = [];
    const text = [
      'frame=0',
      'fps=0.00',
      'stream_0_0_q=-1.0',
      'bitrate=N/A',
      'total_size=0',
      'out_time_us=N/A',
      'out_time=N/A',
      'speed=N/A',
      'progress=continue',
      'frame=11',
      'out_time_us=-66678',
      'out_time_ms=-66678',
      'progress=continue',
      'frame=19',
      'out_time_us=1190011',
      'progress=end',
      'nonsense',
    ];
    for (const line of text) {
      const report = parse(line);
      if (report) reports.push(report);
    }
    expect(reports).toEqual([
      { frames: 0, mediaSeconds: null, ended: false },
      { frames: 11, mediaSeconds: -0.066678, ended: false },
      { frames: 19, mediaSeconds: 1.190011, ended: true },
    ]);
  });
});

describe('parseSegmentLine', () => {
  it('reads names, quoted or not, and times', () => {
    expect(parseSegmentLine('00001.mp4,3.933333,7.933333')).toEqual({
      file: '00001.mp4',
      startSeconds: 3.933333,
      endSeconds: 7.933333,
    });
    expect(parseSegmentLine('"a ""b"",c.mp4",-0.1,2')).toEqual({
      file: 'a "b",c.mp4',
      startSeconds: -0.1,
      endSeconds: 2,
    });
  });
  it.each(['', 'x', 'x,1', 'x,a,b', '../x,1,2', '..,1,2', '/etc/x,1,2', ',1,2'])('refuses %j', (line) => {
    expect(parseSegmentLine(line)).toBeNull();
  });
});

function read(...lines: string[]): InputReport | null {
  const parse = createInputReportParser();
  let result: InputReport | null = null;
  for (const line of lines) result = parse(line) ?? result;
  return result;
}
const input = "[info] Input #0, concat, from 'pipe:0':";
const end = "[info] Output #0, rtp, to 'rtp://127.0.0.1:1':";

describe('the input report', () => {
  it.each([
    [
      'h264 (Main), yuv420p(tv, smpte170m, progressive), 640x360 [SAR 1:1 DAR 16:9], 15 fps, 15 tbr, 90k tbn',
      { codec: 'h264', profile: 'Main', pixelFormat: 'yuv420p', width: 640, height: 360 },
    ],
    [
      'h264 (High 4:2:2), yuv422p(tv, bt709), 1920x1080 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 90k tbn',
      { codec: 'h264', profile: 'High 4:2:2', pixelFormat: 'yuv422p', width: 1920, height: 1080 },
    ],
    [
      'hevc (Main) (hev1 / 0x31766568), yuv420p(tv), 640x360, 15 tbr, 90k tbn',
      { codec: 'hevc', profile: 'Main', pixelFormat: 'yuv420p', width: 640, height: 360 },
    ],
    [
      'mjpeg (Baseline), yuvj420p(pc, bt470bg/unknown/unknown), 640x360 [SAR 1:1 DAR 16:9], 15 tbr, 90k tbn',
      { codec: 'mjpeg', profile: 'Baseline', pixelFormat: 'yuvj420p', width: 640, height: 360 },
    ],
    ['h264, none, 90k tbn', { codec: 'h264', profile: null, pixelFormat: null, width: 0, height: 0 }],
    [
      'mpeg4 (Simple Profile), none, 640x360 [SAR 1:1 DAR 16:9], 65535 tbr, 90k tbn',
      { codec: 'mpeg4', profile: 'Simple Profile', pixelFormat: null, width: 640, height: 360 },
    ],
  ])('reads %s', (text, video) => {
    expect(read(input, `[info]   Stream #0:0: Video: ${text}`, end)).toEqual({
      videoStream: 0,
      video,
      audio: null,
    });
  });

  it.each([
    ['pcm_alaw, 8000 Hz, mono, s16, 64 kb/s', { codec: 'pcm_alaw', sampleRate: 8000, channels: 1 }],
    ['aac (LC), 48000 Hz, stereo, fltp', { codec: 'aac', sampleRate: 48000, channels: 2 }],
    ['opus, 48000 Hz, 5.1(side), fltp', { codec: 'opus', sampleRate: 48000, channels: 6 }],
    ['pcm_s16be, 16000 Hz, 3 channels, s16', { codec: 'pcm_s16be', sampleRate: 16000, channels: 3 }],
  ])('reads %s', (text, audio) => {
    expect(read(input, `  Stream #0:1: Audio: ${text}`, end)?.audio).toEqual(audio);
  });

  it('takes the input only, and only once', () => {
    const parse = createInputReportParser();
    expect(parse('[info]   Stream #0:0: Video: hevc (Main), yuv420p, 1x1')).toBeNull();
    parse(input);
    parse('[info]   Stream #0:0: Video: h264 (Main), yuv420p, 640x360');
    expect(parse(end)?.video?.codec).toBe('h264');
    parse(input);
    parse('[info]   Stream #0:0: Video: hevc (Main), yuv420p, 1x1');
    expect(parse(end)).toBeNull();
  });
});

describe('changesIn', () => {
  const same = reportOf(INFO);
  it('finds none where there is none, or where nothing is known', () => {
    expect(changesIn(same, INFO, true)).toEqual([]);
    expect(changesIn({ ...same, audio: null }, INFO, false)).toEqual([]);
    const vague = { codec: 'h264', profile: null, width: 0, height: 0, pixelFormat: null };
    expect(changesIn({ ...same, video: vague }, INFO, true)).toEqual([]);
    expect(changesIn({ ...same, video: null }, INFO, true)).toEqual([]);
  });
  it('names what changed', () => {
    const video = { codec: 'hevc', profile: 'Main 10', width: 1280, height: 720, pixelFormat: 'yuv420p10le' };
    expect(changesIn({ ...same, video, audio: null }, INFO, true)).toEqual([
      'codec h264 -> hevc',
      'profile Main -> Main 10',
      'pixel format yuv420p -> yuv420p10le',
      'width 640 -> 1280',
      'height 360 -> 720',
      'audio pcm_alaw -> none',
    ]);
  });
});
