export const HelpDialog = () => null;
