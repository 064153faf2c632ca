import { hasTag, stateAfter } from '../core/chart.ts';
import { frozen } from '../core/frozen.ts';
import { keepIdentity } from '../core/identity.ts';
import type { Notice, NoticeClosed, NoticeData, NoticeId } from '../notice/notice.types.ts';
import { noticeChoices, noticeText } from '../notice/notice-text.ts';
import type { OpenWordsModule } from '../notice/open-words.ts';
import type { PromptEvent, PromptState } from '../notice/prompt.types.ts';
import { promptChart } from '../notice/prompt-chart.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { PersonalState } from '../transport/messages.types.ts';
import type { SessionContext } from './session-context.ts';

interface Raised {
  data: NoticeData;
  notice: Notice;
  state: PromptState;
  /** Made anew only when what they say may have changed. */
  words: Pick<Notice, 'text' | 'choices'>;
  /** Raised by this client alone; no authority has told of it yet. */
  isLocal: boolean;
}

interface NoticesOptions {
  readonly catalogue: (data: NoticeData) => TextCatalogue;
  /** The words of purposes of the open set, and of one side alone; `undefined` until they are loaded, and where none is asked for. */
  readonly open: (data: NoticeData) => OpenWordsModule['openWords'] | undefined;
  readonly document: { readonly version: string; readonly hash: string } | undefined;
  /** Told of each step of each notice; `undefined` is its raising. */
  readonly stepped: ((noticeId: NoticeId, event: PromptEvent | undefined) => void) | undefined;
  readonly raised: (notice: Notice) => void;
  readonly reminded: (notice: Notice) => void;
  readonly closed: (notice: Notice, because: NoticeClosed) => void;
}

/** The notices of one client: what the authority says must stand, in this client's own words. */
export class Notices {
  readonly #context: SessionContext;
  readonly #options: NoticesOptions;
  readonly #raised = new Map<NoticeId, Raised>();
  #all: readonly Notice[] = [];

  constructor(context: SessionContext, options: NoticesOptions) {
    this.#context = context;
    this.#options = options;
  }

  get all(): readonly Notice[] {
    return this.#all;
  }

  get prompt(): Notice | null {
    return this.#all.find((notice) => notice.kind === 'prompt') ?? null;
  }

  get(noticeId: NoticeId): Notice | undefined {
    return this.#raised.get(noticeId)?.notice;
  }

  /** Raises what is new, closes what is gone. */
  take(personal: PersonalState): void {
    const wanted = new Map(personal.notices.map((data) => [data.noticeId, data]));
    const recordings = this.#context.meeting()?.recordings ?? [];
    const known = new Set(recordings.map(({ recordingId }) => recordingId));
    const living = new Set(recordings.filter(({ ended }) => !ended).map(({ recordingId }) => recordingId));
    for (const [noticeId, { data, isLocal }] of [...this.#raised]) {
      const closed = personal.closed.find((each) => each.noticeId === noticeId);
      // An authority that has not heard of a capture yet does not hide its notice (G10).
      const isUnheard = isLocal && !known.has(data.recordingId);
      if (wanted.has(noticeId) || (!closed && isUnheard)) continue;
      const isOver = !isLocal && !living.has(data.recordingId);
      this.close(noticeId, closed?.because ?? (isOver ? 'capture-ended' : 'superseded'));
    }
    for (const data of wanted.values()) {
      const raised = this.#raised.get(data.noticeId);
      if (raised) this.#remind(raised, data);
      else if (living.has(data.recordingId) || !known.has(data.recordingId)) this.#raise(data);
    }
  }

  /** Raises a notice that no authority has told of; one that comes later takes it over without raising it again. */
  raiseLocal(data: NoticeData): void {
    if (!this.#raised.has(data.noticeId)) this.#raise(data, true);
  }

  /** No authority has told of this notice: it stands on this client's word. */
  isLocal(noticeId: NoticeId): boolean {
    return this.#raised.get(noticeId)?.isLocal ?? false;
  }

  /** Lets something happen to a notice. */
  tell(noticeId: NoticeId, event: PromptEvent): void {
    const raised = this.#raised.get(noticeId);
    if (!raised) return;
    this.#step(raised, event);
    this.#render(raised);
  }

  close(noticeId: NoticeId, because: NoticeClosed): void {
    const raised = this.#raised.get(noticeId);
    if (!raised) return;
    this.#raised.delete(noticeId);
    this.#step(raised, { type: 'notice.closed' });
    this.#list();
    this.#options.closed(raised.notice, because);
  }

  closeAll(because: NoticeClosed): void {
    for (const noticeId of [...this.#raised.keys()]) this.close(noticeId, because);
  }

  /** The words have changed (another language is loaded). */
  reword(): void {
    for (const raised of this.#raised.values()) {
      raised.words = this.#words(raised.data);
      this.#render(raised);
    }
  }

  #raise(data: NoticeData, isLocal = false): void {
    const state = promptChart.initial;
    const words = this.#words(data);
    const notice = frozen(this.#notice(data, words, state, this.#context.clock.now()));
    const raised: Raised = { data, state, isLocal, words, notice };
    this.#raised.set(data.noticeId, raised);
    this.#inspected(data, undefined);
    this.#list();
    this.#options.raised(raised.notice);
  }

  #step(raised: Raised, event: PromptEvent): void {
    raised.state = stateAfter<PromptState, PromptEvent['type']>(promptChart, raised.state, event.type);
    this.#inspected(raised.data, event);
  }

  /** What one is told and answers of attention tracking is nobody else's to see (G4). */
  #inspected({ noticeId, purposes }: NoticeData, event: PromptEvent | undefined): void {
    if (!purposes.includes('attention-tracking')) this.#options.stepped?.(noticeId, event);
  }

  #remind(raised: Raised, data: NoticeData): void {
    raised.isLocal = false;
    const isReminder = data.reminded > raised.data.reminded;
    if (!saysTheSame(data, raised.data)) raised.words = this.#words(data);
    raised.data = { ...data, ...(raised.data.answerInMs !== undefined && { answerInMs: raised.data.answerInMs }) };
    if (isReminder) this.#options.reminded(raised.notice);
  }

  #render(raised: Raised): void {
    const at = raised.notice.answerByAt;
    const raisedAt = at !== undefined && raised.data.answerInMs !== undefined ? at - raised.data.answerInMs : undefined;
    const next = this.#notice(raised.data, raised.words, raised.state, raisedAt ?? this.#context.clock.now());
    raised.notice = frozen(keepIdentity(raised.notice, next));
    this.#list();
  }

  #words(data: NoticeData): Raised['words'] {
    const catalogue = this.#options.catalogue(data);
    const { document, open } = this.#options;
    return { text: noticeText(data, catalogue, document, open(data)), choices: noticeChoices(data, catalogue) };
  }

  #notice(data: NoticeData, { text, choices }: Raised['words'], state: PromptState, raisedAt: number): Notice {
    return {
      noticeId: data.noticeId,
      purpose: data.purposes[0] as string,
      purposes: data.purposes,
      kind: data.kind,
      consent: data.consent,
      text,
      choices,
      phase: hasTag(promptChart, state, 'sending') ? 'sending' : 'open',
      shown: hasTag(promptChart, state, 'shown'),
      ...(data.answerInMs !== undefined && { answerInMs: data.answerInMs, answerByAt: raisedAt + data.answerInMs }),
      ...(data.storage && { storage: data.storage }),
      ...(data.reason && { reason: data.reason }),
      ...(data.providers && { providers: data.providers }),
      ...(data.side && { side: data.side }),
      requestedBy: data.requestedBy,
      recordingId: data.recordingId,
    };
  }

  #list(): void {
    this.#all = Object.freeze([...this.#raised.values()].map(({ notice }) => notice));
    this.#context.changed();
  }
}

/** Whether the same words tell of both: all but the times, which stand beside them. */
function saysTheSame(a: NoticeData, b: NoticeData): boolean {
  const [{ answerInMs: _, reminded: __, ...one }, { answerInMs: ___, reminded: ____, ...other }] = [a, b];
  return JSON.stringify(one) === JSON.stringify(other);
}
