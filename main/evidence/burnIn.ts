import type { MediaJobs } from '../kernel/media/jobs';

/** Time that a slice may take, however slow the computer: five minutes of footage in an hour. */
const TIMEOUT_MS = 3_600_000;

/**
 * What of a name goes into the picture: everything else has a meaning for FFmpeg's filters, so it is left out
 * rather than escaped.
 */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 _.-]+/g, '')
    .trim()
    .slice(0, 60);
}

/** The filter that writes camera and UTC time into the picture. @param startUs wall clock of the first picture */
export function burnInFilter(camera: string, startUs: number): string {
  const time = `%{pts\\:gmtime\\:${(startUs / 1e6).toFixed(3)}\\:%Y-%m-%d %H\\\\\\:%M\\\\\\:%S}`;
  return [
    `drawtext=text='${plainName(camera)}  ${time} UTC'`,
    'fontsize=h/24:fontcolor=white:box=1:boxcolor=black@0.7:boxborderw=6:x=h/48:y=h/48',
  ].join(':');
}

/** Encodes a clip anew with camera and time in the picture: one at a time, behind everything that is live. */
export async function burnIn(
  jobs: MediaJobs,
  clip: { readonly file: string; readonly startUs: number; readonly camera: string },
  target: string,
  signal: AbortSignal,
): Promise<void> {
  await jobs.run({
    label: 'evidence',
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '1', '-i', `file:${clip.file}`],
      ...['-map', '0:v:0', '-map', '0:a:0?', '-vf', burnInFilter(clip.camera, clip.startUs)],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'],
      ...[
        '-c:a',
        'copy',
        '-map_metadata',
        '-1',
        '-movflags',
        '+faststart',
        '-f',
        'mp4',
        '-y',
        `file:${target}`,
      ],
    ],
    timeoutMs: TIMEOUT_MS,
    signal,
  });
}
