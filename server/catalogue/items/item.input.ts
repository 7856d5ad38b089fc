import { Field, ID, InputType } from 'type-graphql';
import { Availability } from '../../vocabulary/availability.ts';

@InputType({ description: "A column of the shop's own, to filter and to set rules by." })
export class AttributeInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

/** Its texts are checked as a feed's are, by `validateRow`: what is wrong with one is an error of the job. */
@InputType({ description: "One item as a feed's row has it: what is not given is empty afterwards." })
export class ItemInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'An http or https address on the public internet.' })
  imageLink!: string;

  @Field(() => [String], { nullable: true, description: 'At most 9.' })
  additionalImageLinks?: string[] | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "The item's page in the shop." })
  link?: string | null;

  @Field(() => String, { nullable: true, description: 'Such as "19.90 EUR".' })
  price?: string | null;

  @Field(() => String, { nullable: true, description: 'Such as "14.90 EUR".' })
  salePrice?: string | null;

  @Field(() => Availability, { nullable: true, description: 'IN_STOCK where it is not given.' })
  availability?: Availability | null;

  @Field(() => String, { nullable: true })
  brand?: string | null;

  @Field(() => String, { nullable: true })
  color?: string | null;

  @Field(() => String, { nullable: true })
  size?: string | null;

  @Field(() => String, { nullable: true })
  gender?: string | null;

  @Field(() => String, { nullable: true })
  ageGroup?: string | null;

  @Field(() => String, { nullable: true, description: 'The same for all variants of one product.' })
  itemGroupId?: string | null;

  @Field(() => String, { nullable: true })
  googleProductCategory?: string | null;

  @Field(() => String, { nullable: true })
  productType?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: 'At most 20.' })
  attributes?: AttributeInput[] | null;
}
