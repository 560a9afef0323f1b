import type { ChordParts } from './chord';

/** The part of an element that decides which keys are its own. */
export type KeyTarget = Pick<Element, 'closest' | 'matches'>;

const TEXT = [
  'input:not([type=checkbox], [type=radio], [type=button], [type=range])',
  'textarea, select, [contenteditable=""], [contenteditable=true]',
  '[role=textbox], [role=searchbox], [role=combobox], [role=spinbutton]',
].join();
/** Lists in which letters search and arrows move. */
const LIST = '[role=menu], [role=listbox], [role=grid], [role=treegrid], [role=tree]';
const MOVING = '[role=radiogroup], [role=tablist], [role=slider], [role=toolbar], [type=radio], [type=range]';
/** Plays, seeks and is made louder by keys, and has buttons inside that nobody else sees. */
const PLAYER = 'video[controls], audio[controls]';
const PRESSED =
  'button, a[href], summary, [role=button], [role=link], [role=switch], [role=checkbox], [type=checkbox]';
/** Lays itself over the rest of the window and takes its keys. */
const OVER = '[aria-modal=true], .dialog-scrim, [role=dialog], [role=alertdialog]';

const MOVES = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);
const PRESSES = new Set(['Enter', 'Space']);
const EDITS = new Set([
  ...MOVES,
  ...PRESSES,
  'Backspace',
  'Delete',
  'Insert',
  'Escape',
  'Tab',
  'ContextMenu',
]);
const EDITED_WITH_CTRL = /^[ACVXZYBIU]$/;

/**
 * Whether a key stroke belongs to the control that has the focus, or to a dialog, rather than to an action.
 * @param isModalOpen a dialog lies over the window, wherever the focus is
 */
export function keepsKey(target: KeyTarget | null, chord: ChordParts, isModalOpen: boolean): boolean {
  if (isModalOpen || target?.closest(OVER) != null) return true;
  if (target === null) return false;
  const { ctrl, alt, meta, key } = chord;
  const plain = !ctrl && !alt && !meta;
  const writes = plain && (key === 'Space' || key === 'Plus' || [...key].length === 1);
  if (target.matches(TEXT)) return writes || EDITS.has(key) || (ctrl && !alt && EDITED_WITH_CTRL.test(key));
  if (target.closest(LIST) !== null)
    return writes || MOVES.has(key) || PRESSES.has(key) || (plain && key === 'Escape');
  if (target.closest(MOVING) !== null && (MOVES.has(key) || PRESSES.has(key))) return true;
  if (target.matches(PLAYER)) return plain && (MOVES.has(key) || PRESSES.has(key));
  return plain && PRESSES.has(key) && target.matches(PRESSED);
}

/** Whether a modal dialog is open. */
export function modalIsOpen(document: Pick<Document, 'querySelector'>): boolean {
  return document.querySelector('[aria-modal=true], .dialog-scrim') !== null;
}
