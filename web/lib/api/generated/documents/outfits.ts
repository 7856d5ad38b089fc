// Made by "npm run generate". Change what it is made from instead.
import { type OutfitsAroundQuery, type OutfitsAroundQueryVariables, type OutfitByIdQuery, type OutfitByIdQueryVariables, type OutfitSwapsQuery, type OutfitSwapsQueryVariables, type OutfitSlotsQuery, type OutfitSlotsQueryVariables, TypedDocumentString } from '../graphql.ts';

export const OutfitsAroundDocument = new TypedDocumentString(`
    query OutfitsAround($to: OutfitsTo!, $slots: [String!], $count: Int!, $diversity: Float!, $locked: [ID!], $budget: Float, $filter: ItemFilter, $seed: Int!) {
  outfits(
    to: $to
    slots: $slots
    count: $count
    diversity: $diversity
    locked: $locked
    budget: $budget
    filter: $filter
    seed: $seed
  ) {
    emptyReason
    message
    outfits {
      ...OutfitFields
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
fragment OutfitGarmentFields on Garment {
  id
  category
  box {
    x1
    y1
    x2
    y2
  }
  cropUrl
  whole
}
fragment OutfitFields on Outfit {
  id
  score
  source
  look {
    id
    name
  }
  total {
    amount
    currency
  }
  noTotal
  missingSlots
  pieces {
    slot
    isGiven
    item {
      ...ItemCardFields
      primaryGarment {
        ...OutfitGarmentFields
      }
    }
    garment {
      ...OutfitGarmentFields
    }
  }
  reason {
    pairs {
      slots
      colours
      wornTogether
      lookCount
      isOftenWorn
      hasPatternsAlike
      isInLook
    }
  }
}`) as unknown as TypedDocumentString<OutfitsAroundQuery, OutfitsAroundQueryVariables>;
export const OutfitByIdDocument = new TypedDocumentString(`
    query OutfitById($id: ID!, $without: [String!]) {
  outfit(id: $id, without: $without) {
    ...OutfitFields
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
fragment OutfitGarmentFields on Garment {
  id
  category
  box {
    x1
    y1
    x2
    y2
  }
  cropUrl
  whole
}
fragment OutfitFields on Outfit {
  id
  score
  source
  look {
    id
    name
  }
  total {
    amount
    currency
  }
  noTotal
  missingSlots
  pieces {
    slot
    isGiven
    item {
      ...ItemCardFields
      primaryGarment {
        ...OutfitGarmentFields
      }
    }
    garment {
      ...OutfitGarmentFields
    }
  }
  reason {
    pairs {
      slots
      colours
      wornTogether
      lookCount
      isOftenWorn
      hasPatternsAlike
      isInLook
    }
  }
}`) as unknown as TypedDocumentString<OutfitByIdQuery, OutfitByIdQueryVariables>;
export const OutfitSwapsDocument = new TypedDocumentString(`
    query OutfitSwaps($outfit: ID!, $slot: String!, $filter: ItemFilter, $budget: Float, $first: Int!, $after: String) {
  swap(
    outfit: $outfit
    slot: $slot
    filter: $filter
    budget: $budget
    first: $first
    after: $after
  ) {
    edges {
      node {
        item {
          id
        }
        outfit {
          ...OutfitFields
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
}
fragment OutfitGarmentFields on Garment {
  id
  category
  box {
    x1
    y1
    x2
    y2
  }
  cropUrl
  whole
}
fragment OutfitFields on Outfit {
  id
  score
  source
  look {
    id
    name
  }
  total {
    amount
    currency
  }
  noTotal
  missingSlots
  pieces {
    slot
    isGiven
    item {
      ...ItemCardFields
      primaryGarment {
        ...OutfitGarmentFields
      }
    }
    garment {
      ...OutfitGarmentFields
    }
  }
  reason {
    pairs {
      slots
      colours
      wornTogether
      lookCount
      isOftenWorn
      hasPatternsAlike
      isInLook
    }
  }
}`) as unknown as TypedDocumentString<OutfitSwapsQuery, OutfitSwapsQueryVariables>;
export const OutfitSlotsDocument = new TypedDocumentString(`
    query OutfitSlots {
  shop {
    slots {
      name
      label
      itemCount
    }
  }
}
    `) as unknown as TypedDocumentString<OutfitSlotsQuery, OutfitSlotsQueryVariables>;
