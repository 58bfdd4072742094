export const FieldsPanel = () => null;
