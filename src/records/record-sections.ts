import { escaped } from '../core/xml.ts';
import type { Purpose } from '../participants/participants.types.ts';
import type { MeetingHistory, RecordingHistory } from './history.types.ts';
import { purposeAlone } from './kept.rules.ts';
import type { Telling } from './record-lines.ts';

/** The section of the page for a recording, or for a purpose that lives without one, and its headings as HTML. */
export interface Section {
  readonly recording: RecordingHistory;
  readonly place: number;
  readonly alone: Purpose | undefined;
  readonly heading: string;
  readonly more: string;
  readonly person: (name: string) => string;
}

/** Recordings are numbered; a purpose that lives without one has its own name, and a number from its second time on. */
export function sectionsOf({ recordings }: MeetingHistory, telling: Telling): readonly Section[] {
  const say: Telling['say'] = (key, params) => escaped(telling.say(key, params));
  const times = new Map<Purpose | undefined, number>();
  return recordings.map((recording, index) => {
    const alone = purposeAlone(recording);
    const number = (times.get(alone) ?? 0) + 1;
    times.set(alone, number);
    const of = { recording, place: index + 1, alone };
    if (alone === undefined) {
      const heading = say('heading.recording', { number });
      return {
        ...of,
        heading,
        more: say('heading.more', { number }),
        person: (name) => say('heading.person', { name, number }),
      };
    }
    const name = telling.purposes([alone]);
    const purpose = number === 1 ? name : `${name} ${number}`;
    return {
      ...of,
      heading: escaped(purpose),
      more: say('heading.more.purpose', { purpose }),
      person: (who) => say('heading.person.purpose', { name: who, purpose }),
    };
  });
}
