import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LIMITS } from '../catalogue/limits.ts';
import { Connection } from '../graphql/connection.ts';
import { listCost } from '../graphql/cost.ts';
import { Node } from '../graphql/node.ts';
import { DateTime } from '../graphql/scalars.ts';
import { problemOf } from '../retrieval/ranking/problem.ts';
import { type RuleRow, STEPS } from '../retrieval/ranking/rule.ts';
import { CATEGORY_IDS, Category } from '../vocabulary/category.ts';

export enum RuleKind {
  PIN = 'pin',
  BOOST = 'boost',
  BURY = 'bury',
  EXCLUDE = 'exclude',
}
registerEnumType(RuleKind, {
  name: 'RuleKind',
  description: 'What a merchandising rule does with its items.',
  valuesConfig: {
    PIN: {
      description:
        'Shows the item at a fixed position. If the rule applies to several items, shows the most similar ' +
        'one.',
    },
    BOOST: { description: 'Ranks the items as if they were more similar.' },
    BURY: { description: 'Ranks the items as if they were less similar.' },
    EXCLUDE: { description: 'Never shows the items.' },
  },
});

export enum RuleStrength {
  WEAK = 'weak',
  NORMAL = 'normal',
  STRONG = 'strong',
}
registerEnumType(RuleStrength, {
  name: 'RuleStrength',
  description:
    'How far a boost or bury moves an item in the ranking. Several rules on one item add up, to STRONG at ' +
    'most.',
  valuesConfig: {
    WEAK: { description: 'Worth 0.06 of cosine similarity.' },
    NORMAL: { description: 'Worth 0.12 of cosine similarity.' },
    STRONG: { description: 'Worth 0.18 of cosine similarity.' },
  },
});

export enum RuleState {
  ACTIVE = 'active',
  SCHEDULED = 'scheduled',
  ENDED = 'ended',
  REMOVED = 'removed',
}
registerEnumType(RuleState, {
  name: 'RuleState',
  description: 'Whether a rule is in force.',
  valuesConfig: {
    ACTIVE: { description: 'Searches apply it.' },
    SCHEDULED: { description: 'It has not started yet.' },
    ENDED: { description: 'It has ended.' },
    REMOVED: { description: 'It was removed. It can be restored for 90 days.' },
  },
});

@ObjectType({ description: 'An attribute and its value.' })
export class RuleAttribute {
  @Field(() => String, {
    description: '`color`, `size`, `gender`, `age_group` or one of the further columns of the feed.',
  })
  name!: string;

  @Field(() => String, { description: 'Case and accents make no difference.' })
  value!: string;
}

/** `item` is in rules.resolver.ts. */
@ObjectType({ description: 'Which items a rule applies to. Exactly one of the four is set.' })
export class RuleTarget {
  @Field(() => ID, { nullable: true, description: 'One item.' })
  itemId!: string | null;

  @Field(() => Category, { nullable: true, description: 'Every item of this category.' })
  category!: Category | null;

  @Field(() => String, {
    nullable: true,
    description: 'Every item of this brand, whatever its case and accents.',
  })
  brand!: string | null;

  @Field(() => RuleAttribute, { nullable: true, description: 'Every item with this attribute.' })
  attribute!: RuleAttribute | null;
}

@ObjectType({
  implements: Node,
  description: 'A merchandising rule: it changes the ranking of similar items.',
})
export class Rule {
  @Field(() => ID, { description: 'Stays the same when the rule changes.' })
  id!: string;

  @Field(() => RuleKind, { description: 'What the rule does.' })
  kind!: RuleKind;

  @Field(() => RuleTarget, { description: 'Which items it applies to.' })
  target!: RuleTarget;

  @Field(() => [Category], {
    complexity: listCost(),
    nullable: true,
    description:
      'The rule only affects searches for garments of these categories. Null if it affects all searches.',
  })
  searchCategories!: Category[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Position of a pin in the whole list, from 1. Null for other kinds.',
  })
  position!: number | null;

  @Field(() => RuleStrength, {
    nullable: true,
    description: 'Strength of a boost or bury. Null for other kinds.',
  })
  strength!: RuleStrength | null;

  @Field(() => Boolean, { description: 'Whether a pin shows items that are out of stock.' })
  includeOutOfStock!: boolean;

  @Field(() => Boolean, {
    description: 'Whether a pin also shows items that are out of stock.',
    deprecationReason: 'Use includeOutOfStock.',
  })
  evenOutOfStock!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When the rule takes effect. Null for at once.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the rule ends. Null for never.' })
  endsAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Note by a merchandiser.' })
  note!: string | null;

  @Field(() => RuleState, { description: 'Whether the rule is in force now.' })
  state!: RuleState;

  @Field(() => DateTime, { description: 'When the rule was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the rule was last changed, removed or restored.' })
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the rule was removed. Null if it was not.' })
  removedAt!: Date | null;

  /** Not in the API: why the rule cannot be applied. */
  fault!: string | null;
}

export const RuleConnection = Connection('Rule', () => Rule);
export type RuleConnection = InstanceType<typeof RuleConnection>;

export function toRule(row: RuleRow): Rule {
  const { itemId, category, brand, attributeName, attributeValue } = row;
  const attribute =
    attributeName === null || attributeValue === null ? null : { name: attributeName, value: attributeValue };
  return {
    ...row,
    evenOutOfStock: row.includeOutOfStock,
    kind: row.kind as RuleKind,
    // An unknown one is reported by `fault`.
    strength: row.strength && Object.hasOwn(STEPS, row.strength) ? (row.strength as RuleStrength) : null,
    state: row.state as RuleState,
    searchCategories: row.searchCategories?.filter((id) => CATEGORY_IDS.includes(id)) ?? null,
    target: { itemId, category, brand, attribute },
    updatedAt: row.endedAt ?? row.beganAt,
    removedAt: row.endedAt,
    fault: problemOf(row),
  };
}

@InputType({ description: 'An attribute and its value. Case and accents make no difference.' })
export class RuleAttributeInput {
  @Field(() => String, {
    description: '`color`, `size`, `gender`, `age_group` or one of the further columns of the feed.',
  })
  name!: string;

  @Field(() => String, { description: `At most ${LIMITS.fieldLength} characters.` })
  value!: string;
}

/** schema.ts marks it as @oneOf. */
@InputType({ description: 'Which items a rule applies to. Set exactly one of the four.' })
export class RuleTargetInput {
  @Field(() => ID, { nullable: true, description: 'One item of the shop.' })
  itemId?: string | null;

  @Field(() => Category, { nullable: true, description: 'Every item of this category.' })
  category?: Category | null;

  @Field(() => String, {
    nullable: true,
    description: 'Every item of this brand, whatever its case and accents.',
  })
  brand?: string | null;

  @Field(() => RuleAttributeInput, { nullable: true, description: 'Every item with this attribute.' })
  attribute?: RuleAttributeInput | null;
}

@InputType({ description: 'A complete rule. Omitted fields are cleared, not kept.' })
export class RuleInput {
  @Field(() => ID, { nullable: true, description: 'Id of the rule to change. Omit it to make a new rule.' })
  id?: string | null;

  @Field(() => RuleKind, { description: 'What the rule does.' })
  kind!: RuleKind;

  @Field(() => RuleTargetInput, { description: 'Which items it applies to.' })
  target!: RuleTargetInput;

  @Field(() => [Category], {
    nullable: true,
    description:
      'The rule only affects searches for garments of these categories. Omit it to affect all searches.',
  })
  searchCategories?: Category[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Position from 1 to 24. Required for a pin, and not allowed otherwise.',
  })
  position?: number | null;

  @Field(() => RuleStrength, {
    nullable: true,
    description: 'Strength of a boost or bury. NORMAL if omitted.',
  })
  strength?: RuleStrength | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'For a pin: whether it also shows items that are out of stock. Otherwise those keep their usual place.',
  })
  includeOutOfStock?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'For a pin: also show items that are out of stock. Otherwise such an item stays where it would be ' +
      'without the rule.',
    deprecationReason: 'Use includeOutOfStock.',
  })
  evenOutOfStock?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: 'When the rule takes effect. Omit it for at once.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the rule ends. Omit it for never.' })
  endsAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Note for merchandisers, at most 500 characters.' })
  note?: string | null;
}
