export const EntryList = () => null;
