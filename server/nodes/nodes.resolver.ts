import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { InvalidInputError } from '../errors/errors.ts';
import { pageCost } from '../graphql/cost.ts';
import { Node } from '../graphql/node.ts';
import type { NodeContext } from './context.ts';
import { findNode } from './find-node.ts';

const MAX_NODES = 50;
/** Reading one takes a statement or two. */
const NODE_COST = 20;

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    complexity: NODE_COST,
    description:
      'What has this id. Null if there is none, also if it is in another shop or the viewer cannot see it. FORBIDDEN ' +
      'if the key may not read such things at all.',
  })
  node(
    @Arg('id', () => ID, { description: '`nodeId` of any type.' }) id: string,
    @Ctx() context: NodeContext,
  ): Promise<Node | null> {
    return findNode(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    complexity: (selected) =>
      pageCost(MAX_NODES)({ ...selected, childComplexity: selected.childComplexity + NODE_COST }),
    description: `Like \`node\`, for up to ${MAX_NODES} ids at once, in their order.`,
  })
  nodes(
    @Arg('ids', () => [ID], { description: `From 1 to ${MAX_NODES} ids.` }) ids: string[],
    @Ctx() context: NodeContext,
  ): Promise<Node | null>[] {
    if (ids.length < 1 || ids.length > MAX_NODES) {
      throw new InvalidInputError(`ids must be 1 to ${MAX_NODES} ids.`, { field: 'ids' });
    }
    return ids.map((id) => findNode(context, id));
  }
}
