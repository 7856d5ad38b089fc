import { registerEnumType } from 'type-graphql';

export enum RuleEffect {
  PINNED = 'pinned',
  BOOSTED = 'boosted',
  BURIED = 'buried',
}
registerEnumType(RuleEffect, {
  name: 'RuleEffect',
  description: 'What merchandising rules did to a match.',
  valuesConfig: {
    PINNED: { description: 'Shown at a fixed position.' },
    BOOSTED: { description: 'Ranked as if it were more alike.' },
    BURIED: { description: 'Ranked as if it were less alike.' },
  },
});
