package dev.jiggety.agent.store;

/**
 * An attachment of one revision, without its content.
 *
 * @param digest {@code md5-} and the Base64 of the content's MD5
 * @param length in bytes
 * @param revpos generation of the revision that brought it
 */
public record StoredAttachment(
    String name, String contentType, String digest, long length, int revpos) {}
