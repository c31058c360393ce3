// Pure statistics: no clock, no state, no input or output.

export * from "./binomial.ts";
export * from "./kolmogorov-smirnov.ts";
export * from "./normal.ts";
export * from "./quantile.ts";
export * from "./random.ts";
export * from "./signed-rank.ts";
export * from "./speedup.ts";
export * from "./wilson.ts";
