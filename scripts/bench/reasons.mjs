// @ts-check
// Why a bar is missed where it is: what a profile said, what was tried, what it came to. Shown in docs/performance.md as long as
// the latest run misses the bar.

/** @type {Record<string, string>} */
export const reasons = {
  'memory.kb_per_reconnect':
    'Over 208 reconnects in two minutes the JavaScript of the main process grew by 0.5 MiB, 2.5 KiB for each, and the process by 9 MiB. In soaks it goes up by 2 MiB in ten seconds and down again by 20, as the heaps of its worker threads are collected, so two minutes measure where in that swing they lie. The suite collects the garbage of every thread since, but has not run to its end after that: the test cameras do not answer sixteen viewers at once.',
  'memory.descriptors':
    '207 in the first rounds, 209 from the 64th reconnect to the 208th: not one for each reconnect. Which two they are is not known.',
  'record.cpu_ratio':
    'One camera carries the whole application: of 0.042 cores FFmpeg takes 0.015 (the plain one 0.012), the main process 0.012, the page 0.010 and the SFU, which receives every packet also while nobody watches, 0.004. The main process idles below 0.004; the rest is one collection of garbage half a minute after the start. The page drew two clocks each second: they now change their own text alone, only where they are seen, which is a third of the cost. By sixteen cameras the fixed part is shared (Against others).',
};
