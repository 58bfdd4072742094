import fc from "fast-check";

/**
 * Properties begin from a seed that stays, so that a run can be repeated and a change is judged by the change.
 * `TEST_SEED=random` explores: what it finds is printed with its seed, and becomes an example of its own.
 */
const wanted = process.env.TEST_SEED ?? "20261122";

fc.configureGlobal(wanted === "random" ? {} : { seed: Number(wanted) });
