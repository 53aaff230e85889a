/**
 * JSONPath as RFC 9535 defines it, on Gson's trees: {@link dev.jiggety.jsonpath.JsonPath} reads a
 * path once, strictly and with the place of what is wrong, and finds what it points at in any
 * number of documents. Whoever asks bounds the work. Knows nothing of the product.
 */
@NullMarked
package dev.jiggety.jsonpath;

import org.jspecify.annotations.NullMarked;
