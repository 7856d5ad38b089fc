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
    PINNED: { description: 'It is at a fixed position.' },
    BOOSTED: { description: 'It ranks as if it were more similar.' },
    BURIED: { description: 'It ranks as if it were less similar.' },
  },
});
