import { describe, expect, it } from 'vitest';
import { Mailbox } from '../../src/core/mailbox.ts';

/** A mailbox, what happened in it in order, and a task that says so. */
function setUp() {
  const said: unknown[] = [];
  const mailbox = new Mailbox((error) => said.push(['failed', error]));
  const says = (what: string) => () => {
    said.push(what);
  };
  return { said, mailbox, says };
}

describe('a mailbox', () => {
  it('[G3] has done all that was posted when the outermost post returns', () => {
    const { said, mailbox, says } = setUp();
    mailbox.post(says('a'));
    expect(said).toEqual(['a']);
    mailbox.post(() => {
      mailbox.post(() => mailbox.post(() => mailbox.post(says('b'))));
    });
    expect(said).toEqual(['a', 'b']);
  });

  it('runs what a task posts after that task, never inside it, in the order in which it was posted', () => {
    const { said, mailbox, says } = setUp();
    mailbox.post(() => {
      mailbox.post(() => {
        says('b begins')();
        mailbox.post(says('d'));
        says('b ends')();
      });
      mailbox.post(says('c'));
      says('a ends')();
    });
    expect(said).toEqual(['a ends', 'b begins', 'b ends', 'c', 'd']);
  });

  it('[G9] tells of a task that throws, and runs those after it, now and later', () => {
    const { said, mailbox, says } = setUp();
    const error = new Error('no');
    mailbox.post(() => {
      mailbox.post(says('b'));
      throw error;
    });
    mailbox.post(says('c'));
    expect(said).toEqual([['failed', error], 'b', 'c']);
  });

  it('never lets what a task throws out of post', () => {
    const { said, mailbox } = setUp();
    const thrown = { reason: 'not even an error' };
    const post = () =>
      mailbox.post(() => {
        throw thrown;
      });
    expect(post).not.toThrow();
    expect(said).toEqual([['failed', thrown]]);
  });

  it('settles after each task, before the next, in the order in which it was asked to', () => {
    const { said, mailbox, says } = setUp();
    mailbox.afterEach(says('1'));
    mailbox.afterEach(says('2'));
    mailbox.post(() => {
      mailbox.post(says('b'));
      says('a')();
    });
    expect(said).toEqual(['a', '1', '2', 'b', '1', '2']);
  });

  it('settles also after a task that throws, and although a settling throws', () => {
    const { said, mailbox, says } = setUp();
    mailbox.afterEach(() => {
      throw 'unsettled';
    });
    mailbox.afterEach(says('settled'));
    mailbox.post(() => {
      throw 'a';
    });
    mailbox.post(says('b'));
    expect(said).toEqual([
      ['failed', 'a'],
      ['failed', 'unsettled'],
      'settled',
      'b',
      ['failed', 'unsettled'],
      'settled',
    ]);
  });

  it('runs what a settling posts as a task of its own, and settles after it', () => {
    const { said, mailbox, says } = setUp();
    let isTold = false;
    mailbox.afterEach(() => {
      says('settled')();
      if (!isTold) mailbox.post(says('told'));
      isTold = true;
    });
    mailbox.post(says('a'));
    expect(said).toEqual(['a', 'settled', 'told', 'settled']);
  });

  it('no longer settles what has been ended, and goes on settling the rest', () => {
    const { said, mailbox, says } = setUp();
    const end = mailbox.afterEach(says('1'));
    mailbox.afterEach(says('2'));
    mailbox.post(says('a'));
    end();
    end();
    mailbox.post(says('b'));
    expect(said).toEqual(['a', '1', '2', 'b', '2']);
  });

  it('settles everything that is left when one settling ends itself', () => {
    const { said, mailbox, says } = setUp();
    const end = mailbox.afterEach(() => {
      says('once')();
      end();
    });
    mailbox.afterEach(says('always'));
    mailbox.post(says('a'));
    mailbox.post(says('b'));
    expect(said).toEqual(['a', 'once', 'always', 'b', 'always']);
  });

  it('[G9] goes on when whoever hears of errors throws too', () => {
    const said: string[] = [];
    const mailbox = new Mailbox(() => {
      throw new Error('listener');
    });
    mailbox.post(() => {
      throw new Error('task');
    });
    mailbox.post(() => said.push('later'));
    expect(said).toEqual(['later']);
  });

  it('ends one settling and no other, however often that is asked, also while they run', () => {
    const told: string[] = [];
    const mailbox = new Mailbox(() => {});
    const end = mailbox.afterEach(() => {
      told.push('one');
      end();
      end();
    });
    mailbox.afterEach(() => told.push('other'));
    mailbox.post(() => {});
    mailbox.post(() => {});
    expect(told).toEqual(['one', 'other', 'other']);
  });
});
