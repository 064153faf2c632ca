import type { OnRefusal } from '../policy/policy.types.ts';
import type { ChoiceEffect } from './notice.types.ts';

const effects: Readonly<Record<OnRefusal, ChoiceEffect>> = {
  exclude: 'excluded',
  hold: 'held',
  leave: 'leaves',
  veto: 'vetoes',
};

/**
 * What refusing does to oneself. Of a capture that the platform runs by itself and nobody here controls, nobody can be
 * left out, and no refusal ends it (G10): only one's own devices can be kept off, where the policy holds.
 */
export function refusalEffect(onRefusal: OnRefusal, isUncontrolled: boolean): ChoiceEffect {
  if (isUncontrolled && onRefusal !== 'hold') return 'none';
  return effects[onRefusal];
}
