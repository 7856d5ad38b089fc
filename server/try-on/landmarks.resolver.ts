import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Garment } from '../garments/garment.type.ts';
import { landmarksOf } from './landmarks.ts';
import { Landmarks } from './landmarks.type.ts';

/** About 5 ms of a core where they are derived. */
const DERIVING_COST = 100;

@Resolver(() => Garment)
export class LandmarksResolver {
  @FieldResolver(() => Landmarks, {
    nullable: true,
    complexity: DERIVING_COST,
    description:
      'Places such as armpits and the ends of the hem: by the model, if it has a landmark branch, else derived from the mask. Null ' +
      'if there is no category, or the outline is not that of one.',
  })
  landmarks(@Root() { row }: Garment): Landmarks | null {
    return landmarksOf(row);
  }
}
