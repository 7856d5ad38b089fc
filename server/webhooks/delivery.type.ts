import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Connection } from '../graphql/connection.ts';
import { DateTime } from '../graphql/scalars.ts';
import type { DeliveryRow } from './deliveries.sql.ts';

export enum WebhookDeliveryState {
  WAITING = 'waiting',
  DELIVERED = 'delivered',
  FAILED = 'failed',
}
registerEnumType(WebhookDeliveryState, {
  name: 'WebhookDeliveryState',
  description: 'What became of a delivery.',
  valuesConfig: {
    WAITING: { description: 'It has yet to arrive: not tried yet, or it will be tried again.' },
    DELIVERED: { description: 'The endpoint answered with a status from 200 to 299.' },
    FAILED: { description: 'It was given up after 100 attempts or three days. Of a test, after the first.' },
  },
});

@ObjectType({ description: 'What was or will be sent to an endpoint. Kept for 14 days after it has ended.' })
export class WebhookDelivery {
  @Field(() => ID, { description: 'Identifies the delivery.' })
  id!: string;

  @Field(() => ID, { description: 'Value of its header `webhook-id`, the same at every attempt.' })
  messageId!: string;

  @Field(() => String, { description: 'What happened, such as import.finished; webhook.test for a test.' })
  type!: string;

  @Field(() => Boolean, { description: 'Whether it is a test.' })
  isTest!: boolean;

  @Field(() => WebhookDeliveryState, { description: 'What became of it.' })
  state!: `${WebhookDeliveryState}`;

  @Field(() => Int, { description: 'Number of attempts, since it was last sent by hand.' })
  tries!: number;

  @Field(() => Int, { description: 'Number of items that it tells of.' })
  items!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was last tried. Null if it never was.' })
  triedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The earliest time of the next attempt. It also waits for earlier deliveries about the same items. Null once ' +
      'it has ended.',
  })
  nextTryAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it arrived or was given up.' })
  endedAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the last answer. Null if none came.' })
  status!: number | null;

  @Field(() => String, { nullable: true, description: 'The last answer, its first 500 characters.' })
  answer!: string | null;

  @Field(() => String, { nullable: true, description: 'Why no answer came.' })
  error!: string | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds that the last attempt took.' })
  tookMs!: number | null;

  @Field(() => String, { description: 'What is sent: JSON.' })
  body!: string;
}

@ObjectType({ description: 'A page of WebhookDelivery nodes.' })
export class WebhookDeliveryConnection extends Connection('WebhookDelivery', () => WebhookDelivery) {}

export function toDelivery({ number: _, ...row }: DeliveryRow): WebhookDelivery {
  return { ...row, messageId: `msg_${row.id}` };
}
