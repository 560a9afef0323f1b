// @ts-check
// The invariants of the reference document's section 10 in our words. Data only; docs/invariants.md is made of it
// and of the test reports (report.mjs), and a unit test holds that every one that applies has a test.

/**
 * @typedef {object} Invariant
 * @property {string} id
 * @property {string} statement what must hold, in our words
 * @property {'applies' | 'replaced' | 'not applicable'} status
 * @property {string} [reason] of every status but `applies`; with `applies` a remark
 */

/** @type {(id: number, statement: string, reason?: string) => Invariant} */
const applies = (id, statement, reason) => ({
  id: name(id),
  statement,
  status: 'applies',
  ...(reason ? { reason } : {}),
});
/** @type {(id: number, statement: string, reason: string) => Invariant} */
const replaced = (id, statement, reason) => ({ id: name(id), statement, status: 'replaced', reason });
/** @type {(id: number, statement: string, reason: string) => Invariant} */
const foreign = (id, statement, reason) => ({ id: name(id), statement, status: 'not applicable', reason });

/** @param {number} id */
const name = (id) => `INV-${String(id).padStart(2, '0')}`;

/** @type {readonly Invariant[]} */
export const invariants = [
  // Video is sacred.
  applies(
    1,
    'Live packets and recorded pictures go on at their rate whatever happens to decoders, readers and containers.',
  ),
  applies(
    2,
    'With the flag off there is no ring, shared memory, thread, hand-over, container, addon or FFmpeg argument of the frame export.',
  ),
  applies(3, 'The flag is off unless it was switched on.'),
  applies(4, 'The flag changes nothing of what is recorded and what live view gets.'),
  applies(
    5,
    'A frame reader or decoder that ends leaves the ingest FFmpeg, its pid and the live packets as they were.',
  ),
  applies(
    6,
    'Raw frames come from one place: the decoder of the frame export, fed by the ingest of the camera.',
  ),
  applies(7, 'No inference runs in the main process or in a window.'),
  applies(8, 'Frames go over no network transport: neither HTTP nor WebSocket nor gRPC.'),
  applies(
    9,
    'One ingest and one producer a stream, however many watch; joining and leaving changes neither.',
  ),
  applies(
    10,
    'A producer ends with an explicit stop, not with a reconnect.',
    'A changed codec or profile replaces it, because WebRTC cannot continue it.',
  ),
  replaced(
    11,
    'Paths, methods, codes and shapes of the API stay.',
    'There is no HTTP API: channels of the contract mirror its names, shapes and error envelope (main/api/api.test.ts).',
  ),
  applies(12, 'Nothing depends on another host; nothing listens beyond loopback and Unix sockets.'),
  applies(13, 'No emoji in the sources.'),
  // The ring.
  applies(
    14,
    'A camera has one ring, however many want its frames.',
    'It exists while somebody wants frames (docs/frames.md).',
  ),
  applies(15, 'The capacity of a ring is fixed while it lives, can be set, and bounds its memory.'),
  applies(16, 'Everything is allocated before the first frame; publishing one allocates nothing.'),
  applies(17, 'The writer takes no lock and waits for nobody.'),
  applies(18, 'One writer, any number of readers; stopped or crashed readers do not slow it.'),
  applies(19, 'A reader never gets the half of one frame and the half of another.'),
  applies(20, 'A frame tells its id, times, camera, size, stride, format and where its pixels are.'),
  applies(21, 'Frame ids of a camera only grow, over restarts and crashes too.'),
  applies(22, 'The time of a frame is the presentation time of its picture, not that of its arrival.'),
  applies(23, 'Between decoder and ring pixels are neither encoded nor converted.'),
  applies(
    24,
    'The ring comes with the first frame that is wanted and goes with the stream or the last who wants it.',
  ),
  applies(25, 'Under overload frames are lost, and nothing else.'),
  applies(26, 'Readers borrow memory that they cannot write.'),
  replaced(
    27,
    'Files of the export lie below /dev/shm/vas/<camera>.',
    'One file /dev/shm/vas_frames_<camera>, the path of seed 003.',
  ),
  applies(28, 'Only the application writes a ring; its file is open to its user alone and mapped read-only.'),
  replaced(
    29,
    'The header begins with a version, its offsets are fixed, fields are only appended.',
    'A layout of ours with magic and version in page 0; another version is refused (docs/frames.md, native/test/ring.test.ts).',
  ),
  replaced(
    30,
    'The header is written after the pixels and is the only synchronisation.',
    'A sequence lock for each slot: readers check it before and after (INV-19).',
  ),
  applies(31, 'The writer knows no locks, waits, acknowledgements or retries.'),
  applies(32, 'Readers fetch frames; what is told to them is a reference, never pixels.'),
  applies(
    33,
    'A ring file exists between start and stop only; after that, opening fails, and a crash leaves none for long.',
  ),
  applies(34, 'The export knows no models and no subscriptions of the AI, only rates that somebody wants.'),
  // The core.
  applies(35, 'Each camera has one stream agent, whose id is the camera’s.'),
  applies(36, 'An agent is state: making, starting and stopping it starts no thread, timer, socket or file.'),
  applies(37, 'An agent goes from created to running to stopped; anything else is an error.'),
  applies(38, 'Agents keep no frames.'),
  applies(39, 'A camera has a model at most once, and several models.'),
  applies(40, 'Adding and removing a subscription happens at once, without draining or restarting anything.'),
  applies(
    41,
    'A rate is a ceiling: in any window of whole periods no more is dispatched than periods, and one.',
  ),
  applies(
    42,
    'The gate decides from subscription and frame time alone; nothing is caught up, queued or timed.',
  ),
  applies(43, 'Each subscription is decided for itself.'),
  applies(44, 'A stopped agent, an inactive subscription and a rate that is none let nothing pass.'),
  applies(45, 'Without frames the core is idle and raises no error.'),
  applies(
    46,
    'What runs the models can be killed, and video does not notice.',
    'The core itself is part of the main process; its decoders and containers are the processes that can be killed.',
  ),
  applies(47, 'A failure concerns its camera or its subscription alone.'),
  applies(48, 'Nothing of the AI is retried, restarted or repaired by itself.'),
  applies(49, 'What runs follows the stored assignments, repeatably, also after partial failures.'),
  applies(50, 'What was switched off or deleted does not run after one interval at the latest.'),
  applies(51, 'Changed rates, priorities and parameters count after one interval at the latest.'),
  // Containers.
  applies(52, 'One container a model, however many cameras; it stays.'),
  applies(53, 'A container has one Unix socket, named after its model, open to its user alone.'),
  applies(54, 'Messages are a 32-bit big-endian length and UTF-8 JSON; requests beyond 10 MiB are refused.'),
  applies(55, 'Each request gets exactly one response, malformed ones too.'),
  applies(56, 'An answer depends on request, frame and weights alone; order and mixture change nothing.'),
  applies(57, 'Requests are accepted at the same time, in any order.'),
  applies(
    58,
    'A request names its frame by a path; the container opens it read-only and holds it no longer than the request.',
  ),
  applies(
    59,
    'A container knows no RTSP and no SFU, decodes no video, keeps no rate and repeats nothing.',
    'It holds a bounded number of requests at a time and refuses more.',
  ),
  applies(60, 'A frame that cannot be read fails its request, once.'),
  applies(61, 'A response repeats model, camera and frame id.'),
  applies(
    62,
    'The contract of the socket is the reference’s, with clients and servers that keep or close connections.',
  ),
  applies(63, 'A model is loaded once; memory and descriptors do not grow with requests.'),
  applies(64, 'Without a graphics card a container starts and answers, unless its model requires one.'),
  applies(
    65,
    'What happens to a container stays in it: crash, hang, out of memory.',
    'Failures of a graphics card could not be run here: there is none.',
  ),
  applies(66, 'Facts of a model come from its model.yaml; a new model changes no code.'),
  applies(67, 'A folder that is no model is reported and harms nothing.'),
  applies(68, 'A required card with a fallback is a contradiction and refused.'),
  applies(
    69,
    'A container has the rights of the user at most, sees little of the file system, cannot write frames and reaches no network.',
  ),
  applies(
    70,
    'Models use the runtime, not the application’s sources; its version is pinned; the processor is enough.',
  ),
  // Events and registry.
  applies(
    71,
    'Events are only added; neither service nor API changes or deletes one.',
    'Expiry by age is the one audited exception.',
  ),
  applies(
    72,
    'An event that cannot be stored is dropped and counted; nobody gets an error, nothing is retried.',
  ),
  applies(73, 'An event of a camera that does not exist is dropped.'),
  applies(74, 'Confidence is 0 to 1, a model id 1 to 128 characters, detections are stored as they are.'),
  applies(75, 'Storing events blocks neither inference nor video.'),
  applies(76, 'Triggers act on committed events only.'),
  applies(77, 'A trigger returns at once and changes nothing about the event.'),
  applies(78, 'An event is triggered at most once.'),
  applies(79, 'Snapshots of events are on, clips are off, each has a switch.'),
  applies(80, 'A trigger that fails is silent: no retry, no queue, no alert.'),
  applies(81, 'Triggers use the snapshots and clips that everybody uses.'),
  applies(82, 'Reading events changes nothing.'),
  applies(83, 'A page has 100 events unless asked otherwise, at most 1,000, the newest first.'),
  applies(84, 'A read that fails concerns its request alone.'),
  applies(85, 'The registry of models holds descriptions and knows nothing of containers.'),
  applies(86, 'An unknown or disabled model gets no new assignment.'),
  applies(87, 'Changing what the registry says of a model does not touch what runs of others.'),
  // Overlay, health, assignments.
  applies(88, 'Failures of overlay and events never reach playback, and nothing is shown of them there.'),
  applies(89, 'A malformed detection is left out, the others are drawn.'),
  applies(90, 'The overlay takes no pointer events and never changes the video element.'),
  applies(91, 'Without the overlay, data and video go on as before.'),
  applies(92, 'The overlay is off until it is wanted; its filters act in the window and ask nobody.'),
  applies(93, 'Health is read only, answers at once and degraded where it must, and pulls nothing down.'),
  applies(94, 'Nothing is remedied automatically; what a person does is confirmed and never touches video.'),
  applies(95, 'Assignments store intents: they start no process and send no message.'),
  applies(96, 'Writing an assignment twice is writing it once; a pair of camera and model exists once.'),
  applies(
    97,
    'Windows show what is stored and never assume what runs; they call assignments and the registry only.',
  ),
  foreign(
    98,
    'Only the active phase is edited, with small reversible changes.',
    'A rule for whoever edited the reference; all phases are active here.',
  ),
];

/** Tests of these are still to come; empty when they have landed. */
export const awaited = new Set(/** @type {string[]} */ ([]));
