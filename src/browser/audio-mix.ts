import type { Clock } from '../core/clock.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import { firstEvent, inTime } from './in-time.ts';
import type { PersonTracks } from './participant-tracks.ts';

interface Input {
  readonly source: MediaStreamAudioSourceNode;
  /** Chromium gives WebAudio no samples of a remote WebRTC track that no element plays. */
  readonly player: HTMLAudioElement;
}

interface Gate {
  readonly node: GainNode;
  readonly inputs: Map<MediaStreamTrack, Input>;
}

/** Long enough to have gone through every buffer that is being filled. */
const settledAfterS = 0.03;
const settledWithinMs = 2000;

/**
 * One sound of those let in: a gate for each, which is disconnected and thrown away when it closes. No source of
 * somebody who is out is kept, as its buffer would hold what was said meanwhile.
 */
export class AudioMix {
  readonly #context: AudioContext;
  readonly #page: Document;
  readonly #clock: Clock;
  readonly #out: MediaStreamAudioDestinationNode;
  readonly #floor: ConstantSourceNode;
  readonly #gates = new Map<ParticipantId, Gate>();

  constructor(context: AudioContext, page: Document, clock: Clock) {
    this.#context = context;
    this.#page = page;
    this.#clock = clock;
    this.#out = context.createMediaStreamDestination();
    // Silence, without which a recorder gets no samples and does not begin while nobody is included.
    this.#floor = new ConstantSourceNode(context, { offset: 0 });
    this.#floor.connect(this.#out);
    this.#floor.start();
  }

  get track(): MediaStreamTrack | undefined {
    return this.#out.stream.getAudioTracks()[0];
  }

  /** A place for silent nodes that must run with the mix. */
  get silence(): AudioNode {
    return this.#out;
  }

  /** From now on these are heard, and nobody else. */
  hear(people: readonly PersonTracks[]): void {
    for (const id of [...this.#gates.keys()]) {
      if (!people.some(({ participantId }) => participantId === id)) this.#shut(id);
    }
    for (const person of people) this.#open(person);
  }

  /** Resolves when the sound has been rendered past what was last changed; at once where none is rendered. */
  async settled(): Promise<void> {
    if (this.#context.state !== 'running') return;
    const probe = new ConstantSourceNode(this.#context, { offset: 0 });
    const late = (): Error => new Error('the sound was not rendered in time');
    try {
      const passed = firstEvent(probe, 'ended');
      probe.connect(this.#out);
      probe.start();
      probe.stop(this.#context.currentTime + settledAfterS);
      await inTime(passed, { clock: this.#clock, withinMs: settledWithinMs, late });
    } finally {
      probe.disconnect();
    }
  }

  close(): void {
    this.hear([]);
    this.#floor.disconnect();
    this.track?.stop();
  }

  #open({ participantId, audio }: PersonTracks): void {
    let gate = this.#gates.get(participantId);
    if (!gate) {
      gate = { node: this.#context.createGain(), inputs: new Map() };
      gate.node.connect(this.#out);
      this.#gates.set(participantId, gate);
    }
    for (const track of [...gate.inputs.keys()]) if (!audio.includes(track)) unplug(gate, track);
    for (const track of audio) if (!gate.inputs.has(track)) gate.inputs.set(track, this.#plug(track, gate.node));
  }

  #shut(participantId: ParticipantId): void {
    const gate = this.#gates.get(participantId);
    if (!gate) return;
    gate.node.disconnect();
    for (const track of [...gate.inputs.keys()]) unplug(gate, track);
    this.#gates.delete(participantId);
  }

  #plug(track: MediaStreamTrack, gate: AudioNode): Input {
    const stream = new MediaStream([track]);
    const player = this.#page.createElement('audio');
    player.muted = true;
    player.srcObject = stream;
    player.play().catch(() => undefined);
    const source = this.#context.createMediaStreamSource(stream);
    source.connect(gate);
    return { source, player };
  }
}

function unplug(gate: Gate, track: MediaStreamTrack): void {
  const input = gate.inputs.get(track);
  if (!input) return;
  gate.inputs.delete(track);
  input.source.disconnect();
  input.player.srcObject = null;
}
