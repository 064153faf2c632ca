import type { Happened } from '../history.types.ts';
import type { SimulationResult } from '../simulation.types.ts';

const laneHeight = 44;
const left = 120;
const plotWidth = 760;
const top = 64;

const marks: Readonly<Record<string, { readonly shape: string; readonly label: string }>> = {
  noticeRaised: { shape: 'M-5,-5h10v10h-10z', label: 'notice raised' },
  given: { shape: 'M-6,0l4,5l8,-10', label: 'agreed or continued' },
  refused: { shape: 'M-5,-5l10,10M5,-5l-10,10', label: 'refused or withdrew' },
  expired: { shape: 'M0,-6l6,12h-12z', label: 'time ran out' },
};

/** A picture of a simulation: one lane a participant, captures as bars, notices and answers as marks. */
export function timeline(result: SimulationResult): string {
  const { scenario, history, untilMs, summary } = result;
  const lanes = scenario.participants.map(({ id }) => id);
  const x = (at: number): number => left + (at / Math.max(1, untilMs)) * plotWidth;
  const y = (lane: number): number => top + lane * laneHeight;
  const height = top + lanes.length * laneHeight + 84;
  const bars = summary.captures.flatMap(({ participantId, fromMs, toMs }) => {
    const lane = lanes.indexOf(participantId);
    if (lane < 0) return [];
    const width = Math.max(1, x(toMs) - x(fromMs)).toFixed(1);
    return [`<rect class="bar" x="${x(fromMs).toFixed(1)}" y="${y(lane) + 22}" width="${width}" height="12" rx="2"/>`];
  });
  const names = lanes.map(
    (id, lane) =>
      `<text x="8" y="${y(lane) + 26}">${escaped(id)}</text>` +
      `<line class="rule" x1="${left}" x2="${left + plotWidth}" y1="${y(lane) + 40}" y2="${y(lane) + 40}"/>`,
  );
  const signs = history.flatMap((event) => {
    const sign = signOf(event);
    if (!sign || event.kind !== 'hook') return [];
    const place = `translate(${x(event.at).toFixed(1)} ${y(lanes.indexOf(event.participant)) + 11})`;
    return [`<path class="mark" d="${marks[sign]?.shape}" transform="${place}"/>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + plotWidth + 24} ${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(scenario.about || scenario.meeting.id)}</title>`,
    `<desc id="d">${escaped(described(result))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="100%" height="100%"/>`,
    `<text class="about" x="8" y="28">${escaped(scenario.about || scenario.meeting.id)}</text>`,
    ...axis(untilMs, x, top - 8, y(lanes.length)),
    ...names,
    ...bars,
    ...signs,
    ...legend(height - 22),
    '</svg>',
    '',
  ].join('\n');
}

const style = [
  ':root{color-scheme:light dark}text{font:13px system-ui,sans-serif;fill:#1c1c1e}.about{font-weight:600;font-size:15px}',
  '.paper{fill:#fff}.rule{stroke:#d8d8dc}.bar{fill:#c62828}.mark{fill:none;stroke:#1c1c1e;stroke-width:2}.axis{font-size:11px}',
  '@media(prefers-color-scheme:dark){text{fill:#f2f2f7}.paper{fill:#1c1c1e}.rule{stroke:#48484a}.bar{fill:#ff6b60}.mark{stroke:#f2f2f7}}',
].join('');

function signOf(event: Happened): string | undefined {
  if (event.kind !== 'hook') return undefined;
  const { hook } = event;
  if (hook.hook === 'noticeRaised') return 'noticeRaised';
  if (hook.hook !== 'consentChanged' || hook.payload.participantId !== event.participant) return undefined;
  switch (hook.payload.consent) {
    case 'given':
    case 'acknowledged':
      return 'given';
    case 'refused':
    case 'withdrawn':
      return 'refused';
    case 'expired':
      return 'expired';
    default:
      return undefined;
  }
}

function axis(untilMs: number, x: (at: number) => number, from: number, to: number): string[] {
  const stepMs =
    [1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 300_000].find((step) => untilMs / step <= 12) ?? 600_000;
  const ticks = Array.from({ length: Math.floor(untilMs / stepMs) + 1 }, (_, place) => place * stepMs);
  return ticks.map((at) => {
    const line = `<line class="rule" x1="${x(at).toFixed(1)}" x2="${x(at).toFixed(1)}" y1="${from}" y2="${to}"/>`;
    return `${line}<text class="axis" x="${x(at).toFixed(1)}" y="${to + 16}" text-anchor="middle">${at / 1000} s</text>`;
  });
}

function legend(y: number): string[] {
  const entries = Object.values(marks).map(
    ({ shape, label }, place) =>
      `<path class="mark" d="${shape}" transform="translate(${left + 110 + place * 160} ${y - 4})"/>` +
      `<text class="axis" x="${left + 124 + place * 160}" y="${y}">${label}</text>`,
  );
  const bar = `<rect class="bar" x="${left}" y="${y - 10}" width="28" height="12" rx="2"/>`;
  return [`${bar}<text class="axis" x="${left + 34}" y="${y}">captured</text>`, ...entries];
}

function described({ summary, scenario }: SimulationResult): string {
  const spans = summary.captures.map(
    ({ participantId, fromMs, toMs }) => `${participantId} is captured from ${fromMs / 1000} s to ${toMs / 1000} s`,
  );
  return `${scenario.participants.length} participants. ${spans.join('; ') || 'Nobody is captured'}.`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? '');
