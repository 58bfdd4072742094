/** The id of an item's element, which the text field names while it is chosen. */
export const itemId = (listId: string, item: number): string => `${listId}-${item}`;
