package dev.jiggety.model;

import org.jspecify.annotations.Nullable;

/**
 * Why a sample failed.
 *
 * @param kind the row of the one table of errors
 * @param phase what was going on when it failed; null where that has no meaning
 * @param text one line for people, without secrets; for an assertion what was expected and found
 */
public record Failure(ErrorKind kind, @Nullable Phase phase, String text) {}
