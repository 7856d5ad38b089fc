import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';

export const LandmarkSource = { MODEL: 'MODEL', DERIVED: 'DERIVED' } as const;
export type LandmarkSource = keyof typeof LandmarkSource;
registerEnumType(LandmarkSource, {
  name: 'LandmarkSource',
  description: 'How landmarks were found.',
  valuesConfig: {
    MODEL: { description: "By the parser's landmark branch." },
    DERIVED: {
      description:
        'From the hollows and corners of the mask alone: 44 % lie within 5 % of the height of where a person puts them.',
    },
  },
});

@ObjectType({ description: 'A place on a garment that is found again on another of its category.' })
export class Landmark {
  @Field(() => String, {
    description:
      'What it is: the number of a landmark of its category in DeepFashion2, from 1; or of a derived one a name such as "armpitLeft", ' +
      'left and right being those of the picture.',
  })
  name!: string;

  @Field(() => Float, { description: 'In pixels of the upright image.' })
  x!: number;

  @Field(() => Float, { description: 'In pixels of the upright image.' })
  y!: number;

  @Field(() => Float, { nullable: true, description: 'Confidence, 0 to 1. Null for a derived one.' })
  confidence!: number | null;
}

@ObjectType({ description: "A garment's landmarks." })
export class Landmarks {
  @Field(() => LandmarkSource, { description: 'How they were found.' })
  source!: LandmarkSource;

  @Field(() => [Landmark], {
    complexity: listCost({ length: 20 }),
    description: 'In the order of the data set, or round the outline.',
  })
  points!: readonly Landmark[];
}
