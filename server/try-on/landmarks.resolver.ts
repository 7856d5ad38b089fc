import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GarmentContext } from '../garments/context.ts';
import { Garment } from '../garments/garment.type.ts';
import { measureInTurn } from '../garments/measure.ts';
import { landmarksOf } from './landmarks.ts';
import { Landmarks } from './landmarks.type.ts';

/** About 5 ms of a core where they are derived. */
const DERIVING_COST = 100;

const landmarksInTurn = measureInTurn<Landmarks | null>(landmarksOf);

@Resolver(() => Garment)
export class LandmarksResolver {
  @FieldResolver(() => Landmarks, {
    nullable: true,
    complexity: DERIVING_COST,
    description:
      'Places such as armpits and the ends of the hem: by the model, if it has a landmark branch, else derived from the mask. Null ' +
      'if there is no category, or the outline is not that of one.',
  })
  landmarks(@Root() { row }: Garment, @Ctx() { viewer }: GarmentContext): Promise<Landmarks | null> {
    return landmarksInTurn(row, viewer.client);
  }
}
