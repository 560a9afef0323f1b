import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';
import { observeSize } from '../../../ui/observeSize';

/** Device pixels. */
export interface ElementSize {
  readonly width: number;
  readonly height: number;
}

/** Inner size of an element in device pixels; null before it was measured. */
export function useElementSize(element: RefObject<HTMLElement | null>): ElementSize | null {
  const [size, setSize] = useState<ElementSize | null>(null);
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) return;
    const measure = () => {
      const width = Math.round(measured.clientWidth * window.devicePixelRatio);
      const height = Math.round(measured.clientHeight * window.devicePixelRatio);
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    return observeSize(measured, measure);
  }, [element]);
  return size;
}
