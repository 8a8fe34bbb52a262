/** A soft sound of two tones; silent where the browser forbids it. */

/** @type {AudioContext | null} */
let audio = null;

export function playTone() {
  try {
    audio ??= new AudioContext();
    const start = audio.currentTime;
    for (const [index, pitch] of [659, 880].entries()) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const at = start + index * 0.12;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(0.06, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.4);
    }
  } catch {
    // No sound here.
  }
}
