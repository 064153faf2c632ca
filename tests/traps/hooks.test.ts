import { expect, test } from 'vitest';
import { meeting } from '../session/meeting.ts';

test('[G9] what a listener does within a hook is done once, tells nothing twice, and finds the snapshot new', async () => {
  const { joins, passes } = meeting();
  const [hana, bo] = [await joins('hana', { role: 'host' }), await joins('bo')];
  const found: unknown[] = [];
  bo.session.on('noticeRaised', ({ noticeId }) => {
    found.push(bo.session.getSnapshot().notices.map((notice) => notice.noticeId === noticeId));
    bo.session.confirmShown(noticeId);
    void bo.session.giveConsent('recording');
  });
  hana.session.on('recordingStarted', () => {
    found.push(hana.session.status('recording'));
    void hana.session.pauseRecording();
  });
  hana.session.on('recordingPaused', () => {
    found.push(hana.session.status('recording'));
    void hana.session.resumeRecording();
  });
  hana.session.on('recordingResumed', () => {
    found.push(hana.session.status('recording'));
    void hana.session.stopRecording();
  });
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes();
  expect(found).toEqual([[true], 'on', 'paused', 'on']);
  for (const { told } of [hana, bo]) {
    const hooks = ['recordingStarted', 'recordingPaused', 'recordingResumed', 'recordingStopped', 'recordingFailed'];
    expect(hooks.map((hook) => told(hook).length)).toEqual([1, 1, 1, 1, 0]);
  }
  expect(bo.told('noticeRaised')).toHaveLength(1);
});
