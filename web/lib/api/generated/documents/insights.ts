// Made by "npm run generate". Change what it is made from instead.
import { type RecordEventsMutation, type RecordEventsMutationVariables, type InsightsQuery, type InsightsQueryVariables, type AttentionQuery, type AttentionQueryVariables, TypedDocumentString } from '../graphql.ts';

export const RecordEventsDocument = new TypedDocumentString(`
    mutation RecordEvents($events: [EventInput!]!) {
  recordEvents(events: $events)
}
    `) as unknown as TypedDocumentString<RecordEventsMutation, RecordEventsMutationVariables>;
export const InsightsDocument = new TypedDocumentString(`
    query Insights($from: LocalDate!, $to: LocalDate!, $source: ID) {
  insights(from: $from, to: $to, source: $source) {
    from
    to
    totals {
      ...InsightCountsFields
    }
    days {
      day
      counts {
        photos
        searches
        zeroResults
        lowConfidence
        shown
        opened
        clickedOut
        added
      }
    }
    garments {
      category
      count
    }
    confidence {
      from
      to
      count
    }
    sources {
      id
      name
      counts {
        photos
        searches
        shown
        opened
        clickedOut
        added
      }
    }
    holdOut {
      id
      name
      holdOut
      shown {
        visits
        visitsWithAdded
        added {
          share
          low
          high
        }
      }
      heldOut {
        visits
        visitsWithAdded
        added {
          share
          low
          high
        }
      }
      difference {
        share
        low
        high
      }
    }
    topItems(first: 10) {
      itemId
      shown
      opened
      clickedOut
      added
      item {
        ...ItemCardFields
      }
    }
    missedSearches(first: 24) {
      garmentId
      category
      best
      isNarrowed
      cropUrl(width: 320)
      notedAt
      expiresAt
    }
    neverFound(first: 12) {
      count
      isExact
      items {
        ...ItemCardFields
      }
    }
    files {
      counts
      items
    }
  }
}
    fragment InsightCountsFields on InsightCounts {
  visits
  photos
  photosWithoutGarments
  searches
  itemSearches
  zeroResults
  lowConfidence
  shown
  opened
  clickedOut
  added
  outfitsShown
  outfitsUsed
  widgetsEmpty
  widgetsFailed
  unknownItems
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
}`) as unknown as TypedDocumentString<InsightsQuery, InsightsQueryVariables>;
export const AttentionDocument = new TypedDocumentString(`
    query Attention {
  webhooks {
    id
    url
    label
    disabledAt
    disabledReason
  }
  attention {
    missedSearches
    failedItems(first: 6) {
      ...ItemSampleFields
    }
    unmatchedItems(first: 6) {
      ...ItemSampleFields
    }
  }
  duplicates(first: 1) {
    edges {
      cursor
    }
  }
  imports(first: 1) {
    edges {
      node {
        ...ImportJobFields
      }
    }
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}
fragment ItemSampleFields on ItemSample {
  count
  isExact
  items {
    ...ItemCardFields
    failure
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
}`) as unknown as TypedDocumentString<AttentionQuery, AttentionQueryVariables>;
