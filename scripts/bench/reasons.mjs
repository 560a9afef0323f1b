// @ts-check
// Why a bar is missed where it is: what a profile said, what was tried, what it came to. Shown in docs/performance.md as long as
// the latest run misses the bar.

/** @type {Record<string, string>} */
export const reasons = {
  'record.cpu_ratio':
    'One camera carries the whole application: of 0.032 cores FFmpeg takes 0.012 (the plain one 0.007), the page 0.008, the main process 0.007, the SFU, which receives every packet also while nobody watches, 0.003 and the GPU process 0.002. The ratio says more of the plain one than of ours: in two runs before it was 0.031 to 0.006 (4.92 x) and 0.046 to 0.011 (4.01 x). It is measured 45 s after the start now, when what that left behind has been collected. FFmpeg part by part, variants side by side on one camera for a minute, in thousandths of a core: plain 6.7, ours 8.5; without the buffer that keeps a slow disk from live view 7.2, without progress 8.2, without the list it reads the address from 8.3, without headers before key frames 8.3: only the buffer costs, and it stays. The page drew two clocks each second: they now change their own text alone, only where they are seen, which is a third of the cost. By sixteen cameras the fixed part is shared (Against others).',
};
