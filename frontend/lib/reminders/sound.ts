"use client";

const NOTES = [660, 880];
const LENGTH = 0.35;

let context: AudioContext | null = null;

/** Two soft notes; false where the browser plays nothing, as before somebody has clicked on the page. */
export async function chime(): Promise<boolean> {
  if (typeof AudioContext === "undefined") return false;
  context ??= new AudioContext();
  if (context.state === "suspended") await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 500))]);
  if (context.state !== "running") return false;
  for (const [index, frequency] of NOTES.entries()) play(context, frequency, context.currentTime + index * 0.18);
  return true;
}

function play(audio: AudioContext, frequency: number, at: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.18, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + LENGTH);
}
