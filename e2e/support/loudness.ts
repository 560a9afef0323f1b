import type { Locator } from '@playwright/test';

/** Loudness of what an audio element plays, 0 to 1, measured as a sound card would get it; 0 while it is paused. */
export const loudnessOf = (element: Locator): Promise<number> =>
  element.evaluate(async (audio: HTMLAudioElement) => {
    if (!(audio.srcObject instanceof MediaStream) || audio.paused) return 0;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(audio.srcObject).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let peak = 0;
    for (let look = 0; look < 10; look++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
    }
    await context.close();
    return peak;
  });
