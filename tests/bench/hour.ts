import { simulate } from '../../src/simulator/simulation.ts';
import { type Figure, type Scale, whyMissed, withCommas } from './figure.ts';

const scales = { full: { people: 1000, until: '1h' }, quick: { people: 10, until: '2m' } } as const;
const mostSeconds = 5;

/** How long it takes to simulate a large meeting with a session for each, and every beacon and sign of life. */
export async function measureHour(scale: Scale): Promise<Figure[]> {
  const { people, until } = scales[scale];
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const { summary, broken } = await simulate({
    meeting: { policy: 'gdpr' },
    participants: [
      { id: 'host', role: 'host' },
      ...Array.from({ length: people - 1 }, (_, place) => ({ id: `participant-${place}` })),
    ],
    steps: [{ at: '1m', who: 'host', does: 'requestsRecording', storage: 'cloud' }],
    until,
  }).run();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  const [first] = broken;
  if (first) throw new Error(`the simulated meeting broke ${first.id}: ${first.message}`);
  return [
    {
      figure: `a recorded meeting of ${withCommas(people)} for ${until}, simulated`,
      measured: `${seconds.toFixed(1)} s`,
      target: `< ${mostSeconds} s`,
      isMet: seconds < mostSeconds,
      decision: whyMissed,
      how: `a session each, ${withCommas(summary.messages)} messages, guarantees checked; ${((user + system) / 1e6).toFixed(1)} s of processor time`,
    },
  ];
}
