import type { OperationDefinitionNode } from 'graphql';

/** What an operation is called in figures and traces: the first field that it asks for. */
export function firstField({ selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return first?.kind === 'Field' ? first.name.value : 'fragment';
}
