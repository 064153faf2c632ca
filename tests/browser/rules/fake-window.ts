/** A document as far as focus goes; a test says what it is, and then what a browser would have told. */
export class FakeDocument extends EventTarget {
  focused = true;
  visibilityState: DocumentVisibilityState = 'visible';
  readonly body = { localName: 'body' };
  activeElement: object | null = this.body;
  pictureInPictureElement: object | null = null;

  hasFocus(): boolean {
    return this.focused;
  }
}

export class FakeWindow extends EventTarget {
  readonly document = new FakeDocument();
  readonly documentPictureInPicture = new FakePictureInPicture();
  closed = false;
  top: unknown = this;
  /** The media queries that hold. */
  queries: readonly string[] = ['(pointer: fine)', '(hover: hover)'];

  matchMedia(query: string): { readonly matches: boolean } {
    return { matches: this.queries.includes(query) };
  }

  tells(...types: readonly string[]): void {
    for (const type of types) this.dispatchEvent(new Event(type));
  }

  documentTells(...types: readonly string[]): void {
    for (const type of types) this.document.dispatchEvent(new Event(type));
  }

  /** Another window is in front; this one may still be in view. */
  loses(): void {
    this.document.focused = false;
    this.tells('blur');
  }

  gains(): void {
    this.document.focused = true;
    this.tells('focus');
  }

  /** Another tab is in front, or it is minimised. */
  hides(): void {
    this.loses();
    this.document.visibilityState = 'hidden';
    this.documentTells('visibilitychange');
  }

  shows(): void {
    this.document.visibilityState = 'visible';
    this.documentTells('visibilitychange');
    this.gains();
  }

  /** In browsers it is shown on top of all others, and has the focus when a person has asked for it. */
  opensPictureInPicture(): FakeWindow {
    const opened = new FakeWindow();
    this.documentPictureInPicture.window = opened;
    this.loses();
    this.documentPictureInPicture.dispatchEvent(new Event('enter'));
    return opened;
  }

  closesPictureInPicture(): void {
    const { window } = this.documentPictureInPicture;
    if (!window) throw new Error('none is open');
    window.document.focused = false;
    window.tells('pagehide');
    window.closed = true;
    this.documentPictureInPicture.window = null;
  }

  asWindow(): Window & typeof globalThis {
    return this as unknown as Window & typeof globalThis;
  }
}

class FakePictureInPicture extends EventTarget {
  window: FakeWindow | null = null;
}

/** A page of which everything that is read is noted, by its path. */
export function watched(page: FakeWindow, read: Set<string>): Window & typeof globalThis {
  const known = new WeakMap<object, object>();
  const watch = <T extends object>(object: T, path: string): T => {
    const noted = new Proxy(object, {
      get(target, name) {
        const at = `${path}${String(name)}`;
        read.add(at);
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'function') return value.bind(target);
        if (typeof value !== 'object' || value === null) return value;
        return known.get(value) ?? watch(value, `${at}.`);
      },
    });
    known.set(object, noted);
    return noted;
  };
  return watch(page, '') as unknown as Window & typeof globalThis;
}
