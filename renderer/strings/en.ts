import { settingsStrings } from './en/settings';
import { alertTexts } from './en/alerts';
import { keys } from './en/keys';
import { cameraTexts } from './en/cameras';
import { eventTexts } from './en/events';
import { galleryTexts } from './en/gallery';
import { tile } from './en/tile';
import { detectionTexts } from './en/detection';
import { modelTexts } from './en/models';
import { playbackTexts } from './en/playback';
import { motionSearchTexts } from './en/motionSearch';
import { overlayTexts } from './en/overlay';
import { healthTexts } from './en/health';
import { supportTexts } from './en/support';
import { wall } from './en/wall';
import { desktopStrings } from './en/desktop';
import { userTexts } from './en/users';
import { auditTexts } from './en/audit';
import { archiveTexts } from './en/archive';
import { evidenceTexts } from './en/evidence';

/**
 * Every text of the user interface, in English. `{name}` is filled in; keys that end in `.one` and `.other`
 * are chosen by a count. A translation is a file with the same keys.
 */
export const en = {
  ...keys,
  ...alertTexts,
  ...cameraTexts,
  ...eventTexts,
  ...galleryTexts,
  ...tile,
  ...overlayTexts,
  ...playbackTexts,
  ...motionSearchTexts,
  ...detectionTexts,
  ...modelTexts,

  ...wall,
  ...desktopStrings,
  ...healthTexts,
  ...supportTexts,
  ...userTexts,
  ...auditTexts,
  ...archiveTexts,
  ...evidenceTexts,
  'app.name': 'VAS Workstation',
  'app.mark': 'VAS',
  'app.markBelow': 'Workstation',

  'common.on': 'On',
  'common.off': 'Off',
  'common.yes': 'Yes',
  'common.no': 'No',
  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.apply': 'Apply',
  'common.save': 'Save',
  'common.clear': 'Clear',
  'common.retry': 'Try again',
  'count.seconds.one': '{count} second',
  'count.seconds.other': '{count} seconds',
  'key.escape': 'Esc',

  'nav.label': 'Screens',
  'nav.skip': 'Skip to content',
  'screen.live': 'Live',
  'screen.cameras': 'Cameras',
  'clock.label': 'Time of this workstation',
  'theme.dark': 'Dark',
  'theme.light': 'Light',
  'theme.system': 'As desktop',
  'theme.switch': 'Colours: {theme}. Change',
  'theme.tooltip': 'Change colours to: {next}',

  'toast.region': 'Messages',
  'toast.close': 'Close message',

  'error.noAnswer': 'The application did not answer. Try again; if that does not help, restart it.',
  'failure.title': 'This screen has stopped working',
  'failure.text':
    'Recording is not affected. Open the screen again; if it fails again, reload the window. Other screens can still be used.',
  'failure.retry': 'Open screen again',
  'failure.reload': 'Reload window',
  'failure.startTitle': 'The application could not start',
  'failure.startText':
    'This window has no connection to the recorder. Close it and start VAS Workstation again; if that does not help, install it again.',
  'failure.unexpected': 'Something unexpected went wrong',

  'notice.silent': 'The recorder does not report. Restart the application if this stays.',
  'notice.devices': 'The list of cameras cannot be read. {reason}',
  'notice.more.one': 'and 1 more',
  'notice.more.other': 'and {count} more',

  'fault.unreachable.title': 'Camera cannot be reached',
  'fault.unreachable.advice': 'Check power and network cable of the camera, and that its address is right.',
  'fault.no_answer.title': 'Camera does not answer',
  'fault.no_answer.advice':
    'Something accepts the connection but sends nothing. Check the port in the address; if it is right, restart the camera.',
  'fault.unauthorized.title': 'User or password refused',
  'fault.unauthorized.advice': 'Enter the user and password that are set in the camera itself.',
  'fault.not_found.title': 'The camera has no such stream',
  'fault.not_found.advice':
    'The path at the end of the address is unknown to the camera. Its manual or web page names the right one.',
  'fault.unsupported.title': 'Not a video stream',
  'fault.unsupported.advice':
    'Something answers, but not with video. Check the address, or choose another stream in the camera itself.',
  'fault.connection_lost.title': 'Connection lost',
  'fault.connection_lost.advice':
    'The camera ended the connection. If it does not come back, check its power and network cable.',
  'fault.stalled.title': 'No pictures arrive',
  'fault.stalled.advice':
    'The camera is connected but has stopped sending. If it does not come back, restart the camera.',
  'fault.storage.title': 'Recordings cannot be written',
  'fault.storage.advice':
    'Check that the disk for recordings is connected, has free space and may be written.',
  'fault.no_credentials.title': 'Stored password cannot be read',
  'fault.no_credentials.advice': 'Enter the password of the camera again.',
  'fault.internal.title': 'Fault in the application',
  'fault.internal.advice':
    'It keeps trying by itself. If this stays, restart the application and keep its log.',

  'video.fps': '{fps} fps',
  'video.noAudio': 'No audio',
  'video.mono': 'mono',
  'video.channels': '{channels} channels',
  'video.audio': '{codec}, {rate} kHz, {channels}',

  'convert.badge': 'Converted: {reasons}',
  'convert.badgeLabel': 'Converted for live view: {reasons}. Why?',
  'convert.title': 'Converted for live view',
  'convert.text':
    'The picture on screen is converted while someone watches. The recording is not: it keeps what the camera sends.',
  'convert.codec': 'codec',
  'convert.bFrames': 'B-frames',
  'convert.chroma': 'colour format',
  'convert.chromaOf': 'colour format {format}',
  'convert.codecText':
    'Live view cannot play {codec}. To save computing power, set the camera to H.264, or add a sub-stream in H.264.',
  'convert.bFramesText':
    'Live view cannot play B-frames. To save computing power, switch them off in the camera (often the profile Baseline, or "low latency").',
  'convert.chromaText':
    'Live view plays only 8 bit colour with 4:2:0 sampling. To save computing power, choose that format in the camera.',

  'tile.name': 'Tile {number}: {name}, {state}',
  'tile.emptyName': 'Tile {number}: empty',
  'tile.empty': 'Empty',
  'tile.connecting': 'Connecting',
  'tile.live': 'Live',
  'tile.stalled': 'Frozen',
  'tile.reconnecting': 'Reconnecting',
  'tile.silent': 'No data',
  'tile.offline': 'Offline',
  'tile.stopped': 'Stopped',
  'tile.rec': 'REC',
  'tile.connecting.title': 'Connecting to the camera',
  'tile.stalled.title': 'Picture frozen since {time}',
  'tile.stalled.text': 'This picture is old. The camera sends no new ones at the moment.',
  'tile.reconnecting.title': 'Reconnecting',
  'tile.stopped.title': 'Camera is stopped',
  'tile.stopped.text': 'It is neither shown nor recorded until it is started.',
  'tile.attemptIn': 'Next attempt in {seconds} (attempt {attempt})',
  'tile.attemptNow': 'Trying now (attempt {attempt})',
  'tile.againIn': 'Again in {seconds} s',
  'tile.againNow': 'Trying now',
  'tile.editCamera': 'Edit camera',
  'tile.start': 'Start camera',
  'tile.startFailed': '{name} could not be started',
  'tile.menu': 'Tile menu',
  'tile.enterFull': 'Full window',
  'tile.leaveFull': 'Leave full window',
  'tile.choose': 'Choose camera',
  'tile.chooseFor': 'Choose camera for tile {number}',
  'tile.remove': 'Remove from tile',
  'tile.emptyText': 'No camera in this tile.',
  'tile.noCameras': 'No cameras yet',
  'tile.noCamerasText': 'Add a camera to see and record it.',

  'picker.title': 'Camera for tile {number}',
  'picker.search': 'Search cameras',
  'picker.list': 'Cameras',
  'picker.shownIn': 'now in tile {number}',

  'capture.snapshot': 'Snapshot',
  'capture.clip': 'Clip of the last 30 s',
  'capture.snapshotSaved': 'Snapshot of {name} saved',
  'capture.snapshotText': 'Picture of {time}, {size}',
  'capture.snapshotFailed': 'No snapshot of {name}',
  'capture.clipRunning': 'Saving the last {seconds} s of {name}',
  'capture.clipSaved': 'Clip of {name} saved',
  'capture.clipText': '{start} to {end}, {size}',
  'capture.clipFailed': 'No clip of {name}',

  'cameras.table': 'Cameras',
  'cameras.search': 'Search cameras',
  'cameras.add': 'Add camera',
  'cameras.loading': 'Reading the list of cameras',
  'cameras.failed': 'The list of cameras cannot be read',
  'cameras.noMatch': 'No camera matches the search.',
  'cameras.emptyTitle': 'No cameras yet',
  'cameras.emptyText':
    'Add a camera by its RTSP address. The connection can be tested before the camera is saved; recording starts at once.',
  'cameras.count.one': '1 camera',
  'cameras.count.other': '{count} cameras',
  'cameras.found': '{found} of {total} cameras',

  'camera.name': 'Name',
  'camera.location': 'Location',
  'camera.address': 'Address',
  'camera.video': 'Video',
  'camera.state': 'State',
  'camera.recording': 'Recording',
  'camera.started': 'Started',
  'camera.actions': 'Actions',
  'camera.withSub': 'sub-stream',
  'camera.videoUnknown': 'Not known yet',
  'camera.stopped': 'Stopped',
  'camera.connecting': 'Connecting',
  'camera.running': 'Running',
  'camera.silent': 'No pictures',
  'camera.reconnecting': 'Reconnecting',
  'camera.offline': 'Offline',
  'camera.edit': 'Edit {name}',
  'camera.delete': 'Delete {name}',
  'camera.recordingOf': 'Record {name}',
  'camera.startedOf': 'Run {name}',
  'camera.recordingOff': '{name} is no longer recorded',
  'camera.recordingFailed': 'Recording of {name} could not be changed',
  'camera.stoppedToast': '{name} is stopped: neither shown nor recorded',
  'camera.startFailed': '{name} could not be started',
  'camera.stopFailed': '{name} could not be stopped',

  'form.addTitle': 'Add camera',
  'form.editTitle': 'Edit {name}',
  'form.name': 'Name',
  'form.namePlaceholder': 'Main gate',
  'form.location': 'Location (optional)',
  'form.locationPlaceholder': 'Gatehouse, north side',
  'form.address': 'Address',
  'form.addressHint': 'RTSP address of the main stream. It is recorded unchanged.',
  'form.subAddress': 'Sub-stream address (optional)',
  'form.subAddressHint': 'A smaller stream of the same camera, used in small tiles.',
  'form.username': 'User',
  'form.password': 'Password',
  'form.passwordStored': 'Stored. Leave empty to keep it.',
  'form.forgetPassword': 'Delete the stored password',
  'form.showPassword': 'Show password',
  'form.hidePassword': 'Hide password',
  'form.transport': 'Transport',
  'form.transportHint': 'TCP loses nothing on the way. Choose UDP only where a camera needs it.',
  'form.tcp': 'TCP',
  'form.udp': 'UDP',
  'form.recording': 'Record this camera',
  'form.recordingOn': 'Recorded as the camera sends it, without being re-encoded.',
  'form.recordingOff': 'Only the last minute is kept, for snapshots and clips.',
  'form.split': 'User and password were taken out of the address and put into their own fields.',
  'form.splitUser': 'The user was taken out of the address and put into its own field.',
  'form.splitKept':
    'User and password were taken out of the address. The sub-stream uses the user and password entered below.',
  'form.tooLong': 'Use at most {max} characters.',
  'form.controlCharacters':
    'This contains a character that cannot be typed, such as a line break. Enter it again.',
  'form.saving': 'Saving',
  'form.failed': 'The camera was not saved',
  'form.added': '{name} added',
  'form.saved': '{name} saved',
  'form.discardTitle': 'Discard what you entered?',
  'form.discardText': 'The camera has not been saved.',
  'form.discard': 'Discard',
  'form.keepEditing': 'Keep editing',

  'probe.title': 'Connection test',
  'probe.run': 'Test connection',
  'probe.again': 'Test again',
  'probe.running': 'Connecting to the camera',
  'probe.hint':
    'Optional. Connects to the camera once and shows what it sends, before you save. This takes a few seconds.',
  'probe.failed': 'The test could not be run',
  'probe.result': 'Result',
  'probe.main': 'Main stream',
  'probe.sub': 'Sub-stream',
  'probe.seconds': '{seconds} s',
  'probe.plays': 'Works. Live view plays it unchanged',
  'probe.playsText': 'It is recorded and shown exactly as the camera sends it.',
  'probe.converted': 'Works. Converted for live view: {reasons}',
  'probe.convertedText': 'It is recorded unchanged. It is converted only while someone watches it live.',
  'probe.longGop':
    'The camera sends key frames seldom, so the first live picture takes long. Set the key frame interval (I-frame, GOP) to 1 or 2 s in the camera.',
  'probe.codec': 'Codec',
  'probe.profile': 'Profile',
  'probe.size': 'Picture size',
  'probe.fps': 'Frame rate',
  'probe.bFrames': 'B-frames',
  'probe.gop': 'Key frame every',
  'probe.gopValue': '{seconds} s',
  'probe.audio': 'Audio',
  'probe.unknown': 'Unknown',

  'delete.title': 'Delete {name}?',
  'delete.text': '{name} is no longer shown or recorded, and its stored password is deleted.',
  'delete.recordings': 'Its recordings stay until they expire as usual.',
  'delete.action': 'Delete camera',
  'delete.done': '{name} deleted. Its recordings stay.',
  'delete.failed': 'The camera was not deleted',

  'consent.title': 'Keep the password with weak protection?',
  'consent.what': 'This computer has no key store that could keep the password of the camera safe.',
  'consent.risk':
    'The password would only be obscured with a fixed key: anyone who can read the files of this application could recover it.',
  'consent.instead':
    'For real protection, cancel, install a key store (on Linux for example GNOME Keyring or KWallet), and restart the application. Without a password the camera can be saved either way.',
  'consent.backend': 'What this computer offers: {backend}',
  'consent.agree': 'Keep it that way',
  ...settingsStrings,
} as const;
