import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { runProgram } from '../../cameras/process';
import { running, startOne } from './children';
import { LIBRARIES, unpacked } from './unpack.mjs';

const PYTHON = '/usr/bin/python3';
const SCRIPT = path.resolve('scripts/bench/peers/webrtc.py');

/** What the viewer saw since the last call. */
export interface ViewedPictures {
  /** From painting to having read the pixels, milliseconds; of cameras with a burnt-in clock. */
  readonly latenciesMs: readonly number[];
}

/** Cameras live by GStreamer: rtspsrc to webrtcbin in one process, webrtcbin to decoded pictures in another. */
export interface WebrtcPeer {
  readonly senderPid: number;
  readonly viewerPid: number;
  /** Pictures that each camera has shown so far. */
  shown(): readonly number[];
  take(): ViewedPictures;
  stop(): Promise<void>;
}

/** What GStreamer and Python need to find of the unpacked packages. */
function environment(): Record<string, string> {
  const at = (...parts: string[]) => unpacked(LIBRARIES, ...parts);
  const [plugins, types] = [at('gstreamer-1.0'), at('girepository-1.0')];
  return {
    PYTHONDONTWRITEBYTECODE: '1',
    ...(plugins === null ? {} : { GST_PLUGIN_PATH: plugins }),
    ...(types === null ? {} : { GI_TYPELIB_PATH: types }),
  };
}

/** Why it cannot run here, with the command that helps; null: it can. */
export async function webrtcUnavailable(): Promise<string | null> {
  const needed = ['webrtcbin', 'nicesrc', 'dtlssrtpenc', 'srtpenc', 'rtspsrc', 'avdec_h264'];
  const program =
    'import gi; gi.require_version("Gst", "1.0"); gi.require_version("GstWebRTC", "1.0"); ' +
    'from gi.repository import Gst, GstWebRTC; Gst.init(None); ' +
    `print(" ".join(n for n in ${JSON.stringify(needed)} if Gst.ElementFactory.find(n) is None))`;
  try {
    const env = { ...process.env, ...environment() };
    const missing = (await runProgram(PYTHON, ['-c', program], { env })).trim();
    return missing === '' ? null : `GStreamer has no ${missing}: npm run bench -- --install-peers`;
  } catch (error) {
    return `Python cannot use GStreamer's WebRTC (npm run bench -- --install-peers): ${String(error)}`;
  }
}

export function startWebrtc(urls: readonly string[]): WebrtcPeer {
  const start = (...args: string[]): ChildProcess =>
    startOne({ file: PYTHON, args: [SCRIPT, ...args], env: environment() }, ['pipe', 'pipe', 'ignore']);
  const viewer = start('view', String(urls.length));
  const sender = start('send', ...urls);
  let shown: readonly number[] = urls.map(() => 0);
  let latenciesMs: number[] = [];
  const pass = (from: ChildProcess, to: ChildProcess) => {
    to.stdin?.on('error', () => undefined);
    if (from.stdout === null) return;
    createInterface({ input: from.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { event: string; seen?: [number, number][]; shown?: number[] };
      if (message.event !== 'pictures') return void to.stdin?.write(`${line}\n`);
      shown = message.shown ?? shown;
      latenciesMs.push(...(message.seen ?? []).map(([made, read]) => read - made));
    });
  };
  pass(sender, viewer);
  pass(viewer, sender);
  const both = running([sender, viewer]);
  return {
    senderPid: sender.pid ?? 0,
    viewerPid: viewer.pid ?? 0,
    shown: () => shown,
    take() {
      const taken = { latenciesMs };
      latenciesMs = [];
      return taken;
    },
    stop: () => both.stop(),
  };
}
