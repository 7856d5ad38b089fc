// Made by "npm run generate". Change what it is made from instead.
import { type LooksPageQuery, type LooksPageQueryVariables, type LookByIdQuery, type LookByIdQueryVariables, type LooksOfItemQuery, type LooksOfItemQueryVariables, type UpsertLooksMutation, type UpsertLooksMutationVariables, type RemoveLooksMutation, type RemoveLooksMutationVariables, type ItemsInNoOutfitPageQuery, type ItemsInNoOutfitPageQueryVariables, TypedDocumentString } from '../graphql.ts';

export const LooksPageDocument = new TypedDocumentString(`
    query LooksPage($words: String, $first: Int!, $after: String) {
  looks(words: $words, first: $first, after: $after) {
    totalCount
    isTotalExact
    edges {
      node {
        ...LookFields
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
}
fragment LookFields on Look {
  id
  name
  source
  updatedAt
  problem
  items {
    ...ItemCardFields
  }
}`) as unknown as TypedDocumentString<LooksPageQuery, LooksPageQueryVariables>;
export const LookByIdDocument = new TypedDocumentString(`
    query LookById($id: ID!) {
  look(id: $id) {
    ...LookFields
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
}
fragment LookFields on Look {
  id
  name
  source
  updatedAt
  problem
  items {
    ...ItemCardFields
  }
}`) as unknown as TypedDocumentString<LookByIdQuery, LookByIdQueryVariables>;
export const LooksOfItemDocument = new TypedDocumentString(`
    query LooksOfItem($id: ID!) {
  item(id: $id) {
    looks {
      ...LookFields
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
}
fragment LookFields on Look {
  id
  name
  source
  updatedAt
  problem
  items {
    ...ItemCardFields
  }
}`) as unknown as TypedDocumentString<LooksOfItemQuery, LooksOfItemQueryVariables>;
export const UpsertLooksDocument = new TypedDocumentString(`
    mutation UpsertLooks($looks: [LookInput!]!, $source: LookSource!) {
  upsertLooks(looks: $looks, source: $source) {
    saved
    unchanged
    ids
    errors {
      index
      lookId
      itemId
      code
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertLooksMutation, UpsertLooksMutationVariables>;
export const RemoveLooksDocument = new TypedDocumentString(`
    mutation RemoveLooks($ids: [ID!]!) {
  removeLooks(ids: $ids) {
    id
  }
}
    `) as unknown as TypedDocumentString<RemoveLooksMutation, RemoveLooksMutationVariables>;
export const ItemsInNoOutfitPageDocument = new TypedDocumentString(`
    query ItemsInNoOutfitPage($why: NoOutfitReason, $first: Int!, $after: String) {
  itemsInNoOutfit(why: $why, first: $first, after: $after) {
    counts {
      why
      count
    }
    edges {
      node {
        why
        message
        item {
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
}`) as unknown as TypedDocumentString<ItemsInNoOutfitPageQuery, ItemsInNoOutfitPageQueryVariables>;
