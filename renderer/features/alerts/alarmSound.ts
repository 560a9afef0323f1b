/** Frequencies of one call, hertz: falling, as alarms that are not fire alarms do. */
const NOTES = [880, 660, 880, 660] as const;
const NOTE_S = 0.16;
const GAP_S = 0.06;
/** Of full scale: heard across a room, not painful at a desk. */
const VOLUME = 0.22;

/** A sound made of oscillators; there is no file to miss. */
export class AlarmSound {
  #context: AudioContext | null = null;

  /** Plays one call, under a second long. */
  play(): void {
    this.#context ??= new AudioContext();
    const context = this.#context;
    // Chromium suspends a context that was made before anybody touched the window.
    void context.resume();
    NOTES.forEach((frequency, at) => {
      const start = context.currentTime + at * (NOTE_S + GAP_S);
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.type = 'triangle';
      tone.frequency.value = frequency;
      // Without a ramp each note begins and ends with a click.
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(VOLUME, start + 0.02);
      gain.gain.setValueAtTime(VOLUME, start + NOTE_S - 0.03);
      gain.gain.linearRampToValueAtTime(0, start + NOTE_S);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + NOTE_S);
    });
  }

  /** Gives the sound device back. */
  dispose(): void {
    void this.#context?.close();
    this.#context = null;
  }
}
