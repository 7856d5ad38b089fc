import { Field, ID, InputType } from 'type-graphql';
import { Availability } from '../../vocabulary/availability.ts';

@InputType({ description: 'A further attribute of the item, to filter by and to set rules on.' })
export class AttributeInput {
  @Field(() => String, { description: 'Such as "season". Stored in lower case with _ for spaces.' })
  name!: string;

  @Field(() => String, { description: 'Such as "winter".' })
  value!: string;
}

/** Its texts are validated like a feed's, by `validateRow`; faults become errors of the job. */
@InputType({ description: 'One item, with the same fields as a feed row. Omitted fields are cleared.' })
export class ItemInput {
  @Field(() => ID, { description: 'Your own id of the item.' })
  id!: string;

  @Field(() => String, { description: 'Title of the item.' })
  title!: string;

  @Field(() => String, { description: 'Address of the main image: http or https, on the public internet.' })
  imageLink!: string;

  @Field(() => [String], { nullable: true, description: 'Addresses of up to 9 more images.' })
  additionalImageLinks?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Description of the item.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "Address of the item's page in the shop." })
  link?: string | null;

  @Field(() => String, { nullable: true, description: 'Price with its currency, such as "19.90 EUR".' })
  price?: string | null;

  @Field(() => String, { nullable: true, description: 'Price while on sale, such as "14.90 EUR".' })
  salePrice?: string | null;

  @Field(() => Availability, {
    nullable: true,
    description: 'Whether it can be bought. IN_STOCK if omitted.',
  })
  availability?: Availability | null;

  @Field(() => String, { nullable: true, description: 'Brand of the item.' })
  brand?: string | null;

  @Field(() => String, { nullable: true, description: 'Colour, in your own words.' })
  color?: string | null;

  @Field(() => String, { nullable: true, description: 'Size, such as "M".' })
  size?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Whom the item is made for, such as "female" or "unisex".',
  })
  gender?: string | null;

  @Field(() => String, { nullable: true, description: 'Such as "adult" or "kids".' })
  ageGroup?: string | null;

  @Field(() => String, { nullable: true, description: 'Shared by all variants of one product.' })
  itemGroupId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of up to 20 looks that the item is in, as in the column `look_id` of a feed.',
  })
  lookIds?: string[] | null;

  @Field(() => String, { nullable: true, description: "Google's product category, by name or number." })
  googleProductCategory?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own product category, such as "Women > Dresses".',
  })
  productType?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: 'Up to 20 further attributes.' })
  attributes?: AttributeInput[] | null;
}
