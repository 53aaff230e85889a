package dev.jiggety.model;

/**
 * What a hub keeps of the password of an account: PBKDF2 with HMAC-SHA1 (RFC 8018), which every
 * CouchDB since 1.3 understands. The passwords behind these are drawn by a program, 256 bits long,
 * so that neither the hash function nor the number of rounds is what they rest on.
 *
 * @param salt as text; its UTF-8 bytes are the salt
 * @param rounds how often it is hashed
 * @param key the derived key, 20 bytes in hexadecimal
 */
public record AccountKey(String salt, int rounds, String key) {}
