import { expect, test } from 'vitest';
import { describeLab } from './lab.ts';
import type {} from './pages/adapter.ts';

describeLab('browserCapture and browserDevices', { at: 'adapter', given: 'kept' }, (lab) => {
  test('keep the contract of every adapter, its recorder and its devices', async () => {
    const results = await lab.page().evaluate(() => window.kept());
    expect(Object.keys(results).filter((name) => name.startsWith('the recorder:')).length).toBeGreaterThan(5);
    expect(Object.keys(results).filter((name) => name.startsWith('the devices:')).length).toBeGreaterThan(3);
    expect(results).toEqual(Object.fromEntries(Object.keys(results).map((name) => [name, 'kept'])));
  });
});
