export const SavedSearches = () => null;
