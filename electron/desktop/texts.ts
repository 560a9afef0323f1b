import type { Activity } from './activity';

/** Every text that the shell itself shows: tray, message boxes of the platform. */
export const texts = {
  name: 'VAS Workstation',
  open: 'Open VAS Workstation',
  quit: 'Quit',
  cancel: 'Cancel',
  close: 'Close',
  recording(activity: Activity): string {
    const wanted = activity.cameras.length;
    const now = activity.cameras.filter((camera) => camera.recording).length;
    return wanted === 0 ? 'Nothing is being recorded' : `Recording ${String(now)} of ${cameras(wanted)}`;
  },
  quitTitle: 'Quit and stop recording?',
  quitDetail: (names: readonly string[]) => `These cameras stop recording:\n${listed(names)}`,
  refusedTitle: 'Recording goes on',
  refusedDetail:
    'Only operators and administrators may quit while cameras run. Sign in as one of them first.',
  backgroundTitle: 'VAS Workstation keeps recording',
  backgroundDetail: (tray: boolean) =>
    tray
      ? 'The window closes, recording goes on. Bring the window back from the icon in the tray, or by starting VAS Workstation again.'
      : 'The window closes, recording goes on. This desktop shows no tray icons: bring the window back by starting VAS Workstation again.',
  backgroundKeep: 'Keep recording',
} as const;

/** A message box does not scroll. */
const LISTED = 8;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map((name) => `  ${name}`);
  const more = names.length - LISTED;
  return [...shown, ...(more > 0 ? [`  and ${String(more)} more`] : [])].join('\n');
}

const cameras = (count: number) => `${String(count)} ${count === 1 ? 'camera' : 'cameras'}`;
