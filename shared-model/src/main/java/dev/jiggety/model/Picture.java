package dev.jiggety.model;

/**
 * A picture as it is attached to a batch.
 *
 * @param mediaType like {@code image/png}
 * @param base64 its bytes, RFC 4648 §4
 */
public record Picture(String mediaType, String base64) {}
