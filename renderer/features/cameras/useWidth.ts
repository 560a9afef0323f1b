import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';
import { observeSize } from '../../ui/observeSize';

/** Width of an element in CSS pixels, inside its scroll bars; null before it was measured. */
export function useWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) return;
    const measure = () => setWidth(measured.clientWidth);
    measure();
    return observeSize(measured, measure);
  }, [element]);
  return width;
}
