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
    PINNED: { description: 'It stands at a position of its own.' },
    BOOSTED: { description: 'It stands as if it were more alike.' },
    BURIED: { description: 'It stands as if it were less alike.' },
  },
});
