import { useEffect, useRef } from 'react';
import { nowSeconds, onSecond } from '../data/useNow';
import './tickingText.css';

export interface TickingTextProps {
  /** Of the time, milliseconds since the epoch. */
  readonly text: (ms: number) => string;
  readonly className: string;
  /** Gives it the size of its digits, so that nothing around it is laid out anew when they change. */
  readonly isSized?: boolean;
}

/**
 * A text of the time that changes by itself each second and costs as little as can be: it is the only thing that
 * moves in a window where nothing happens, for hours. React is left out of it, and a text that nobody sees waits.
 */
export function TickingText({ text, className, isSized = false }: TickingTextProps) {
  const span = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = span.current;
    if (!element) return;
    const node = document.createTextNode('');
    element.replaceChildren(node);
    const draw = () => {
      const now = text(nowSeconds() * 1000);
      if (node.data === now) return;
      if (isSized && node.data.length !== now.length) element.style.inlineSize = `${String(now.length)}ch`;
      node.data = now;
    };
    draw();
    return onSecond(() => {
      if (element.checkVisibility()) draw();
    });
  }, [text, isSized]);
  return <span ref={span} className={isSized ? `ticking-text ${className}` : className} />;
}
