export const QueryBox = () => null;
