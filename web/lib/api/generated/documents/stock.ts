// Made by "npm run generate". Change what it is made from instead.
import { type StockPageQuery, type StockPageQueryVariables, type StockIdsQuery, type StockIdsQueryVariables, type StockFileQuery, type StockFileQueryVariables, type CategorizeItemsMutation, type CategorizeItemsMutationVariables, type RestoreItemsMutation, type RestoreItemsMutationVariables, type StockItemQuery, type StockItemQueryVariables, TypedDocumentString } from '../graphql.ts';

export const StockPageDocument = new TypedDocumentString(`
    query StockPage($filter: StaffFilter, $order: StaffOrder, $first: Int!, $after: String) {
  catalogue(filter: $filter) {
    items(order: $order, first: $first, after: $after) {
      totalCount
      isTotalExact
      edges {
        node {
          ...ItemCardFields
          category
          updatedAt
          primaryGarment {
            score
            whole
            corrected
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
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
}`) as unknown as TypedDocumentString<StockPageQuery, StockPageQueryVariables>;
export const StockIdsDocument = new TypedDocumentString(`
    query StockIds($filter: StaffFilter, $after: ID) {
  catalogue(filter: $filter) {
    ids(after: $after)
  }
}
    `) as unknown as TypedDocumentString<StockIdsQuery, StockIdsQueryVariables>;
export const StockFileDocument = new TypedDocumentString(`
    query StockFile($filter: StaffFilter) {
  catalogue(filter: $filter) {
    csvUrl
  }
}
    `) as unknown as TypedDocumentString<StockFileQuery, StockFileQueryVariables>;
export const CategorizeItemsDocument = new TypedDocumentString(`
    mutation CategorizeItems($items: [ItemCategoryInput!]!) {
  categorizeItems(items: $items) {
    itemId
    before
    problem
  }
}
    `) as unknown as TypedDocumentString<CategorizeItemsMutation, CategorizeItemsMutationVariables>;
export const RestoreItemsDocument = new TypedDocumentString(`
    mutation RestoreItems($ids: [ID!]!) {
  restoreItems(ids: $ids)
}
    `) as unknown as TypedDocumentString<RestoreItemsMutation, RestoreItemsMutationVariables>;
export const StockItemDocument = new TypedDocumentString(`
    query StockItem($id: ID!) {
  item(id: $id) {
    ...ItemCardFields
    category
    updatedAt
    images {
      url
      width
      height
    }
    choices {
      image
      isMatched
      reason
      named
      goods
      garment {
        ...GarmentFields
        parsedCategory
        corrected
      }
    }
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
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
}`) as unknown as TypedDocumentString<StockItemQuery, StockItemQueryVariables>;
