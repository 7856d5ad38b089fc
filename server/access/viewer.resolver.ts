import { Ctx, Field, Float, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import type { AccessContext } from './context.ts';

export enum Role {
  ANONYMOUS = 'anonymous',
  WIDGET = 'widget',
  MERCHANDISER = 'merchandiser',
  ADMIN = 'admin',
}
registerEnumType(Role, {
  name: 'Role',
  description: 'What a viewer may do. Each role includes the ones before it.',
  valuesConfig: {
    ANONYMOUS: { description: 'No key: searches the default shop.' },
    WIDGET: { description: "A shop's widget key: searches that shop." },
    MERCHANDISER: { description: 'Also manages the catalogue and its merchandising rules.' },
    ADMIN: { description: 'Also manages keys and embedding models.' },
  },
});

@ObjectType('Viewer', { description: 'Who sent the request.' })
export class ViewerType {
  @Field(() => Role, { description: 'What the viewer may do.' })
  role!: `${Role}`;

  @Field(() => Boolean, { description: 'Whether the viewer runs this installation, and so may open shops.' })
  isOperator!: boolean;

  @Field(() => Float, {
    description:
      'Share of visits, 0 to 0.5, in which the client should show no recommendations, so that the shop can ' +
      'compare. The client assigns each visit at random. 0 without a key.',
  })
  holdOut!: number;
}

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who sent the request, according to its key.' })
  viewer(@Ctx() { viewer }: AccessContext): ViewerType {
    return { role: viewer.role, isOperator: viewer.isOperator ?? false, holdOut: viewer.holdOut ?? 0 };
  }
}
