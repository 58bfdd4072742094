/** The version of the product, which is also the API's. */
export const version = "0.1.0";
