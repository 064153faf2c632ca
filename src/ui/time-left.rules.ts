/** The time left to answer, in words that change seldom: nothing here ticks. */
export interface TimeLeft {
  readonly key: 'ui.time.over' | 'ui.time.last' | 'ui.time.soon' | 'ui.time.minute' | 'ui.time.minutes';
  readonly minutes: number;
  /** When other words are due; `undefined` if never. */
  readonly changesInMs: number | undefined;
}

/** From here on the end is near, and is announced. */
export const lastMs = 10_000;
const soonMs = 45_000;
const minuteMs = 90_000;

/** What to say of the time left to answer. */
export function timeLeft(leftMs: number): TimeLeft {
  if (leftMs <= 0) return { key: 'ui.time.over', minutes: 0, changesInMs: undefined };
  if (leftMs <= lastMs) return { key: 'ui.time.last', minutes: 0, changesInMs: leftMs };
  if (leftMs <= soonMs) return { key: 'ui.time.soon', minutes: 1, changesInMs: leftMs - lastMs };
  if (leftMs <= minuteMs) return { key: 'ui.time.minute', minutes: 1, changesInMs: leftMs - soonMs };
  const minutes = Math.round(leftMs / 60_000);
  const changesAtMs = Math.max(minuteMs, (minutes - 0.5) * 60_000 - 1);
  return { key: 'ui.time.minutes', minutes, changesInMs: Math.max(1, leftMs - changesAtMs) };
}
