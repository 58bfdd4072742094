export const TimeRangePicker = () => null;
