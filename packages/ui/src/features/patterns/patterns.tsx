export const Patterns = () => null;
