// Made by "npm run generate". Change what it is made from instead.
import { type ItemsPageQuery, type ItemsPageQueryVariables, type ItemByIdQuery, type ItemByIdQueryVariables, type ItemCardByIdQuery, type ItemCardByIdQueryVariables, TypedDocumentString } from '../graphql.ts';

export const ItemsPageDocument = new TypedDocumentString(`
    query ItemsPage($filter: ItemFilter, $sort: ItemSort!, $first: Int!, $after: String) {
  items(filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount
    isTotalExact
    edges {
      node {
        ...ItemCardFields
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
}`) as unknown as TypedDocumentString<ItemsPageQuery, ItemsPageQueryVariables>;
export const ItemByIdDocument = new TypedDocumentString(`
    query ItemById($id: ID!) {
  item(id: $id) {
    ...ItemCardFields
    description
    link
    color
    size
    gender
    ageGroup
    images {
      url
      width
      height
      garments {
        id
      }
    }
    primaryGarment {
      ...GarmentFields
    }
    variants {
      id
      color
      size
      availability
      imageUrl
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
}`) as unknown as TypedDocumentString<ItemByIdQuery, ItemByIdQueryVariables>;
export const ItemCardByIdDocument = new TypedDocumentString(`
    query ItemCardById($id: ID!) {
  item(id: $id) {
    ...ItemCardFields
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
}`) as unknown as TypedDocumentString<ItemCardByIdQuery, ItemCardByIdQueryVariables>;
