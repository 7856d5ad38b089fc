import { Ctx, Field, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import type { AccessContext } from './context.ts';

export enum Role {
  ANONYMOUS = 'anonymous',
  WIDGET = 'widget',
  MERCHANDISER = 'merchandiser',
  ADMIN = 'admin',
}
registerEnumType(Role, { name: 'Role', description: 'From the least to the most that one may do.' });

@ObjectType('Viewer')
export class ViewerType {
  @Field(() => Role)
  role!: `${Role}`;

  @Field(() => Boolean, { description: 'Whether the viewer runs this installation, and so may open shops.' })
  isOperator!: boolean;
}

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who asks, by the key that was sent.' })
  viewer(@Ctx() { viewer }: AccessContext): ViewerType {
    return { role: viewer.role, isOperator: viewer.isOperator ?? false };
  }
}
