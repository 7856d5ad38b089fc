import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Connection } from '../graphql/connection.ts';
import { listCost } from '../graphql/cost.ts';
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
  description: 'What a merchandising rule does with the items that it applies to.',
  valuesConfig: {
    PIN: { description: 'Shows the item, or the most alike of the items, at a position of its own.' },
    BOOST: { description: 'Orders the items as if they were more alike.' },
    BURY: { description: 'Orders the items as if they were less alike.' },
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
    'By how much a boost or bury moves an item in the order of similarity. Several rules on one item add up, to ' +
    'STRONG at the most.',
  valuesConfig: {
    WEAK: { description: 'By 0.06 of cosine similarity.' },
    NORMAL: { description: 'By 0.12 of cosine similarity.' },
    STRONG: { description: 'By 0.18 of cosine similarity.' },
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
    ACTIVE: { description: 'It applies to searches.' },
    SCHEDULED: { description: 'It has yet to start.' },
    ENDED: { description: 'Its end has passed.' },
    REMOVED: { description: 'It can be restored for 90 days.' },
  },
});

@ObjectType({ description: 'An attribute with a value, both as the feed names them.' })
export class RuleAttribute {
  @Field(() => String, {
    description: 'One of `color`, `size`, `gender`, `age_group`, or one of the shop’s own.',
  })
  name!: string;

  @Field(() => String, { description: 'Compared in any case.' })
  value!: string;
}

/** `item` is in rules.resolver.ts. */
@ObjectType({ description: 'What a rule applies to: one of the four is given.' })
export class RuleTarget {
  @Field(() => ID, { nullable: true, description: 'One item.' })
  itemId!: string | null;

  @Field(() => Category, { nullable: true, description: 'Every item of this category.' })
  category!: Category | null;

  @Field(() => String, { nullable: true, description: 'Every item of this brand, in any case.' })
  brand!: string | null;

  @Field(() => RuleAttribute, { nullable: true, description: 'Every item with this attribute.' })
  attribute!: RuleAttribute | null;
}

@ObjectType({ description: 'A merchandising rule: what merchandisers want of visual results.' })
export class Rule {
  @Field(() => ID, { description: 'The same through all changes of the rule.' })
  id!: string;

  @Field(() => RuleKind, { description: 'What it does.' })
  kind!: RuleKind;

  @Field(() => RuleTarget, { description: 'What it does that to.' })
  target!: RuleTarget;

  @Field(() => [Category], {
    complexity: listCost(),
    nullable: true,
    description:
      'The rule applies only to searches with a garment of one of these categories; null for all searches.',
  })
  searchCategories!: Category[] | null;

  @Field(() => Int, { nullable: true, description: "A pin's place in the whole list, from 1." })
  position!: number | null;

  @Field(() => RuleStrength, { nullable: true, description: 'Of a boost or bury.' })
  strength!: RuleStrength | null;

  @Field(() => Boolean, { description: 'Whether a pin shows items that are out of stock.' })
  includeOutOfStock!: boolean;

  @Field(() => Boolean, {
    description: 'The former name of includeOutOfStock.',
    deprecationReason: 'Use includeOutOfStock.',
  })
  evenOutOfStock!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Until then it does nothing; null for at once.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'From then on it does nothing more.' })
  endsAt!: Date | null;

  @Field(() => String, { nullable: true, description: "A merchandiser's own words." })
  note!: string | null;

  @Field(() => RuleState, { description: 'Whether it is in force today.' })
  state!: RuleState;

  @Field(() => DateTime, { description: 'When it was first set.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last set, removed or restored.' })
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null unless it is removed.' })
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

@InputType({ description: 'An attribute with a value, compared in any case.' })
export class RuleAttributeInput {
  @Field(() => String, {
    description: 'One of the feed: `color`, `size`, `gender`, `age_group`, or one of the shop’s own.',
  })
  name!: string;

  @Field(() => String, { description: 'At most 200 characters.' })
  value!: string;
}

/** schema.ts marks it as @oneOf. */
@InputType({ description: 'Exactly one of the four.' })
export class RuleTargetInput {
  @Field(() => ID, { nullable: true, description: 'An item of the shop.' })
  itemId?: string | null;

  @Field(() => Category, { nullable: true, description: 'Every item of this category.' })
  category?: Category | null;

  @Field(() => String, { nullable: true, description: 'Every item of this brand, in any case.' })
  brand?: string | null;

  @Field(() => RuleAttributeInput, { nullable: true, description: 'Every item with this attribute.' })
  attribute?: RuleAttributeInput | null;
}

@InputType({ description: 'A whole rule: what is not given is not kept from before.' })
export class RuleInput {
  @Field(() => ID, { nullable: true, description: 'Of the rule to change; a new one without it.' })
  id?: string | null;

  @Field(() => RuleKind, { description: 'What it does.' })
  kind!: RuleKind;

  @Field(() => RuleTargetInput, { description: 'What it does that to.' })
  target!: RuleTargetInput;

  @Field(() => [Category], {
    nullable: true,
    description:
      'The rule applies only to searches with a garment of one of these categories; to all searches without it.',
  })
  searchCategories?: Category[] | null;

  @Field(() => Int, { nullable: true, description: 'Wanted for a pin, and for nothing else: 1 to 24.' })
  position?: number | null;

  @Field(() => RuleStrength, { nullable: true, description: 'Of a boost or bury; NORMAL without it.' })
  strength?: RuleStrength | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'For a pin: whether it also shows items that are out of stock. Otherwise those keep their usual place.',
  })
  includeOutOfStock?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'The former name of includeOutOfStock, which goes before it.',
    deprecationReason: 'Use includeOutOfStock.',
  })
  evenOutOfStock?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: 'Until then it does nothing; at once without it.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'From then on it does nothing more.' })
  endsAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'For merchandisers: at most 500 characters.' })
  note?: string | null;
}
