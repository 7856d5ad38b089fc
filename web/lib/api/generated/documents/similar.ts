// Made by "npm run generate". Change what it is made from instead.
import { type SimilarItemsPageQuery, type SimilarItemsPageQueryVariables, type SimilarFacetsQuery, type SimilarFacetsQueryVariables, TypedDocumentString } from '../graphql.ts';

export const SimilarItemsPageDocument = new TypedDocumentString(`
    query SimilarItemsPage($to: SimilarTo!, $filter: ItemFilter, $refine: Refinement, $minScore: Float, $sort: SimilarSort, $first: Int!, $after: String) {
  similarItems(
    to: $to
    filter: $filter
    refine: $refine
    minScore: $minScore
    sort: $sort
    first: $first
    after: $after
  ) {
    cutoff
    interpretation {
      colours
      categories
      patterns
      sizes
      minPrice
      maxPrice
      titleWords
      ignored
      notUnderstood
    }
    edges {
      node {
        score
        closeness
        isApart
        variantCount
        reason {
          category {
            match
            agrees
            likeness
          }
          colour {
            query
            match
            relation
            word
            likeness
          }
          pattern {
            match
            agrees
            likeness
          }
        }
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
}`) as unknown as TypedDocumentString<SimilarItemsPageQuery, SimilarItemsPageQueryVariables>;
export const SimilarFacetsDocument = new TypedDocumentString(`
    query SimilarFacets($to: SimilarTo!, $filter: ItemFilter, $refine: Refinement, $minScore: Float) {
  similarItems(
    to: $to
    filter: $filter
    refine: $refine
    minScore: $minScore
    first: 1
  ) {
    facets {
      ...SimilarFacetsFields
      attributes {
        name
        values {
          value
          count
        }
      }
      counted
      approximate
    }
  }
}
    fragment SimilarFacetsFields on SimilarFacets {
  categories {
    value
    count
  }
  colors {
    value
    count
  }
  brands {
    value
    count
  }
  sizes {
    value
    count
  }
  genders {
    value
    count
  }
  ageGroups {
    value
    count
  }
  patterns {
    value
    count
  }
  sleeves {
    value
    count
  }
  availability {
    value
    count
  }
}`) as unknown as TypedDocumentString<SimilarFacetsQuery, SimilarFacetsQueryVariables>;
