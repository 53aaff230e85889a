/**
 * Tests as people keep them in files: YAML to JSON with the line and column of every value, and
 * definitions back to YAML in one spelling only, so that an export that was applied comes out byte
 * for byte the same. Strict: what is not understood is an error with its place.
 */
@NullMarked
package dev.jiggety.document.yaml;

import org.jspecify.annotations.NullMarked;
