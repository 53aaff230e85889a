package dev.jiggety.model;

/**
 * What one document of the configuration says, whatever kind of thing it describes. The model does
 * not read the text; {@code document.Contents} makes it and reads it.
 *
 * @param text the document as canonical JSON, with its id and without its revision
 * @param digest the SHA-256 of the text, 64 lower-case hexadecimal digits; made by {@code
 *     model.rules.Digests}
 */
public record Content(String text, String digest) {}
