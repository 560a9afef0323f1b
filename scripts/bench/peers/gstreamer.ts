import path from 'node:path';
import { installed, startAll } from './children';
import type { Peer } from './peer';

/** One pipeline a camera: rtspsrc to splitmuxsink. */
export const gstreamer: Peer = {
  id: 'gstreamer',
  what: 'one gst-launch a camera: rtspsrc, depayload, parse, splitmuxsink',
  unavailable: () =>
    Promise.resolve(
      installed('gst-launch-1.0') === null
        ? 'not installed: apt-get install gstreamer1.0-tools gstreamer1.0-plugins-good gstreamer1.0-plugins-bad'
        : null,
    ),
  start: (urls, folder) => {
    const pipelines = startAll(
      urls.map((url, n) => ({
        file: installed('gst-launch-1.0') ?? 'gst-launch-1.0',
        args: [
          ...['-q', '-e', 'rtspsrc', `location=${url}`, 'protocols=tcp', 'latency=200', '!'],
          ...['rtph264depay', '!', 'h264parse', '!', 'splitmuxsink'],
          // Its MP4 muxer gives up when a camera's first packet has no time stamp; this one does not.
          ...[`location=${path.join(folder, `c${String(n)}-%05d.mkv`)}`, 'muxer-factory=matroskamux'],
          'max-size-time=60000000000',
        ],
      })),
    );
    return Promise.resolve(pipelines);
  },
};
