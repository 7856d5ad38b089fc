// Made by "npm run generate". Change what it is made from instead.
import { type DuplicatesPageQuery, type DuplicatesPageQueryVariables, type DeleteItemsMutation, type DeleteItemsMutationVariables, TypedDocumentString } from '../graphql.ts';

export const DuplicatesPageDocument = new TypedDocumentString(`
    query DuplicatesPage($first: Int!, $after: String) {
  duplicates(first: $first, after: $after) {
    edges {
      node {
        kind
        itemCount
        items {
          ...ItemCardFields
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
  isDrawn
}`) as unknown as TypedDocumentString<DuplicatesPageQuery, DuplicatesPageQueryVariables>;
export const DeleteItemsDocument = new TypedDocumentString(`
    mutation DeleteItems($ids: [ID!]!, $keep: Boolean) {
  deleteItems(ids: $ids, keep: $keep)
}
    `) as unknown as TypedDocumentString<DeleteItemsMutation, DeleteItemsMutationVariables>;
