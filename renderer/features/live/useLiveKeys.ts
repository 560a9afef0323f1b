import { useEffect } from 'react';
import type { LayoutId } from './layout';

export interface LiveKeyTarget {
  readonly onLayout: (layout: LayoutId) => void;
  readonly onEscape: () => void;
}

const LAYOUT_KEYS: Readonly<Record<string, LayoutId>> = { '1': '1', '4': '2x2' };

/** Keys that belong to whoever has the focus: text fields, menus, dialogs. */
const OWN_KEYS = 'input, textarea, [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** 1 and 4 choose the layout, Escape leaves the full window. */
export function useLiveKeys({ onLayout, onEscape }: LiveKeyTarget): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(OWN_KEYS) !== null) return;
      const layout = LAYOUT_KEYS[event.key];
      if (layout !== undefined) onLayout(layout);
      else if (event.key === 'Escape') onEscape();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onLayout, onEscape]);
}
