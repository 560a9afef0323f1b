// @ts-check
// The figures to reach on a 2-core machine, one list a suite. The programs only measure; the verdict is made here.

/**
 * @typedef {object} Bar
 * @property {string} id
 * @property {string} unit
 * @property {number} [atMost] the bar is either of the two; neither: a figure to compare
 * @property {number} [atLeast]
 * @property {string} what one line for the table
 */

/** @type {Record<string, Bar[]>} */
export const bars = {
  live: [
    { id: 'live.glass_p50_ms', unit: 'ms', atMost: 200, what: 'burnt-in clock to pixels, median' },
    { id: 'live.glass_p95_ms', unit: 'ms', atMost: 300, what: 'burnt-in clock to pixels' },
    {
      id: 'live.first_picture_p95_ms',
      unit: 'ms',
      atMost: 300,
      what: 'watch to first picture, key-frame wait apart',
    },
    { id: 'live.poster_p95_ms', unit: 'ms', atMost: 100, what: 'watch to last picture, marked as such' },
    {
      id: 'live.churn',
      unit: 'changes',
      atMost: 0,
      what: 'producers and FFmpeg changed by 50 joins and leaves',
    },
  ],
  // npm run bench -- kills --kills 200 for the soak.
  kills: [
    {
      id: 'record.kills_unreadable',
      unit: 'files',
      atMost: 0,
      what: 'unreadable after random kills, 4 cameras',
    },
    { id: 'record.kills_lost_s', unit: 's', atMost: 1, what: 'lost by a kill, beyond one GOP' },
    { id: 'record.kills_wrong', unit: 'findings', atMost: 0, what: 'violations of the archive after a kill' },
    { id: 'record.kills_again_s', unit: 's', atMost: 30, what: 'from start until all are recorded again' },
  ],
  // record.preview_cpu and record.seek_p95_ms come with scrub previews and the archive.
  record: [
    { id: 'record.cpu_ratio', unit: 'x', atMost: 1.3, what: 'our CPU against one plain ffmpeg' },
    { id: 'record.unreadable', unit: 'files', atMost: 0, what: 'unreadable after SIGKILL of everything' },
    { id: 'record.lost_s', unit: 's', atMost: 1, what: 'lost by SIGKILL of everything, beyond one GOP' },
    { id: 'record.preview_cpu', unit: 'cores', atMost: 0.06, what: 'previews of a 1080p camera' },
    { id: 'record.seek_p95_ms', unit: 'ms', atMost: 500, what: 'jump to picture, 30 days of 16 cameras' },
  ],
  ring: [
    { id: 'ring.publish_ratio', unit: 'x', atMost: 1.15, what: 'publishing a 1080p frame against memcpy' },
    { id: 'ring.torn', unit: 'frames', atMost: 0, what: 'half frames seen by readers in other processes' },
    {
      id: 'ring.verified_share',
      unit: 'x',
      atLeast: 0.2,
      what: 'frames that the least successful reader verified',
    },
    {
      id: 'ring.retries',
      unit: 'retries',
      atLeast: 1,
      what: 'frames that were overwritten while they were read',
    },
    {
      id: 'ring.stalled_reader_ratio',
      unit: 'x',
      atMost: 1.05,
      what: 'writer with stopped and crashed readers',
    },
    { id: 'ring.allocations', unit: 'per frame', atMost: 0, what: 'allocations of a published frame' },
  ],
  tap: [
    { id: 'tap.rate_ratio', unit: 'x', atLeast: 0.9, what: 'raw frames/s into the ring against thrown away' },
    { id: 'tap.lost_rtp', unit: 'packets', atMost: 0, what: 'RTP lost while decoder and readers fail' },
    { id: 'tap.lost_samples', unit: 'samples', atMost: 0, what: 'pictures not recorded meanwhile' },
  ],
  off: [
    { id: 'off.arguments', unit: 'arguments', atMost: 0, what: 'flag off: FFmpeg arguments that differ' },
    { id: 'off.shm', unit: 'shm', atMost: 0, what: 'flag off: files in shared memory' },
    { id: 'off.threads', unit: 'threads', atMost: 0, what: 'flag off: threads' },
    { id: 'off.descriptors', unit: 'descriptors', atMost: 0, what: 'flag off: sockets and rings' },
    { id: 'off.containers', unit: 'containers', atMost: 0, what: 'flag off: model containers' },
    { id: 'off.addon', unit: 'addon', atMost: 0, what: 'flag off: processes that map the addon' },
  ],
  preprocess: [
    { id: 'preprocess.u8_ratio', unit: 'x', atMost: 1, what: 'uint8 NHWC 416x256 against swscale bilinear' },
    {
      id: 'preprocess.f32_ratio',
      unit: 'x',
      atMost: 1,
      what: 'float32 NCHW 640x384 against swscale bilinear',
    },
  ],
  gate: [
    { id: 'gate.upper', unit: 'windows', atMost: 0, what: 'windows with more dispatches than allowed' },
    { id: 'gate.lower', unit: 'x', atLeast: 0.95, what: 'dispatched of what the source allows, worst rate' },
  ],
  events: [
    { id: 'events.insert_rate', unit: 'rows/s', atLeast: 15_000, what: 'batched, into 10 million rows' },
    { id: 'events.commit_p99_ms', unit: 'ms', atMost: 10, what: 'one event to its commit' },
    { id: 'events.page_p95_ms', unit: 'ms', atMost: 5, what: 'page of 100 in the store' },
    { id: 'events.page_ipc_p95_ms', unit: 'ms', atMost: 20, what: 'page of 100 as the renderer gets it' },
    { id: 'events.confidence_p95_ms', unit: 'ms', atMost: 50, what: 'page of 100 filtered by confidence' },
    { id: 'events.loop_delay_p99_ms', unit: 'ms', atMost: 20, what: 'main event loop during that load' },
  ],
  'event-faults': [
    { id: 'faults.lost_rtp', unit: 'packets', atMost: 0, what: 'RTP lost while the event store fails' },
    { id: 'faults.lost_samples', unit: 'samples', atMost: 0, what: 'pictures not recorded meanwhile' },
    { id: 'faults.uncounted', unit: 'events', atMost: 0, what: 'neither stored nor counted as lost' },
    { id: 'faults.unhealed', unit: 'faults', atMost: 0, what: 'after which events were not stored again' },
    { id: 'faults.loop_delay_ms', unit: 'ms', atMost: 100, what: 'longest stop of the main event loop' },
  ],
  ipc: [
    { id: 'ipc.p50_ms', unit: 'ms', atMost: 0.5, what: 'round trip to a container, identity model, median' },
    { id: 'ipc.p99_ms', unit: 'ms', atMost: 2, what: 'round trip to a container, identity model' },
  ],
  infer: [
    { id: 'infer.overhead_p95_ms', unit: 'ms', atMost: 15, what: 'frame to event without model and wait' },
    {
      id: 'infer.overhead_in_phase_p95_ms',
      unit: 'ms',
      atMost: 15,
      what: 'the same with all cameras in phase',
    },
    { id: 'infer.rate_ratio', unit: 'x', atLeast: 0.9, what: 'inferences/s against onnxruntime alone' },
  ],
  memory: [
    {
      id: 'memory.kb_per_reconnect',
      unit: 'KiB',
      atMost: 20,
      what: 'main process, 200 reconnects on 16 cameras',
    },
    { id: 'memory.descriptors', unit: 'descriptors', atMost: 0, what: 'left open by those reconnects' },
  ],
  wall: [
    { id: 'wall.loop_delay_p99_ms', unit: 'ms', atMost: 20, what: 'main event loop, 16 tiles of 640x360' },
    { id: 'wall.main_cores', unit: 'cores', atMost: 0.25, what: 'CPU of the main process meanwhile' },
    { id: 'wall.cores', unit: 'cores', atMost: 1.6, what: 'CPU of the whole application meanwhile' },
    { id: 'wall.shown_share', unit: 'x', atLeast: 0.95, what: 'pictures shown of those sent, worst tile' },
    {
      id: 'wall.switch_p95_ms',
      unit: 'ms',
      atMost: 1500,
      what: 'sub to main stream, key frame wait included',
    },
    { id: 'wall.switch_black', unit: 'screens', atMost: 0, what: 'neither stream in sight meanwhile' },
    { id: 'wall.switch_pause_ms', unit: 'ms', atMost: 500, what: 'longest still picture meanwhile' },
  ],
  scale: [{ id: 'scale.cameras', unit: 'cameras', atLeast: 64, what: '640x360, 15 fps, recorded, no gap' }],
  startup: [
    { id: 'startup.window_p95_ms', unit: 'ms', atMost: 1500, what: 'start to window shown' },
    {
      id: 'startup.live_p95_ms',
      unit: 'ms',
      atMost: 2500,
      what: 'start to first live picture, beyond one GOP',
    },
  ],
  // Nothing to reach: what the same work costs others. --cameras 1,4,16,64 for more.
  peers: [
    { id: 'peers.ours_cpu_s', unit: 's/camera-min', what: 'our CPU, everything counted' },
    { id: 'peers.ffmpeg_cpu_s', unit: 's/camera-min', what: 'bare FFmpeg: copy to fMP4 and RTP' },
    { id: 'peers.gstreamer_cpu_s', unit: 's/camera-min', what: 'rtspsrc to splitmuxsink' },
    { id: 'peers.motion_cpu_s', unit: 's/camera-min', what: 'Motion, passed through, detection on' },
    {
      id: 'peers.zoneminder_cpu_s',
      unit: 's/camera-min',
      what: 'ZoneMinder, passed through, with its MariaDB',
    },
    { id: 'peers.ours_pss_mib', unit: 'MiB', what: 'our memory' },
    { id: 'peers.ffmpeg_pss_mib', unit: 'MiB', what: 'memory of bare FFmpeg' },
    { id: 'peers.gstreamer_pss_mib', unit: 'MiB', what: 'memory of the pipelines' },
    { id: 'peers.motion_pss_mib', unit: 'MiB', what: 'memory of Motion' },
    { id: 'peers.zoneminder_pss_mib', unit: 'MiB', what: 'memory of ZoneMinder and its MariaDB' },
    { id: 'peers.not_run', unit: 'programs', what: 'could not be run here; the lines above say why' },
  ],
  'peers-live': [
    { id: 'peers-live.ours_cpu_s', unit: 's/camera-min', what: 'our ingest, SFU and main process, watched' },
    { id: 'peers-live.gstreamer_cpu_s', unit: 's/camera-min', what: 'rtspsrc to webrtcbin, watched' },
    { id: 'peers-live.ours_pss_mib', unit: 'MiB', what: 'memory of what serves' },
    { id: 'peers-live.gstreamer_pss_mib', unit: 'MiB', what: 'memory of the process that serves' },
    { id: 'peers-live.not_run', unit: 'programs', what: 'could not be run here; the lines above say why' },
  ],
  'peers-frames': [
    { id: 'peers-frames.ours_cpu_s', unit: 's/camera-min', what: 'our decoder, tap, ring and preprocessing' },
    { id: 'peers-frames.ffmpeg_cpu_s', unit: 's/camera-min', what: 'bare FFmpeg: decode, fps, scale' },
    { id: 'peers-frames.ours_pss_mib', unit: 'MiB', what: 'memory of decoders and rings' },
    { id: 'peers-frames.ffmpeg_pss_mib', unit: 'MiB', what: 'memory of bare FFmpeg' },
  ],
  'peers-delay': [
    {
      id: 'peers-delay.ours_pixels_p50_ms',
      unit: 'ms',
      what: 'burnt-in clock to pixels in our tile, median',
    },
    { id: 'peers-delay.gstreamer_pixels_p50_ms', unit: 'ms', what: 'to decoded pixels behind webrtcbin' },
    { id: 'peers-delay.ffmpeg_pixels_p50_ms', unit: 'ms', what: 'to decoded pixels of bare FFmpeg' },
    { id: 'peers-delay.ffmpeg_fragments_p50_ms', unit: 'ms', what: 'to fMP4, a fragment a picture' },
    {
      id: 'peers-delay.ffmpeg_half_second_p50_ms',
      unit: 'ms',
      what: 'to fMP4, fragments as our recordings have',
    },
    { id: 'peers-delay.ours_motion_p50_ms', unit: 'ms', what: 'something comes, to our motion mask' },
    { id: 'peers-delay.ours_event_p50_ms', unit: 'ms', what: 'something comes, to our stored event' },
    {
      id: 'peers-delay.motion_event_p50_ms',
      unit: 'ms',
      what: "something comes, to Motion's on_event_start",
    },
    { id: 'peers-delay.not_run', unit: 'programs', what: 'could not be run here; the lines above say why' },
  ],
};
