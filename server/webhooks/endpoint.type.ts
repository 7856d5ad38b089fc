import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';
import { DateTime } from '../graphql/scalars.ts';

export enum WebhookEvent {
  IMPORT_FINISHED = 'import.finished',
  ITEM_FAILED = 'item.failed',
  MODEL_PROMOTED = 'model.promoted',
}
registerEnumType(WebhookEvent, {
  name: 'WebhookEvent',
  description: "What a shop's own systems can be told of.",
  valuesConfig: {
    IMPORT_FINISHED: {
      description: 'An import has ended: all its items were read, or it failed or was cancelled.',
    },
    ITEM_FAILED: {
      description: 'Items could not be read. Up to a hundred of an import come in one delivery.',
    },
    MODEL_PROMOTED: { description: "The shop's searches were switched to another embedding model." },
  },
});

export enum WebhookOffReason {
  BY_HAND = 'by_hand',
  FAILING = 'failing',
  GONE = 'gone',
  BACKLOG = 'backlog',
}
registerEnumType(WebhookOffReason, {
  name: 'WebhookOffReason',
  description: 'Why an endpoint was switched off.',
  valuesConfig: {
    BY_HAND: { description: 'Somebody did.' },
    FAILING: { description: 'Every attempt failed for three days.' },
    GONE: { description: 'It answered with status 410 (Gone).' },
    BACKLOG: { description: 'More than 10,000 deliveries waited for it.' },
  },
});

@ObjectType({ description: "An address of the shop's own that is told of events." })
export class WebhookEndpoint {
  @Field(() => ID, { description: 'Identifies the endpoint.' })
  id!: string;

  @Field(() => String, { description: 'Where deliveries are sent.' })
  url!: string;

  @Field(() => String, { description: 'What it is for, as written by whoever made it. May be empty.' })
  label!: string;

  @Field(() => [WebhookEvent], { complexity: listCost(), description: 'What it is told of.' })
  events!: `${WebhookEvent}`[];

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when every attempt has failed. Null if the last one succeeded.',
  })
  failingSince!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its deliveries are tried next. Null if none waits, or while it is off.',
  })
  nextTryAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was switched off. Null while it is on. It is not told of what happens meanwhile.',
  })
  disabledAt!: Date | null;

  @Field(() => WebhookOffReason, { nullable: true, description: 'Why it was switched off.' })
  disabledReason!: `${WebhookOffReason}` | null;

  @Field(() => Int, { description: 'Number of deliveries that have not arrived yet.' })
  waitingCount!: number;

  @Field(() => DateTime, { description: 'When its secret was made.' })
  secretMadeAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when deliveries are signed with the former secret as well. Null if with one.',
  })
  signsWithBothUntil!: Date | null;
}

@ObjectType({ description: 'An endpoint with a secret that was just made.' })
export class WebhookWithSecret {
  @Field(() => String, {
    description:
      'The secret that deliveries are signed with, beginning with whsec_. It is shown only this once.',
  })
  secret!: string;

  @Field(() => WebhookEndpoint, { description: 'The endpoint.' })
  endpoint!: WebhookEndpoint;
}

@InputType({ description: 'An endpoint as it is to be.' })
export class WebhookInput {
  @Field(() => String, {
    description: 'Where deliveries are sent: an https address on the public internet, port 443.',
  })
  url!: string;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 100 characters.' })
  label!: string | null;

  @Field(() => [WebhookEvent], { description: 'What it is told of, at least one.' })
  events!: `${WebhookEvent}`[];
}
