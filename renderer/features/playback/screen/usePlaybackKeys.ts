import type { KeyboardEvent } from 'react';
import { useActions } from '../../../keys/useAction';
import type { ActionHandler } from '../../../keys/Dispatcher';
import type { PlaybackActions } from './usePlaybackActions';

export interface PlaybackKeysOptions {
  readonly actions: PlaybackActions;
  /** Makes the time line show more (above 1) or less. */
  readonly onZoom: (factor: number) => void;
  readonly onMark: (end: 'from' | 'to') => void;
  readonly onClearMarks: () => void;
  readonly onSnapshot: () => void;
  readonly onMotion: () => void;
  readonly onFull: () => void;
  readonly onSound: () => void;
  readonly onLive: () => void;
}

/** The keys of the screen. @returns what the time line does with keys, which a slider keeps for itself otherwise */
export function usePlaybackKeys(options: PlaybackKeysOptions): (event: KeyboardEvent) => void {
  const { actions, onZoom, onMark } = options;
  const handlers = {
    'playback.toggle': actions.toggle,
    'playback.reverse': actions.reverse,
    'playback.forward': actions.forward,
    'playback.step-back': () => actions.step('previous'),
    'playback.step-on': () => actions.step('next'),
    'playback.earlier': () => actions.jump(-5000),
    'playback.later': () => actions.jump(5000),
    'playback.minute-earlier': () => actions.jump(-60_000),
    'playback.minute-later': () => actions.jump(60_000),
    'playback.faster': () => actions.changeRate(1),
    'playback.slower': () => actions.changeRate(-1),
    'playback.zoom-in': () => onZoom(0.5),
    'playback.zoom-out': () => onZoom(2),
    'playback.first': () => actions.toEnd('first'),
    'playback.last': () => actions.toEnd('last'),
    'playback.mark-in': () => onMark('from'),
    'playback.mark-out': () => onMark('to'),
    'playback.clear-marks': options.onClearMarks,
    'playback.go-to': () => document.querySelector<HTMLInputElement>('.playback-goto-input')?.focus(),
    'playback.snapshot': options.onSnapshot,
    'playback.motion-search': options.onMotion,
    'playback.full': options.onFull,
    'playback.sound': options.onSound,
    'playback.live': options.onLive,
  } satisfies Readonly<Record<string, ActionHandler>>;
  useActions(handlers);

  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const prefix = event.shiftKey ? 'Shift+' : '';
    const act = {
      ArrowLeft: handlers['playback.earlier'],
      ArrowRight: handlers['playback.later'],
      'Shift+ArrowLeft': handlers['playback.minute-earlier'],
      'Shift+ArrowRight': handlers['playback.minute-later'],
      ArrowUp: handlers['playback.zoom-in'],
      ArrowDown: handlers['playback.zoom-out'],
      Home: handlers['playback.first'],
      End: handlers['playback.last'],
      ' ': actions.toggle,
      Enter: actions.toggle,
    }[prefix + event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
}
