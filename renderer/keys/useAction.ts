import type { RefObject } from 'react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isAllowed, useSession } from '../data/SessionProvider';
import type { ActionId } from './actions';
import { ACTION_IDS, ACTIONS } from './actions';
import type { ActionHandler } from './Dispatcher';
import { Dispatcher } from './Dispatcher';
import { keyStore } from './KeyStore';
import { modalIsOpen } from './ownership';
import type { Chord } from './chord';

/** Of this window. */
const dispatcher = new Dispatcher((id) => keyStore.keys(id));

export interface ActionOptions {
  /** Default true. */
  readonly enabled?: boolean;
  /** Only while the focus is inside this element. Left out: wherever the focus is. */
  readonly within?: RefObject<Element | null>;
}

export type ActionHandlers = Readonly<Partial<Record<ActionId, ActionHandler>>>;

/** Does `handler` when a key of the action is pressed, while the component is mounted. */
export function useAction(id: ActionId, handler: ActionHandler, options: ActionOptions = {}): void {
  useActions({ [id]: handler }, options);
}

/**
 * Several actions with the same options. Which ones there are must not change between renders. What the user has no
 * right to has no key.
 */
export function useActions(handlers: ActionHandlers, { enabled = true, within }: ActionOptions = {}): void {
  const session = useSession();
  const current = useRef({ handlers, enabled, within, session });
  useEffect(() => {
    current.current = { handlers, enabled, within, session };
  });
  const ids = ACTION_IDS.filter((id) => handlers[id] !== undefined).join(' ');
  useEffect(() => {
    const registered = ids.split(' ').map((id) =>
      dispatcher.register({
        id: id as ActionId,
        handler: () => current.current.handlers[id as ActionId]?.(),
        enabled: () =>
          current.current.enabled && isAllowed(current.current.session, ACTIONS[id as ActionId].needs),
        within: () => (current.current.within === undefined ? undefined : current.current.within.current),
      }),
    );
    return () => registered.forEach((remove) => remove());
  }, [ids]);
}

/** Listens to the window's keys; once a window. */
export function useKeyDispatcher(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // Somebody nearer to the focus has acted, or a sign is being composed.
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      const { key, code, ctrlKey, altKey, shiftKey, metaKey, repeat } = event;
      const altGraph = event.getModifierState('AltGraph');
      const stroke = { key, code, ctrlKey, altKey, shiftKey, metaKey, altGraph, repeat, target };
      if (dispatcher.dispatch(stroke, modalIsOpen(document))) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** The keys of an action, as they are now. */
export function useKeys(id: ActionId): readonly Chord[] {
  useSyncExternalStore(keyStore.subscribe, keyStore.overrides);
  return keyStore.keys(id);
}
