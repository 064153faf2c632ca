import type { ConsentAsked } from '../consent/consent.types.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { CommandOutcome, RosterView, Session, SessionSnapshot } from '../session/session.types.ts';
import { clockShape } from './clock-shape.ts';
import { consentAsked, consentKey } from './consent-words.rules.ts';
import { make, makeButton, makeShape, setText } from './markup.ts';
import { NoticeElement } from './notice-element.ts';
import { canBeReminded, rosterSummary } from './roster.rules.ts';
import { rosterStyles } from './roster-styles.ts';

interface Row {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly clock: HTMLElement;
  readonly about: HTMLElement;
  readonly consent: HTMLElement;
  readonly remind: HTMLButtonElement;
  readonly admit: HTMLButtonElement;
}

/** Rows shown at first, and more at each press. */
const pageSize = 50;

/**
 * `<meeting-notice-roster>`: for hosts, who has answered what: counts, a row a person with the consent in words, and
 * the buttons to remind, to let in who waits in the lobby, and to start without waiting (which asks for the reason that
 * goes on record). While attention is tracked, a clock beside the name of whose active window the meeting is not (R6),
 * and in words whose client cannot tell. Hidden for everyone else.
 *
 * Parts: `roster`, `counts`, `rows`, `row`, `clock`, `remind`, `admit`, `start`, `outcome`.
 */
export class MeetingNoticeRoster extends NoticeElement {
  readonly #counts = make('p', { part: 'counts', class: 'counts' });
  readonly #list = make('ul', { part: 'rows' });
  readonly #more = makeButton({ part: 'more' }, () => this.#showMore());
  readonly #remindAll = makeButton({ part: 'remind' }, () => void this.#run('remind', (s) => s.remind()));
  readonly #start = makeButton({ part: 'start', 'aria-expanded': 'false', 'aria-controls': 'start' }, () =>
    this.#expand(this.#form.hidden !== false),
  );
  readonly #reason = make('input', {
    type: 'text',
    id: 'reason',
    required: true,
    maxlength: '200',
    autocomplete: 'off',
  });
  readonly #reasonLabel = make('label', { for: 'reason' });
  readonly #confirm = make('button', { type: 'submit', part: 'button start' });
  readonly #cancel = makeButton({}, () => this.#expand(false));
  readonly #form = make('form', { id: 'start', hidden: true }, [
    this.#reasonLabel,
    this.#reason,
    make('div', { class: 'buttons' }, [this.#confirm, this.#cancel]),
  ]);
  readonly #outcome = make('p', { part: 'outcome', class: 'outcome', role: 'status' });
  readonly #roster = make('section', { part: 'roster', hidden: true }, [
    this.#counts,
    this.#list,
    this.#more,
    make('div', { class: 'buttons' }, [this.#remindAll, this.#start]),
    this.#form,
    this.#outcome,
  ]);
  readonly #rows = new Map<ParticipantId, Row>();
  #limit = pageSize;
  #made = 0;

  constructor() {
    super(rosterStyles);
    this.shadow.append(this.#roster);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#startWithoutWaiting();
    });
  }

  /** Rows are no part of the snapshot: one that changes (a name, a channel, a clock) is told by its hook. */
  protected override follow(session: Session): () => void {
    const update = () => this.update();
    const ends = [
      super.follow(session),
      session.on('rosterChanged', update),
      session.on('attentionIndicatorChanged', update),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  protected override render(snapshot: SessionSnapshot, session: Session): void {
    const isHost = snapshot.self.role !== 'participant' && snapshot.counts !== null;
    this.#roster.hidden = !isHost;
    if (!isHost || snapshot.counts === null) return;
    const isAsking = snapshot.indicators.recording === 'asking';
    const asked = consentAsked(snapshot.policy, 'recording');
    const summary = rosterSummary(snapshot.counts, asked);
    const lives = snapshot.recordings.some(({ status }) => status !== 'off');
    setText(
      this.#counts,
      this.say(lives ? 'ui.roster.counts' : 'ui.roster.present', { present: snapshot.counts.present, ...summary }),
    );
    this.#showRows(session, lives, asked);
    this.#remindAll.hidden = summary.unanswered === 0;
    setText(this.#remindAll, this.say('ui.roster.remind-all', { count: summary.unanswered }));
    this.#start.hidden = !isAsking;
    if (!isAsking) this.#expand(false);
    setText(this.#start, this.say('ui.roster.start'));
    setText(this.#reasonLabel, this.say('ui.roster.start.reason'));
    setText(this.#confirm, this.say('ui.roster.start.confirm'));
    setText(this.#cancel, this.say('ui.roster.start.cancel'));
  }

  #showRows(session: Session, lives: boolean, asked: ConsentAsked | undefined): void {
    const { rows, next } = session.roster({ limit: this.#limit });
    const ids = new Set(rows.map(({ participantId }) => participantId));
    for (const [id, row] of this.#rows) {
      if (ids.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    for (const [index, facts] of rows.entries()) {
      const row = this.#rows.get(facts.participantId) ?? this.#addRow(facts);
      const there = this.#list.children[index] ?? null;
      if (there !== row.element) this.#list.insertBefore(row.element, there);
      this.#showRow(facts, row);
      this.#showConsent(facts, row, lives, asked);
    }
    this.#more.hidden = next === undefined;
    setText(this.#more, this.say('ui.roster.more'));
  }

  #showRow(facts: RosterView, row: Row): void {
    const { participantId, name = participantId, role, channel, present, admission, attention } = facts;
    const about = [
      role === 'participant' ? '' : this.say(`ui.role.${role}`),
      channel === 'app' ? '' : this.say(`ui.channel.${channel}`),
      present ? '' : this.say('ui.roster.absent'),
      admission === 'waiting' ? this.say('ui.roster.waiting') : '',
      attention === 'unavailable' ? this.say('ui.roster.unavailable') : '',
    ];
    setText(row.name, name);
    row.clock.hidden = attention !== 'inattentive';
    row.clock.title = this.say('ui.roster.inattentive', { name });
    row.clock.setAttribute('aria-label', row.clock.title);
    setText(row.about, about.filter(Boolean).join(' · '));
    row.admit.hidden = admission !== 'waiting';
    setText(row.admit, this.say('ui.roster.admit'));
  }

  #showConsent(facts: RosterView, row: Row, lives: boolean, asked: ConsentAsked | undefined): void {
    const consent = lives ? facts.consents.recording : undefined;
    const words = [
      consent ? this.say(consentKey(consent, asked)) : '',
      facts.captured ? this.say('ui.roster.captured') : '',
    ];
    row.element.dataset.consent = consent ?? '';
    setText(row.consent, words.filter(Boolean).join(' · '));
    row.remind.hidden = !lives || !canBeReminded(facts, asked);
    setText(row.remind, this.say('ui.roster.remind'));
  }

  #addRow({ participantId }: RosterView): Row {
    const name = make('strong', { id: `name-${this.#made++}` });
    const clock = make('span', { part: 'clock', class: 'clock', role: 'img', hidden: true }, [makeShape(clockShape)]);
    const about = make('span', { class: 'muted' });
    const consent = make('span', { class: 'consent' });
    const by = { 'aria-describedby': name.id };
    const remind = makeButton({ part: 'remind', ...by }, () => {
      void this.#run('remind', (session) => session.remind([participantId]));
    });
    const admit = makeButton({ part: 'admit', ...by }, () => {
      void this.#run('admit', (session) => session.admit([participantId]));
    });
    const element = make('li', { part: 'row' }, [
      make('p', {}, [name, document.createTextNode(' '), clock, about, make('br'), consent]),
      make('div', { class: 'buttons' }, [remind, admit]),
    ]);
    const row = { element, name, clock, about, consent, remind, admit };
    this.#rows.set(participantId, row);
    return row;
  }

  #showMore(): void {
    this.#limit += pageSize;
    this.update();
  }

  #expand(open: boolean): void {
    if ((this.#form.hidden === false) === open) return;
    const hadFocus = this.#form.contains(this.shadow.activeElement);
    this.#form.hidden = !open;
    this.#start.setAttribute('aria-expanded', String(open));
    if (open) this.#reason.focus();
    else if (hadFocus) this.#start.focus();
  }

  async #startWithoutWaiting(): Promise<void> {
    const reason = this.#reason.value.trim();
    if (!reason) {
      this.#reason.focus();
      return;
    }
    if (await this.#run('start', (session) => session.startWithoutWaiting({ reason }))) this.#reason.value = '';
  }

  async #run(act: string, command: (session: Session) => Promise<CommandOutcome>): Promise<boolean> {
    const { session } = this;
    if (!session) return false;
    const outcome = await command(session);
    const code = outcome.outcome === 'done' ? '' : outcome.code;
    setText(this.#outcome, this.say(code ? 'ui.command.failed' : `ui.roster.${act}.done`, { code }));
    return !code;
  }
}
