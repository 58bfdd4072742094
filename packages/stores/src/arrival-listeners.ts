/** Those who want to know when something arrives, by tenant. */
export const createListeners = () => {
  const byTenant = new Map<string, Set<() => void>>();
  return {
    /** Adds a listener until it is disposed. */
    add: (tenant: string, listener: () => void): Disposable => {
      // Each subscription counts for itself, also where one function is given twice.
      const own = () => listener();
      const listeners = byTenant.get(tenant) ?? new Set();
      byTenant.set(tenant, listeners.add(own));
      return {
        [Symbol.dispose]: () => {
          listeners.delete(own);
          if (listeners.size === 0 && byTenant.get(tenant) === listeners) byTenant.delete(tenant);
        },
      };
    },

    /** Tells those who listen to the tenants of the chunks, each once. */
    tell: (chunks: readonly { readonly tenant: string }[]): void => {
      if (byTenant.size === 0) return;
      for (const tenant of new Set(chunks.map((chunk) => chunk.tenant)))
        for (const listener of [...(byTenant.get(tenant) ?? [])]) listener();
    },
  };
};
