/** Where a complaint came from. */
export type ProblemSource = 'page console' | 'page error' | 'stdout' | 'stderr' | 'log file' | 'exit';

export interface Problem {
  readonly source: ProblemSource;
  readonly text: string;
}

export interface Allowance {
  /** Why this line is harmless. */
  readonly reason: string;
  readonly pattern: RegExp;
}

/** What Chromium and Playwright print on a machine without D-Bus, GPU or sound. */
const HARMLESS: readonly Allowance[] = [
  {
    reason: 'Playwright drives the application through the inspector',
    pattern:
      /^(Debugger (listening|attached|ending)|For help, see: https:\/\/nodejs\.org|DevTools listening on|Waiting for the debugger)/,
  },
  {
    reason: 'Chromium looks for D-Bus services that a test machine does not have',
    pattern: /:(ERROR|WARNING):(bus|object_proxy|property|dbus_\w+|login_manager\w*)\.cc/,
  },
  {
    reason: 'Chromium falls back to software when there is no GPU',
    pattern:
      /:(ERROR|WARNING):(gpu_\w+|gl_\w+|viz_main_impl|vaapi_wrapper|command_buffer_\w+|angle_\w+|vulkan_\w+|ozone_\w+|x11_software_\w+|sandbox_linux)\.cc/,
  },
  {
    reason: "Chromium's demuxer does not know the pixel format of H.264 before its decoder does",
    pattern: /:ERROR:ffmpeg_common\.cc\(\d+\)\] Unsupported pixel format: -1$/,
  },
  {
    reason: "Chromium's software compositor may ask for a picture of a video that was just taken away",
    pattern: /:ERROR:shared_image_manager\.cc\(\d+\)\] SharedImageManager::ProduceMemory: /,
  },
  {
    reason: "Chromium's compositor compares clocks of two processes on a busy machine",
    pattern: /:ERROR:display\.cc\(\d+\)\] Frame latency is negative: /,
  },
  { reason: 'No sound card here', pattern: /(ALSA lib |:(ERROR|WARNING):alsa_\w+\.cc|:audio_\w+\.cc)/ },
  {
    reason: 'Chromium warns about a kernel setting of the test machine',
    pattern: /:(ERROR|WARNING):(cgroup|nss_util|ssl_client_socket_impl)\w*\.cc/,
  },
];

/** pino's number for `error`. */
const ERROR_LEVEL = 50;

/** Collects everything that must not happen while the application runs. */
export class Problems {
  readonly #found: Problem[] = [];
  readonly #allowed: Allowance[] = [...HARMLESS];

  /** From now on lines that match are expected; the reason is for the reader of the test. */
  allow(reason: string, pattern: RegExp): void {
    this.#allowed.push({ reason, pattern });
  }

  add(source: ProblemSource, text: string): void {
    this.#found.push({ source, text });
  }

  /** A line of the application's output or log: only log lines below `error` are in order. */
  addOutput(source: ProblemSource, line: string): void {
    if (line.trim() === '') return;
    const level = levelOf(line);
    if (level === null || level >= ERROR_LEVEL) this.add(source, line);
  }

  /** What is left after the allowances, each text once. */
  get list(): readonly Problem[] {
    const seen = new Set<string>();
    return this.#found.filter(({ text }) => {
      if (seen.has(text) || this.#allowed.some(({ pattern }) => pattern.test(text))) return false;
      seen.add(text);
      return true;
    });
  }
}

/** Level of a structured log line, null for anything else. */
function levelOf(line: string): number | null {
  if (!line.startsWith('{')) return null;
  try {
    const { level } = JSON.parse(line) as { level?: unknown };
    return typeof level === 'number' ? level : null;
  } catch {
    return null;
  }
}
