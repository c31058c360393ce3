// Why a library's floats may differ in their last digits from the loop it replaces.

/** Sums in blocks or pairwise instead of one by one. */
export const SUMMATION = "the library adds in another order, so the last digits may differ";
/** Matrix products and solvers of BLAS and LAPACK. */
export const BLAS = "BLAS and LAPACK multiply and add in another order, so the last digits may differ";
/** The fast Fourier transform. */
export const FFT = "the fast Fourier transform adds in another order, so the last digits may differ";
/** The same quantity by another formula or series. */
export const FORMULA =
  "the library evaluates the same quantity by another formula, so the last digits may differ";
/** Vector instructions for exp, log, sin … */
export const ELEMENTARY = "NumPy's elementary functions may round the last digit differently";
