import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { ArmName, EventKindName } from './kinds.ts';

export enum EventKind {
  VISITED = 'visited',
  SHOWN = 'shown',
  OPENED = 'opened',
  CLICKED_OUT = 'clicked_out',
  ADDED = 'added',
  OUTFIT_SHOWN = 'outfit_shown',
  OUTFIT_USED = 'outfit_used',
  WIDGET_EMPTY = 'widget_empty',
  WIDGET_FAILED = 'widget_failed',
}
registerEnumType(EventKind, {
  name: 'EventKind',
  description: 'What a visitor did.',
  valuesConfig: {
    VISITED: { description: 'A visit began. Send it once per visit. Has no item.' },
    SHOWN: { description: 'A recommended item came into view.' },
    OPENED: { description: 'The visitor opened an item.' },
    CLICKED_OUT: { description: "The visitor followed an item's link to the shop." },
    ADDED: { description: 'The visitor added an item to the basket.' },
    OUTFIT_SHOWN: { description: 'An outfit came into view. Has no item.' },
    OUTFIT_USED: { description: 'The visitor opened or changed an outfit. Has no item.' },
    WIDGET_EMPTY: { description: 'A widget had nothing to show. Has no item.' },
    WIDGET_FAILED: { description: 'A widget was refused an answer, or had none in time. Has no item.' },
  },
});

export enum EventArm {
  SHOWN = 'shown',
  HELD_OUT = 'held_out',
}
registerEnumType(EventArm, {
  name: 'EventArm',
  description: 'Which part of the visitors a visit belongs to, if some see no recommendations.',
  valuesConfig: {
    SHOWN: { description: 'The visitor sees recommendations.' },
    HELD_OUT: { description: 'The visitor sees none.' },
  },
});

@InputType({ description: 'Something that a visitor did.' })
export class EventInput {
  @Field(() => EventKind, { description: 'What the visitor did.' })
  kind!: EventKindName;

  @Field(() => ID, {
    nullable: true,
    description: 'The item. Required for SHOWN, OPENED, CLICKED_OUT and ADDED; no other kind has one.',
  })
  itemId?: string | null;

  @Field(() => EventArm, {
    nullable: true,
    description: 'Which part the visit belongs to. Send it if `viewer.holdOut` is above 0.',
  })
  arm?: ArmName | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is the first event of this kind in the visit. The comparison of the two parts needs it ' +
      'for ADDED.',
  })
  isFirst?: boolean | null;
}
