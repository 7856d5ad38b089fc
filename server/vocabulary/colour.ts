import { registerEnumType } from 'type-graphql';
import type { ColourName } from './taxonomy.ts';

/** The enum's value is the embedder's name of the colour, which is also what the database keeps: nothing is mapped. */
export const Colour = {
  BLACK: 'black',
  WHITE: 'white',
  GREY: 'grey',
  BEIGE: 'beige',
  BROWN: 'brown',
  RED: 'red',
  ORANGE: 'orange',
  YELLOW: 'yellow',
  GREEN: 'green',
  BLUE: 'blue',
  NAVY: 'navy',
  PURPLE: 'purple',
  PINK: 'pink',
} as const satisfies Record<Uppercase<ColourName>, ColourName>;

registerEnumType(Colour, {
  name: 'Colour',
  description: 'Dominant colour of a garment.',
});
