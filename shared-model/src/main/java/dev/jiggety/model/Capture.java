package dev.jiggety.model;

/**
 * Something of an answer that later requests use as {@code ${name}}.
 *
 * @param name letters, digits and {@code _}
 * @param target {@link Assertion.Target#HEADER}, {@code BODY} (a regular expression, its first
 *     group or all of it), {@code JSON}, {@code XPATH} or {@code CSS}
 * @param expression the header's name, the regular expression, the path
 * @param secret whether it is masked like a secret wherever it would be shown
 */
public record Capture(String name, Assertion.Target target, String expression, boolean secret) {}
