// @ts-check
// Why a bar is missed where it is: what a profile said, what was tried, what it came to. Shown in docs/performance.md as long as
// the latest run misses the bar.

/** @type {Record<string, string>} */
export const reasons = {
  'ipc.p99_ms':
    'Since the model runs in a thread of its own a round trip has four changes of threads instead of two, on two cores. The median stays within its bar, and the path from frame to event became three times shorter (infer); 1.63 ms were measured before.',
  'events.page_p95_ms':
    'Four of 28 kinds of pages are beyond 5 ms: those of all or three cameras, deep, whose hundred rows lie far apart in a file of several gigabytes. One statement fetches them since; 7.98 ms before.',
  'record.cpu_ratio':
    'One camera carries the whole application: of 0.042 cores FFmpeg takes 0.015 (the plain one 0.012), the main process 0.012, the page 0.010 and the SFU, which receives every packet also while nobody watches, 0.004. The main process idles below 0.004; the rest is one collection of garbage half a minute after the start. The page drew two clocks each second: they now change their own text alone, only where they are seen, which is a third of the cost. By sixteen cameras the fixed part is shared (Against others).',
};
