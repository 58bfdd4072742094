export const ExportMenu = () => null;
