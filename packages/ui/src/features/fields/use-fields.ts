import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/client-provider.tsx";
import { useAsked } from "./asked-provider.tsx";
import { figuresOf, measuresOf } from "./field-list.ts";

/** The fields of the entries that are shown. What was there before stays until the answer comes. */
export const useFields = () => {
  const { client } = useClient();
  const { isRunnable, askedAt, ...asked } = useAsked();
  return useQuery({
    queryKey: ["fields", "names", asked, askedAt],
    queryFn: ({ signal }) => client.fields(asked, { signal }),
    placeholderData: keepPreviousData,
    enabled: isRunnable,
  });
};

/** The most frequent values of a field. */
export const useFieldValues = (name: string, limit: number) => {
  const { client } = useClient();
  const { isRunnable, askedAt, ...asked } = useAsked();
  return useQuery({
    queryKey: ["fields", "values", name, limit, asked, askedAt],
    queryFn: ({ signal }) => client.fieldValues({ name, limit, ...asked }, { signal }),
    placeholderData: keepPreviousData,
    enabled: isRunnable,
  });
};

/** The smallest, the mean, a high and the largest value of a number field. */
export const useFigures = (name: string) => {
  const { client } = useClient();
  const { isRunnable, askedAt, ...asked } = useAsked();
  const measure = measuresOf(name);
  return useQuery({
    queryKey: ["fields", "figures", name, asked, askedAt],
    queryFn: async ({ signal }) => figuresOf(await client.stats({ measure, ...asked }, { signal })),
    placeholderData: keepPreviousData,
    enabled: isRunnable && measure !== undefined,
  });
};
