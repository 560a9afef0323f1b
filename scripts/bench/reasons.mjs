// @ts-check
// Why a bar is missed where it is: what a profile said, what was tried, what it came to. Shown in docs/performance.md as long as
// the latest run misses the bar.

/** @type {Record<string, string>} */
export const reasons = {
  'memory.kb_per_reconnect':
    'Over 976 reconnects in ten minutes native memory grew by 39 KiB with each, evenly, and JavaScript by less than 2; the database has 1.4 MiB. It is the segment that each reconnect closes, not the reconnect: with recording switched off native memory does not grow at all. Left out one after the other, without effect on it: its hash, its preview, its row, what listens to it. At rest, without a debugger, about as much comes with each segment of four cameras and is given back every half hour (reliability.md); what holds it until then was not found.',
  'record.cpu_ratio':
    'One camera carries the whole application: of 0.046 cores FFmpeg takes 0.017 (the plain one 0.011), the main process 0.013, the page 0.010 and the SFU, which receives every packet also while nobody watches, 0.004. The main process idles below 0.004; the rest is one collection of garbage half a minute after the start. The page drew two clocks each second: they now change their own text alone, only where they are seen, which is a third of the cost. By sixteen cameras the fixed part is shared (Against others).',
};
