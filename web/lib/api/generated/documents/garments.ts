// Made by "npm run generate". Change what it is made from instead.
import { type ItemGarmentsQuery, type ItemGarmentsQueryVariables, type SetPrimaryGarmentMutation, type SetPrimaryGarmentMutationVariables, type CorrectGarmentMutation, type CorrectGarmentMutationVariables, type MatchItemMutation, type MatchItemMutationVariables, type UnmatchItemMutation, type UnmatchItemMutationVariables, TypedDocumentString } from '../graphql.ts';

export const ItemGarmentsDocument = new TypedDocumentString(`
    query ItemGarments($id: ID!) {
  item(id: $id) {
    primaryGarment {
      id
    }
    images {
      garments {
        id
        category
        parsedCategory
        corrected
        chosen
        whole
        coverage
        cropUrl
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ItemGarmentsQuery, ItemGarmentsQueryVariables>;
export const SetPrimaryGarmentDocument = new TypedDocumentString(`
    mutation SetPrimaryGarment($itemId: ID!, $garmentId: ID) {
  setPrimaryGarment(itemId: $itemId, garmentId: $garmentId) {
    id
  }
}
    `) as unknown as TypedDocumentString<SetPrimaryGarmentMutation, SetPrimaryGarmentMutationVariables>;
export const CorrectGarmentDocument = new TypedDocumentString(`
    mutation CorrectGarment($garmentId: ID!, $category: Category) {
  correctGarment(garmentId: $garmentId, category: $category) {
    id
  }
}
    `) as unknown as TypedDocumentString<CorrectGarmentMutation, CorrectGarmentMutationVariables>;
export const MatchItemDocument = new TypedDocumentString(`
    mutation MatchItem($itemId: ID!, $category: Category) {
  matchItem(itemId: $itemId, category: $category) {
    id
  }
}
    `) as unknown as TypedDocumentString<MatchItemMutation, MatchItemMutationVariables>;
export const UnmatchItemDocument = new TypedDocumentString(`
    mutation UnmatchItem($itemId: ID!) {
  unmatchItem(itemId: $itemId) {
    id
  }
}
    `) as unknown as TypedDocumentString<UnmatchItemMutation, UnmatchItemMutationVariables>;
