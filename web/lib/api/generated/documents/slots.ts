// Made by "npm run generate". Change what it is made from instead.
import { type ShopSlotsQuery, type ShopSlotsQueryVariables, type SaveSlotMutation, type SaveSlotMutationVariables, type RemoveSlotMutation, type RemoveSlotMutationVariables, TypedDocumentString } from '../graphql.ts';

export const ShopSlotsDocument = new TypedDocumentString(`
    query ShopSlots {
  shop {
    slots {
      ...SlotFields
    }
    slotImport {
      ...ImportJobFields
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
fragment SlotFields on Slot {
  name
  label
  categories
  productTypes
  isBuiltIn
  itemCount
}`) as unknown as TypedDocumentString<ShopSlotsQuery, ShopSlotsQueryVariables>;
export const SaveSlotDocument = new TypedDocumentString(`
    mutation SaveSlot($slot: SlotInput!) {
  saveSlot(slot: $slot) {
    name
  }
}
    `) as unknown as TypedDocumentString<SaveSlotMutation, SaveSlotMutationVariables>;
export const RemoveSlotDocument = new TypedDocumentString(`
    mutation RemoveSlot($name: String!) {
  removeSlot(name: $name)
}
    `) as unknown as TypedDocumentString<RemoveSlotMutation, RemoveSlotMutationVariables>;
