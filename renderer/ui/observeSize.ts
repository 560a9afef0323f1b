/**
 * Calls back when the element's size changed, in the next frame: a change of layout inside the observer's own call
 * would be reported as a loop.
 * @returns stops observing
 */
export function observeSize(element: Element, onChange: () => void): () => void {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(onChange);
  });
  observer.observe(element);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}
