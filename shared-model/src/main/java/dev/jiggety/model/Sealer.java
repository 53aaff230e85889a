package dev.jiggety.model;

/**
 * What secrets for a manager are sealed to.
 *
 * @param key the id of the key with which that manager signs, this among others
 * @param name the manager's name
 * @param sealing its public key, as {@code signing.SealingKey} writes it
 */
public record Sealer(String key, String name, String sealing) {}
