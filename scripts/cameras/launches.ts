/** GStreamer pipelines of test cameras, for `mount()` of camera.ts. All numbers are checked, no text goes in. */

export interface PictureOptions {
  /** Pixels, even; default 640x360. */
  readonly width?: number;
  readonly height?: number;
  /** Whole frames per second; default 15. */
  readonly fps?: number;
  /** Seconds between key frames; default 1. */
  readonly gopSeconds?: number;
  /** Kilobits per second; default 500. */
  readonly kbps?: number;
}

export type AudioKind = 'pcma' | 'pcmu' | 'aac' | 'opus' | 'g726';

export interface H264Options extends PictureOptions {
  /** Default main. `high-4:2:2` gives 4:2:2 chroma, which WebRTC cannot play. */
  readonly profile?: 'baseline' | 'main' | 'high' | 'high-4:2:2';
  /** Pictures in another order than shown; default 0. */
  readonly bFrames?: number;
  readonly audio?: AudioKind;
  /** Nothing moves; default false. */
  readonly still?: boolean;
}

interface Picture {
  readonly source: string;
  readonly gop: number;
  readonly kbps: number;
}

function checked(name: string, value: number, low: number, high: number): number {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`${name} must be a whole number from ${low} to ${high}`);
  return value;
}

function picture(options: PictureOptions, format = 'I420'): Picture {
  const width = checked('width', options.width ?? 640, 16, 7680);
  const height = checked('height', options.height ?? 360, 16, 4320);
  const fps = checked('fps', options.fps ?? 15, 1, 120);
  return {
    source:
      'videotestsrc is-live=true pattern=ball ! ' +
      `video/x-raw,format=${format},width=${width},height=${height},framerate=${fps}/1`,
    gop: Math.max(1, Math.round((options.gopSeconds ?? 1) * fps)),
    kbps: checked('kbps', options.kbps ?? 500, 16, 100_000),
  };
}

const AUDIO: Record<AudioKind, string> = {
  pcma: 'audioconvert ! audioresample ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8',
  pcmu: 'audioconvert ! audioresample ! audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay name=pay1 pt=0',
  aac: 'audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1 ! avenc_aac bitrate=48000 ! aacparse ! rtpmp4gpay name=pay1 pt=97',
  opus: 'audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1 ! opusenc bitrate=32000 ! rtpopuspay name=pay1 pt=97',
  g726: 'audioconvert ! audioresample ! audio/x-raw,rate=8000,channels=1 ! avenc_g726 bitrate=32000 ! rtpg726pay name=pay1 pt=97',
};

function audio(kind: AudioKind | undefined): string {
  return kind === undefined ? '' : ` audiotestsrc is-live=true wave=sine volume=0.1 ! ${AUDIO[kind]}`;
}

/** An H.264 camera; without B-frames unless asked for. */
export function h264(options: H264Options = {}): string {
  const profile = options.profile ?? 'main';
  const { source: moving, gop, kbps } = picture(options, profile === 'high-4:2:2' ? 'Y42B' : 'I420');
  const source = options.still ? moving.replace('pattern=ball', 'pattern=smpte75') : moving;
  const bFrames = checked('bFrames', options.bFrames ?? 0, 0, 4);
  // zerolatency would forbid B-frames; x264 names the profile after the tools that are used.
  const tools = [
    `key-int-max=${gop} bitrate=${kbps} bframes=${bFrames} speed-preset=ultrafast`,
    bFrames > 0 ? 'b-adapt=false rc-lookahead=0 sync-lookahead=0 sliced-threads=true' : 'tune=zerolatency',
    `cabac=${profile !== 'baseline'} dct8x8=${profile.startsWith('high')}`,
  ].join(' ');
  return (
    `( ${source} ! x264enc ${tools} ! video/x-h264,profile=${profile} ! h264parse config-interval=-1 ! ` +
    `rtph264pay aggregate-mode=zero-latency name=pay0 pt=96${audio(options.audio)} )`
  );
}

/** An H.265 camera. */
export function h265(options: PictureOptions & { readonly audio?: AudioKind } = {}): string {
  const { source, gop, kbps } = picture(options);
  return (
    `( ${source} ! x265enc key-int-max=${gop} bitrate=${kbps} speed-preset=ultrafast tune=zerolatency ! ` +
    `h265parse config-interval=-1 ! rtph265pay name=pay0 pt=96${audio(options.audio)} )`
  );
}

/** A Motion JPEG camera. */
export function mjpeg(options: PictureOptions = {}): string {
  const { source } = picture(options);
  return `( ${source} ! jpegenc quality=50 ! rtpjpegpay name=pay0 pt=26 )`;
}

/** A camera that has sound only. */
export function audioOnly(kind: AudioKind): string {
  return `(${audio(kind).replace('pay1', 'pay0')} )`;
}

const FROM_UDP = {
  h264: {
    name: 'H264',
    chain: 'rtph264depay ! h264parse config-interval=-1 ! rtph264pay aggregate-mode=zero-latency',
  },
  mpeg4: { name: 'MP4V-ES', chain: 'rtpmp4vdepay ! mpeg4videoparse ! rtpmp4vpay config-interval=1' },
} as const;

/** Passes on what a sender (see senders.ts) sends as RTP, payload type 96, to a port of the loopback interface. */
export function fromUdp(codec: keyof typeof FROM_UDP, port: number): string {
  checked('port', port, 1024, 65535);
  const { name, chain } = FROM_UDP[codec];
  return (
    // Room for a large key frame, which comes at once.
    `( udpsrc address=127.0.0.1 port=${port} buffer-size=4000000 ` +
    `caps="application/x-rtp,media=video,clock-rate=90000,encoding-name=${name},payload=96" ! ` +
    `rtpjitterbuffer latency=100 ! ${chain} name=pay0 pt=96 )`
  );
}
