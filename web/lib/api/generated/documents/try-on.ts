// Made by "npm run generate". Change what it is made from instead.
import { type SeeItOnQuery, type SeeItOnQueryVariables, TypedDocumentString } from '../graphql.ts';

export const SeeItOnDocument = new TypedDocumentString(`
    query SeeItOn($garmentId: ID!, $itemId: ID!) {
  tryOn(garmentId: $garmentId, itemId: $itemId) {
    imageUrl
    refusal
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<SeeItOnQuery, SeeItOnQueryVariables>;
